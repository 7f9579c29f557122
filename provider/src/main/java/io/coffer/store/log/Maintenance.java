package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskFullException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is done beside the callers: syncing, sealing, removing what has expired, dropping, setting right what the disk has refused,
 * writing hints. One step at a time, by the store's thread or by whoever calls {@link #step}. Guarded by the flush lock.
 */
final class Maintenance {
    private static final long TIDY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Between two hint files. */
    private static final long HINT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LogOptions options;
    private final Flusher flusher;
    private final Appender appender;
    private final GroupCommit waiters;
    private final Sealer sealer;
    private final Dropper dropper;
    private final Compactor compactor;
    private final Expirer expirer;
    private final Leftovers leftovers;
    private final DiskTrouble trouble;
    private final Reserve reserve;
    private final Tombstones tombstones;
    private final Mender mender;
    private final Hints hints;
    private final @Nullable KeyUpkeep keys;
    private final LogMessages messages;
    private long lastFlushNanos;
    private long lastTidyNanos;
    /** Whether a compaction has begun. Volatile, so that it may be asked without the lock. */
    private volatile boolean isCompacting;
    /** Whether hints were written in the last step, so that there may be more to write. */
    private boolean hasHinted;

    Maintenance(
            LogOptions options,
            Flusher flusher,
            Appender appender,
            GroupCommit waiters,
            Sealer sealer,
            Dropper dropper,
            Compactor compactor,
            Expirer expirer,
            Leftovers leftovers,
            DiskTrouble trouble,
            Reserve reserve,
            Tombstones tombstones,
            Mender mender,
            Hints hints,
            @Nullable KeyUpkeep keys,
            LogMessages messages) {
        this.options = options;
        this.flusher = flusher;
        this.appender = appender;
        this.waiters = waiters;
        this.sealer = sealer;
        this.dropper = dropper;
        this.compactor = compactor;
        this.expirer = expirer;
        this.leftovers = leftovers;
        this.trouble = trouble;
        this.reserve = reserve;
        this.tombstones = tombstones;
        this.mender = mender;
        this.hints = hints;
        this.keys = keys;
        this.messages = messages;
        this.lastFlushNanos = options.nanoTime().getAsLong();
        this.lastTidyNanos = lastFlushNanos - TIDY_NANOS;
    }

    /** Does what is due in the calling thread: all of it, but of hints only one file. */
    void step(boolean tidyAnyway) {
        @Nullable Segment unhinted;
        flusher.lock.lock();
        try {
            flushIfDue();
            sealer.seal();
            long now = options.nanoTime().getAsLong();
            boolean isDue = tidyAnyway || now - lastTidyNanos >= TIDY_NANOS;
            if (isDue) {
                lastTidyNanos = now;
                tidy();
            }
            if (isDue || isCompacting) {
                compact(tidyAnyway);
            }
            if (!sealer.isManifestDue()) {
                hints.finishGathered();
            }
            // Room is more urgent: and what is written all the time is soon compacted, with its hints.
            unhinted = isCompacting || sealer.isManifestDue() ? null : hints.next();
            hasHinted = unhinted != null;
        } finally {
            flusher.lock.unlock();
        }
        if (unhinted != null) {
            hints.write(unhinted, this::flushAndSeal);
        }
        if (keys != null) {
            keys.anchor();
        }
    }

    /** What somebody may be waiting for. */
    private void flushAndSeal() {
        flusher.lock.lock();
        try {
            flushIfDue();
            sealer.seal();
        } finally {
            flusher.lock.unlock();
        }
    }

    private void flushIfDue() {
        long now = options.nanoTime().getAsLong();
        boolean isDue = !waiters.isEmpty()
                || (options.durability() == Durability.ALWAYS && appender.isDirty())
                || (options.durability() == Durability.INTERVAL && appender.isDirty() && nanosToFlush(now) <= 0);
        if (isDue) {
            lastFlushNanos = now;
            try {
                flusher.flush();
            } catch (IOException e) {
                messages.warn("a sync has failed", e);
            }
        }
    }

    private void compact(boolean toTheEnd) {
        try {
            do {
                isCompacting = isInOrder() && compactor.step();
            } while (toTheEnd && isCompacting);
            if (!isInOrder()) {
                compactor.abort();
            }
        } catch (DiskFullException e) {
            isCompacting = false;
            messages.debug("there is no room for a compaction; it is tried again", e);
        } catch (IOException e) {
            isCompacting = false;
            messages.warn("segments could not be compacted; it is tried again", e);
        }
    }

    /** Whether the index shows what the disk has: what it does not show is not needed any more. */
    private boolean isInOrder() {
        return trouble.isNone() && !tombstones.arePending();
    }

    private void tidy() {
        leftovers.retry();
        mendIfDue();
        expirer.step();
        if (isInOrder()) {
            try {
                sealer.sealCut();
                dropper.drop();
                if (keys != null) {
                    keys.tidy();
                }
            } catch (IOException e) {
                messages.warn("segments could not be sealed or dropped; it is tried again", e);
            }
        }
    }

    private void mendIfDue() {
        if (trouble.isSuspect() && trouble.isDue()) {
            try {
                mender.mend();
            } catch (StoreException e) {
                messages.debug("it cannot go on yet; it is tried again", e);
            }
        }
        appender.lock.lock();
        try {
            if (!trouble.isSuspect() && trouble.isDue()) {
                reserve.restore();
                if (tombstones.arePending()) {
                    tombstones.writePending();
                }
            }
        } catch (IOException e) {
            trouble.postpone();
            messages.debug("removals cannot be written yet; it is tried again", e);
        } finally {
            appender.lock.unlock();
        }
    }

    /** Makes room within the bound of the disk, in the calling thread. Returns false if there is nothing that could leave. */
    boolean makeRoom() {
        flusher.lock.lock();
        try {
            if (!sealer.seal() || !isInOrder()) {
                return false;
            }
            return compactor.makeRoom();
        } catch (IOException e) {
            messages.warn("no room could be made", e);
            return false;
        } finally {
            flusher.lock.unlock();
        }
    }

    /** Returns how long nothing will be due if nobody writes; 0 if somebody waits already. */
    long nanosToWait() {
        if (isCompacting || !waiters.isEmpty() || (options.durability() == Durability.ALWAYS && appender.isDirty())) {
            return 0;
        }
        if (hasHinted) {
            return HINT_PAUSE_NANOS;
        }
        long now = options.nanoTime().getAsLong();
        long wait = Math.max(1, TIDY_NANOS - (now - lastTidyNanos));
        return options.durability() == Durability.INTERVAL && appender.isDirty()
                ? Math.max(1, Math.min(wait, nanosToFlush(now)))
                : wait;
    }

    private long nanosToFlush(long now) {
        return TimeUnit.MILLISECONDS.toNanos(options.syncIntervalMillis()) - (now - lastFlushNanos);
    }

    /** Seals in the calling thread, since the store's thread does not keep up. */
    void seal() {
        flusher.lock.lock();
        try {
            sealer.seal();
        } finally {
            flusher.lock.unlock();
        }
    }

    /** Compacts a piece in the calling thread, since the store's thread does not keep up. Returns false if there was none. */
    boolean compact() {
        flusher.lock.lock();
        try {
            if (!sealer.seal()) {
                return false;
            }
            compact(false);
            return isCompacting;
        } finally {
            flusher.lock.unlock();
        }
    }
}
