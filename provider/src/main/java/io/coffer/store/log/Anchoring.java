package io.coffer.store.log;

import io.coffer.common.LogOnce;
import io.coffer.spi.RollbackAnchor;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an encrypted store outside of its folder; the only one who calls the {@link RollbackAnchor}. Without one it does
 * nothing.
 *
 * <p>One thread opens the store. Then all may note what has become durable, and a thread of its own tells that to the anchor, which may be
 * slow: no lock is held then that anybody else wants.
 */
final class Anchoring {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Before somebody is told whom opening or closing waits for. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final @Nullable RollbackAnchor anchor;
    private final long patienceNanos;
    private final Counter keys;
    private final Counter manifest;
    private final ReentrantLock telling = new ReentrantLock();
    private LogOnce failure = new LogOnce(); // under the lock; another one after each success
    /** Whether the store was opened without an answer; written by the opening thread, then under the lock. */
    private volatile boolean unasked;

    private volatile @Nullable LogMessages messages;
    private volatile @Nullable StoreThread thread;

    /** The number of one file: which the folder had, and the greatest that was remembered, that is durable, and that was told. */
    private static final class Counter {
        final String file;
        final String name;
        long found; // of the opening thread, then under the lock
        long remembered; // of the opening thread
        volatile long durable;
        volatile long told;

        Counter(String file, UUID store) {
            this.file = file;
            this.name = store + "." + file;
        }

        boolean isDue() {
            return durable > told;
        }
    }

    Anchoring(@Nullable RollbackAnchor anchor, UUID store) {
        this(anchor, store, PATIENCE_NANOS);
    }

    /** For tests, which have less patience. */
    Anchoring(@Nullable RollbackAnchor anchor, UUID store, long patienceNanos) {
        this.anchor = anchor;
        this.patienceNanos = patienceNanos;
        this.keys = new Counter(KeysFile.NAME, store);
        this.manifest = new Counter(ManifestFile.NAME, store);
    }

    /**
     * Expects the numbers of a folder, which are authentic, to be no less than what is remembered.
     *
     * @param manifestNumber 0 if there is none yet, -1 if it is lost and that was told
     * @param store names the store, at the beginning of a sentence
     * @throws StoreException of kind FAILED if the anchor does not say what it remembers, TAMPERED if that is more; but neither if the store is to
     *     be salvaged
     */
    void expectNewest(long keysNumber, long manifestNumber, String store, Losses losses) {
        if (anchor == null) {
            return;
        }
        keys.found = keysNumber;
        manifest.found = manifestNumber;
        try {
            LongWait.during(
                    () -> {
                        ask(anchor, keys);
                        ask(anchor, manifest);
                    },
                    patienceNanos,
                    () -> LogMessages.LOG.log(Level.WARNING, store + waits("opened")));
        } catch (RuntimeException e) {
            refuse(store, losses, e);
            unasked = true;
            return;
        }
        if (keys.remembered == 0 && manifest.remembered == 0 && manifestNumber > 0) {
            LogMessages.LOG.log(
                    Level.WARNING,
                    store + " is not new, but " + told()
                            + " knows nothing of it. What is in the folder counts as the newest.");
        }
        expect(keys, keysNumber, store, losses);
        if (manifestNumber >= 0) {
            expect(manifest, manifestNumber, store, losses);
        }
    }

    private static void ask(RollbackAnchor anchor, Counter counter) {
        counter.remembered = Math.max(0, anchor.remembered(counter.name));
        counter.told = counter.remembered;
    }

    private String waits(String what) {
        return " is being " + what + ", and waits for " + told() + ", which has not answered for some seconds."
                + " An anchor should bound its waiting by itself, and throw.";
    }

    private void refuse(String store, Losses losses, RuntimeException e) {
        var what = store + ": " + told() + " does not say whether the folder is the newest: " + e;
        if (!losses.isSalvage()) {
            throw new StoreException(
                    Kind.FAILED,
                    what
                            + ". Expected: that it answers. Set \"recovery\": \"salvage\" to open without it. Nothing was changed.",
                    e);
        }
        LogMessages.LOG.log(
                Level.WARNING,
                what
                        + ". It is opened all the same, as \"salvage\" says. Keep that until the log says what the anchor answers:"
                        + " should it remember more than the folder has, the store is refused without.",
                e);
    }

