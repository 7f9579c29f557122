package io.coffer.store.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops sealed segments that nothing needs any more: the manifest forgets them, then they are deleted. Guarded by the flush lock.
 *
 * <p>A segment to which no slot points may still hold records that hide older ones: REMOVE, CLEAR, a PUT that replaced a later deadline,
 * and TOUCH. Such a record, with sequence number s, is needed as long as something older than s may come back or be older than it should:
 * that can only lie in segments that were begun before s was given out, and only if not everything in them has expired. A segment that was
 * begun later holds nothing older, since its records were written later, or, if compacted, since the index did not point at the older any
 * more. What a CLEAR covers needs no such care: that record stays as long as there is anything older.
 *
 * <p>The newest segment that is sealed stays until there is a newer one: what the manifest says of it tells recovery where the next
 * segment has to go on, which need not have the next id.
 *
 * <p>What made a segment superfluous is synced before the segment goes, or a power failure could take both. And nothing goes while a
 * removal is still to be written, or the disk is in trouble.
 */
final class Dropper {
    private final Flusher flusher;
    private final Appender appender;
    private final SegmentTable segments;
    private final StoreClock clock;
    private final Sealer sealer;
    private final Leftovers leftovers;

    Dropper(
            Flusher flusher,
            Appender appender,
            SegmentTable segments,
            StoreClock clock,
            Sealer sealer,
            Leftovers leftovers) {
        this.flusher = flusher;
        this.appender = appender;
        this.segments = segments;
        this.clock = clock;
        this.sealer = sealer;
        this.leftovers = leftovers;
    }

    /** Drops what can be dropped. */
    void drop() throws IOException {
        var found = superfluous();
        if (found.isEmpty()) {
            return;
        }
        flusher.flush();
        sealer.writeManifest(found);
        appender.lock.lock();
        try {
            found.forEach(segments::remove);
        } finally {
            appender.lock.unlock();
        }
        for (var segment : found) {
            segment.reader.close();
            leftovers.discard(segment.name);
        }
    }

    private List<Segment> superfluous() {
        appender.lock.lock();
        try {
            var all = segments.all();
            var found = new ArrayList<Segment>();
            @Nullable Segment newest = null;
            for (var segment : all) {
                if (!segment.isSealed()) {
                    break; // recovery wants no gap between segments that are not sealed
                }
                newest = segment;
                if (segment.live == 0 && hidesNothing(segment, all)) {
                    found.add(segment);
                }
            }
            if (!found.isEmpty() && found.get(found.size() - 1) == newest) {
                found.remove(found.size() - 1);
            }
            return found;
        } finally {
            appender.lock.unlock();
        }
    }

    private boolean hidesNothing(Segment segment, List<Segment> all) {
        if (segment.shadows == 0 || segment.maxSequence < segments.clearedSequence()) {
            return true;
        }
        long now = clock.millis();
        for (var other : all) {
            if (other != segment
                    && other.header.createdSequence() < segment.maxSequence
                    && other.latestDeadline > now) {
                return false;
            }
        }
        return true;
    }
}
