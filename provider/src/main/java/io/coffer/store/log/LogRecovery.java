package io.coffer.store.log;

import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens the directory of a log, whatever state it is in: new, closed in order, or left by a crash. First it only reads; when it has
 * refused, nothing is changed. Then it puts the directory in order, see {@link Mending}.
 *
 * <p>What counts after a crash is the state after some first changes, and all that were synced are among these. One thread, once.
 */
final class LogRecovery {
    /** What the file takes at most that tells who has the folder open. */
    private static final int OWNER_BYTES = 1024;
    /** A million changes a second for four years. Nothing that was written in order comes near it, and as much is left above. */
    private static final long SEQUENCE_MAX = LogFormat.U48_MAX / 2;

    private final Files files;
    private final LogOptions options;
    private final Losses losses;

    /** Hint files that lie, although their checksums are right. */
    private final Set<String> distrusted;

    private LogRecovery(Files files, LogOptions options, Set<String> distrusted) {
        this.distrusted = distrusted;
        this.files = files;
        this.options = options;
        this.losses = new Losses(options.recovery(), store(files, options));
    }

    /**
     * Opens a directory that nobody else has open. Done again, also after it has failed or crashed, it finds the same.
     *
     * @throws StoreException of kind MISMATCH if the store was made for other entries or by a later version, DAMAGED if it is
     *     damaged more than {@link LogOptions#recovery} takes; the directory is as it was
     * @throws IOException if the disk fails
     */
    static Recovered recover(Files files, LogOptions options) throws IOException {
        try {
            var distrusted = new HashSet<String>();
            while (true) {
                try {
                    return new LogRecovery(files, options, distrusted).recover();
                } catch (UselessHintsException e) {
                    LogMessages.LOG.log(System.Logger.Level.DEBUG, e.getMessage(), e);
                    distrusted.add(e.file());
                }
            }
        } catch (NewerFormatException e) {
            throw new StoreException(Kind.MISMATCH, store(files, options) + ": " + e.getMessage(), e);
        } catch (DamagedFileException e) {
            throw new StoreException(
                    e.isTampered() ? Kind.TAMPERED : Kind.DAMAGED,
                    store(files, options) + " cannot be opened: " + e.getMessage() + " " + remedy(e)
                            + " the folder, which loses its entries. Nothing was changed.",
                    e);
        }
    }

    private static String store(Files files, LogOptions options) {
        return "The store of cache \"" + options.cacheName() + "\" in " + files;
    }

    /** The beginning of a sentence that ends with deleting the folder. */
    private static String remedy(DamagedFileException damage) {
        return damage.file().equals(ManifestFile.NAME)
                ? "Set \"recovery\": \"salvage\" to take what can be read, or delete"
                : "Without it nothing can be read: put back a copy of the whole folder, or delete";
    }

    private Recovered recover() throws IOException, DamagedFileException, NewerFormatException, UselessHintsException {
        var names = files.list();
        var found = new Identification(files, options, losses, store(files, options), names).identify();
        var ring = found.ring();
        boolean recovered = false;
        try {
            var headers = new SegmentHeaders(found.identity(), options.random(), ring);
            var contents = new Inventory(files, found.identity(), headers, found.manifest(), losses).take(names);
            var all = load(found.identity(), headers, found.manifest(), contents);
            recovered = true;
            return all;
        } finally {
            if (!recovered && ring != null) {
                ring.close();
            }
        }
    }

