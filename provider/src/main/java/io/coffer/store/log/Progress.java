package io.coffer.store.log;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all segments that were read so far: the last sequence numbers and the latest time. Finds out whether a segment goes on
 * where the one before it ended. One thread at a time.
 *
 * <p>A segment's header names the last change that was given out before it. If that is later than the last one that is there, changes in
 * between are gone. If it is earlier, the writer had given up what he had written behind it: that counts no more.
 */
final class Progress {
    private final @Nullable Manifest manifest;
    private final Map<Long, Long> limits;
    private long lastSequence;
    private long lastChange;
    private boolean isBehindHead;
    private long latestMillis;

    Progress(StoreIdentity identity, @Nullable Manifest manifest, StoreContents contents) {
        this.manifest = manifest;
        this.limits = limits(contents.segments());
        latestMillis = identity.createdAtMillis();
        if (manifest != null) {
            latestMillis = Math.max(latestMillis, manifest.storeMillis());
            for (var line : manifest.segments()) {
                gaveOut(line.maxSequence());
            }
        }
    }

    /**
     * Goes on to the next segment of written records. Returns how many changes are missing between it and the one before; they end at the
     * number in its header.
     */
    long begin(FoundSegment segment) {
        long created = segment.header().createdSequence();
        if (!isBehindHead) {
            lastChange = segment.seal() != null || followsManifest(segment)
                    ? created
                    : lastListed(segment.header().id());
        }
        long missing = Math.max(0, created - lastChange);
        lastChange = created;
        return missing;
    }

    /** Whether no segment can have been between this head and those that the manifest had listed. */
    private boolean followsManifest(FoundSegment head) {
        return head.line() != null || manifest == null || head.header().id() == manifest.nextSegmentId();
    }

    private long lastListed(long id) {
        long last = 0;
        if (manifest != null) {
            for (var line : manifest.segments()) {
                if (line.id() < id) {
                    last = Math.max(last, Math.max(line.createdSequence(), line.maxSequence()));
                }
            }
        }
        return last;
    }

    /** Returns the last change of a segment that counts: a later one's header says so. */
    long limit(FoundSegment segment) {
        return limits.getOrDefault(segment.header().id(), Long.MAX_VALUE);
    }

    /** Goes from the last segment to the first, so that each is looked at once. */
    private static Map<Long, Long> limits(List<FoundSegment> segments) {
        var limits = new HashMap<Long, Long>();
        long limit = Long.MAX_VALUE;
        for (int i = segments.size() - 1; i >= 0; i--) {
            var header = segments.get(i).header();
            if (header.kind() == SegmentKind.WRITTEN) {
                limits.put(header.id(), limit);
                limit = Math.min(limit, header.createdSequence());
            }
        }
        return limits;
    }

    /** Takes in what a record says of number and time. */
    void see(LogRecord record) {
        if (record.type() != RecordType.PUT && record.type() != RecordType.TOUCH) {
            latestMillis = Math.max(latestMillis, record.expiresAtMillis());
        }
    }

    /** Goes on behind a segment that counts, which ends with this change. */
    void end(FoundSegment segment, long lastChange) {
        latestMillis = Math.max(latestMillis, segment.header().createdAtMillis());
        gaveOut(Math.max(lastChange, segment.header().createdSequence()));
        if (!segment.isCompacted()) {
            this.lastChange = lastChange;
            isBehindHead = segment.seal() == null;
        }
    }

    private void gaveOut(long sequence) {
        lastSequence = Math.max(lastSequence, sequence);
    }

    /** Gives out a sequence number. */
    long nextSequence() {
        return ++lastSequence;
    }

    /** The last sequence number in what counts. Greater ones may have been given out; nothing that has them counts. */
    long lastSequence() {
        return lastSequence;
    }

    long latestMillis() {
        return latestMillis;
    }
}
