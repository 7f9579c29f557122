package io.coffer.store.log;

import io.coffer.store.DiskFullException;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals segments that nobody appends to any more, and keeps the manifest. Guarded by the flush lock; takes the append lock for moments.
 */
final class Sealer {
    private static final int UNSEALED_MAX = 4;

    private final Files files;
    private final Flusher flusher;
    private final Appender appender;
    private final SegmentTable segments;
    private final GroupCommit waiters;
    private final StoreClock clock;
    private final LogMessages messages;
    private final Hints hints;
    private final long storeTag;
    private final @Nullable KeyRing ring;
    private long manifestSequence;
    private boolean isManifestDue;
    private int manifestEpoch;

    Sealer(
            Files files,
            Flusher flusher,
            Appender appender,
            SegmentTable segments,
            GroupCommit waiters,
            StoreClock clock,
            LogMessages messages,
            Hints hints,
            Manifest manifest,
            @Nullable KeyRing ring) {
        this.ring = ring;
        this.files = files;
        this.flusher = flusher;
        this.appender = appender;
        this.segments = segments;
        this.waiters = waiters;
        this.clock = clock;
        this.messages = messages;
        this.hints = hints;
        this.storeTag = manifest.storeTag();
        this.manifestSequence = manifest.sequence();
        if (ring != null) {
            ring.anchoring().noteManifest(manifestSequence);
        }
    }

    /** Seals what can be sealed, and says so in the manifest. Returns false if the disk has refused; it is worth trying again later. */
    boolean seal() {
        try {
            for (var segment : appender.retired()) {
                seal(segment);
                if (!waiters.isEmpty()) {
                    flusher.flush();
                }
            }
            if (isManifestDue) {
                writeManifest(List.of());
            }
            return true;
        } catch (DiskFullException e) {
            LogMessages.LOG.log(System.Logger.Level.DEBUG, "No room to seal a segment; it is tried again", e);
        } catch (IOException e) {
            messages.warn("a segment could not be sealed; it is tried again", e);
        }
        return false;
    }

    /** Seals everything that can be sealed, and throws if the disk refuses. */
    void sealAll() throws IOException {
        for (var segment : appender.retired()) {
            seal(segment);
        }
        writeManifest(List.of());
    }

    /** Whether so many segments wait to be sealed that writers have to help. */
    boolean isBehind() {
        return appender.retired().size() > UNSEALED_MAX;
    }

    private void seal(Segment segment) throws IOException {
        var file = segment.writer;
        if (file == null) {
            return;
        }
        file.truncate(segment.end); // before it is synced, which is cheaper for what is not mapped any more
        if (!segment.isSynced(segment.end - 1L)) {
            flusher.flushUpTo(segment);
        }
        if (segment.writer == null || segment.unsealable) {
            return; // its sync has failed
        }
        var sealing = new SyncWatch(file);
        ManifestLine line;
        try {
            line = HeadSealer.seal(
                    sealing, segment.header, segment.end, segment.tally.summary(), segment.maxSequence, clock.millis());
        } catch (IOException e) {
            segment.unsealable = sealing.hasFailed();
            throw e;
        }
        sealed(segment, line);
        Leftovers.close(file, segment.name);
    }

    private void sealed(Segment segment, ManifestLine line) {
        appender.lock.lock();
        try {
            segment.line = line;
            segment.writer = null;
            segment.end = line.length();
            segment.reservedEnd = 0;
            segment.syncedEnd = line.length();
        } finally {
            appender.lock.unlock();
        }
        isManifestDue = true;
        hints.add(segment);
    }

    /** Which key the manifest on disk is encrypted with; 0 if that is not known. */
    int manifestEpoch() {
        return manifestEpoch;
    }

    /** Whether the manifest on disk does not say yet what was sealed. */
    boolean isManifestDue() {
        return isManifestDue;
    }

    /**
     * Seals segments whose end a failed sync has lost, without it: until then nothing behind them can be dropped. Only after the lost
     * records are known and tombstones for them are on disk, since they are cut off. One of which nothing was ever synced stays as it is
     * until the store is opened again: a footer behind a header that the disk may have lost would make it look damaged.
     */
    void sealCut() throws IOException {
        for (var segment : cut()) {
            segment.givenUp = true;
            sealed(segment, LostEnd.seal(files, segment, clock.millis()));
        }
        if (isManifestDue) {
            writeManifest(List.of());
        }
    }

    private List<Segment> cut() {
        appender.lock.lock();
        try {
            var found = segments.all();
            found.removeIf(segment -> !segment.isCut() || segment.givenUp || !segment.isSynced(0));
            return found;
        } finally {
            appender.lock.unlock();
        }
    }

    /**
     * Writes a manifest without some segments. Of those that it lists the names are synced before: a listed file that is missing is
     * taken for a loss.
     */
    void writeManifest(List<Segment> without) throws IOException {
        isManifestDue = true;
        flusher.syncNamesIfAny();
        var manifest = manifest(without);
        int epoch = ring == null ? 0 : ring.activeEpoch();
        WholeFile.replaceUnsynced(files, ManifestFile.NAME, ManifestFile.encode(manifest, ring));
        flusher.syncNames();
        manifestSequence = manifest.sequence();
        manifestEpoch = epoch;
        isManifestDue = false;
        if (ring != null) {
            ring.anchoring().noteManifest(manifestSequence);
        }
    }

    private Manifest manifest(List<Segment> without) {
        appender.lock.lock();
        try {
            var lines = new ArrayList<ManifestLine>();
            long nextId = segments.nextId();
            for (var segment : segments.all()) {
                if (!segment.named) {
                    nextId = segment.header.id();
                    break;
                }
                if (!without.contains(segment)) {
                    lines.add(segment.line);
                }
            }
            return new Manifest(storeTag, manifestSequence + 1, nextId, clock.millis(), lines);
        } finally {
            appender.lock.unlock();
        }
    }
}