    private Recovered load(
            StoreIdentity identity, SegmentHeaders headers, @Nullable Manifest manifest, StoreContents contents)
            throws IOException, DamagedFileException, UselessHintsException {
        var ring = headers.ring();
        var winners = new Winners(identity);
        var progress = new Progress(identity, manifest, contents);
        var loading = new Loading(files, identity.fingerprints(), winners, progress, losses, ring != null, distrusted);
        var syncing = files.beginSync(
                contents.heads().stream().map(FoundSegment::file).toList());
        try {
            loading.load(manifest, contents);
        } finally {
            syncing.await();
        }
        requireNumbersLeft(progress.lastSequence());

        var clock = new StoreClock(options.wallClock(), options.nanoTime(), progress.latestMillis());
        long now = clock.millis();
        if (ring != null && ring.isUnsaved()) {
            ring.save();
        }
        var mending = new Mending(
                files,
                new SetAside(
                        files,
                        new LogMessages(options.cacheName()),
                        Math.min(SetAside.BYTES_MAX, options.maxDiskBytes() / SegmentSizes.SEGMENTS_IN_BOUND)),
                identity,
                ring,
                progress.lastSequence(),
                now);
        mending.remove(contents.leftovers(), contents.strangers());
        mending.remove(loading.uselessHints(), loading.strangers());
        for (var head : loading.empty()) {
            mending.removeEmpty(head);
        }
        for (var segment : loading.kept()) {
            mending.keep(segment);
        }
        long nextId = nextSegmentId(manifest, contents);
        if (losses.hiddenSequence() > winners.clearSequenceOnDisk()) {
            nextId = addClear(mending, headers, nextId, loading.kept().size(), progress.lastSequence(), now, contents);
        }
        var committed = mending.commit(manifest, nextId);
        if (ring != null) {
            settle(ring, mending);
        }
        var index = winners.finish();
        return new Recovered(
                identity,
                headers,
                index,
                RecoveredSegments.of(mending.mended(), index, Math.max(now, identity.deadlinesSinceMillis())),
                committed,
                progress.lastSequence(),
                clock,
                losses.records(),
                loading.hintBytes(),
                otherBytes());
    }

    /** From now on nothing but segments is in the clear, and keys that none of them needs are gone. */
    private void settle(KeyRing ring, Mending mending) throws IOException {
        if (ring.takesPlain()) {
            ring.describe(ring.identity(), false);
        }
        files.delete(StoreFile.NAME);
        ring.destroy(ring.unneeded(mending.mended().stream()
                .map(segment -> segment.header().keyEpoch())
                .toList()));
    }

    /** What is in the folder beside what an open store counts itself. */
    private long otherBytes() throws IOException {
        long bytes = OWNER_BYTES;
        if (options.isDiskBounded()) {
            for (var name : files.list()) {
                if (!isCountedElsewhere(name)) {
                    try (var file = files.openForReading(name)) {
                        bytes += file.size();
                    }
                }
            }
        }
        return bytes;
    }

    private static boolean isCountedElsewhere(String name) {
        return Inventory.isSegment(name)
                || HintHeader.isHint(name)
                || name.equals(ManifestFile.NAME)
                || name.equals(KeysFile.NAME)
                || name.equals(Reserve.NAME);
    }

    /** Nobody has made so many changes: it cannot be told what is wrong, but the store could take no other. */
    private static void requireNumbersLeft(long lastSequence) throws DamagedFileException {
        if (lastSequence > SEQUENCE_MAX) {
            throw new DamagedFileException(
                    "A segment", 0, "sequence numbers up to " + SEQUENCE_MAX, Long.toString(lastSequence));
        }
    }

    /** Heads that do not count have had their ids as well. */
    private static long nextSegmentId(@Nullable Manifest manifest, StoreContents contents) {
        long next = manifest == null ? 1 : manifest.nextSegmentId();
        for (var segment : contents.segments()) {
            next = Math.max(next, segment.header().id() + 1);
        }
        return next;
    }

    /** Returns the next free id. */
    private long addClear(
            Mending mending,
            SegmentHeaders headers,
            long nextId,
            int number,
            long lastSequence,
            long now,
            StoreContents contents)
            throws IOException {
        long id = nextId;
        while (contents.strangers().contains(SegmentHeader.fileName(id))) {
            id++;
        }
        var header = headers.begin(SegmentKind.COMPACTED, id, lastSequence, now);
        mending.addClear(header, number, losses.hiddenSequence());
        return id + 1;
    }
}