    private void expect(Counter counter, long number, String store, Losses losses) {
        if (number < counter.remembered) {
            var what = store + " is not the newest: " + counter.file + " has the number " + number + ", and " + told()
                    + " remembers " + counter.remembered
                    + ", so the folder or this file was put back as it was before. ";
            if (!losses.isSalvage()) {
                throw new StoreException(
                        Kind.TAMPERED,
                        what
                                + "Put back the newest folder; or set \"recovery\": \"salvage\" for one opening to take this one, in"
                                + " which what was removed or replaced since is there again; or delete it, which loses its"
                                + " entries. Nothing was changed.");
            }
            LogMessages.LOG.log(
                    Level.WARNING,
                    what
                            + "It is opened all the same, as \"salvage\" says, and is the newest from now on. What was written"
                            + " since is missing. Take \"salvage\" back: as long as it is set, any older folder is opened.");
        }
    }

    private String told() {
        return "the rollback anchor " + (anchor == null ? "" : anchor.getClass().getName());
    }

    /** The keys, and the manifest, have to be written with greater numbers than these: only salvage goes on from less. */
    long keysFloor() {
        return keys.remembered;
    }

    /** See {@link #keysFloor}. */
    long manifestFloor() {
        return manifest.remembered;
    }

    /** The keys of that number are durable. */
    void noteKeys(long number) {
        keys.durable = number;
    }

    /** The manifest of that number is durable. */
    void noteManifest(long number) {
        manifest.durable = number;
    }

    /**
     * Begins to tell the anchor: now, and from now on in a thread.
     *
     * @param background whether there is a thread; else only {@link #proceed} tells, for tests
     */
    void begin(LogMessages tellsOfFailures, String cacheName, boolean background) {
        messages = tellsOfFailures;
        if (anchor != null) {
            tellPatiently("opened", this::tell);
            if (background) {
                thread = StoreThread.start(cacheName + "-anchor", this::tell, () -> PAUSE_NANOS);
            }
        }
    }

    /** Tells what is durable, if there is no thread that does. Called without locks. */
    void proceed() {
        if (thread == null) {
            tell();
        }
    }

    /** Tells the last, after everything was written. */
    void end() {
        if (anchor != null) {
            tellPatiently("closed", () -> {
                var running = thread;
                if (running != null) {
                    running.stop();
                }
                tell();
            });
        }
    }

    private void tellPatiently(String what, Runnable action) {
        LongWait.during(action, patienceNanos, () -> {
            var tells = messages;
            if (tells != null) {
                tells.warn("the store" + waits(what), null);
            }
        });
    }

    private void tell() {
        if (anchor != null && (unasked || keys.isDue() || manifest.isDue())) {
            telling.lock();
            try {
                if (unasked) {
                    askAgain(anchor);
                }
                tell(keys);
                tell(manifest);
                failure = new LogOnce();
            } catch (RuntimeException e) {
                warn(e);
            } finally {
                telling.unlock();
            }
        }
    }

    /** Salvage has opened the store without an answer; whoever has set it wants to know when he may take it back. */
    private void askAgain(RollbackAnchor answering) {
        boolean wasNewest =
                answering.remembered(keys.name) <= keys.found && answering.remembered(manifest.name) <= manifest.found;
        unasked = false;
        var tells = messages;
        if (tells != null && wasNewest) {
            tells.info(told() + " answers now: the folder was the newest when it was opened. Take \"recovery\":"
                    + " \"salvage\" back: as long as it is set, any older folder is opened");
        } else if (tells != null) {
            tells.warn(
                    told() + " answers now, and remembers more than the folder had when it was opened: what was written"
                            + " since is missing. Leave \"recovery\": \"salvage\" set until the store was opened once"
                            + " more, which makes it the newest, then take it back",
                    null);
        }
    }

    private void tell(Counter counter) {
        long number = counter.durable;
        if (anchor != null && number > counter.told) {
            anchor.advance(counter.name, number);
            counter.told = number;
        }
    }

    private void warn(RuntimeException e) {
        var tells = messages;
        if (tells != null) {
            tells.warnOnce(
                    failure,
                    told() + " has not remembered what is durable now; it is tried again. Until then it would not be"
                            + " noticed if the folder was put back as it was",
                    e);
        }
    }
}
