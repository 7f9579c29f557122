package io.coffer.store.log;

import java.io.IOException;
import java.util.List;

/**
 * Drops sealed segments that nothing needs any more: the manifest forgets them, then they are deleted. Guarded by the flush lock.
 *
 * <p>A segment to which no slot points may still hold records that hide older ones: {@link VanishRule} tells how long it stays for these.
 * Of one that was compacted, all that is needed has been moved.
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
    private final Hints hints;

    Dropper(
            Flusher flusher,
            Appender appender,
            SegmentTable segments,
            StoreClock clock,
            Sealer sealer,
            Leftovers leftovers,
            Hints hints) {
        this.flusher = flusher;
        this.appender = appender;
        this.segments = segments;
        this.clock = clock;
        this.sealer = sealer;
        this.leftovers = leftovers;
        this.hints = hints;
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
            segments.leaving(found.stream()
                    .mapToLong(segment -> segment.end + segment.hintBytes)
                    .sum());
            found.forEach(segments::remove);
        } finally {
            appender.lock.unlock();
        }
        for (var segment : found) {
            segment.reader.close();
            leftovers.discard(segment.name);
            hints.discard(segment);
        }
        appender.lock.lock();
        try {
            segments.leaving(0);
        } finally {
            appender.lock.unlock();
        }
    }

    private List<Segment> superfluous() {
        appender.lock.lock();
        try {
            var all = segments.all();
            var found = segments.dispensable();
            found.removeIf(segment -> segment.live > 0 || !hidesNothing(segment, all));
            return found;
        } finally {
            appender.lock.unlock();
        }
    }

    private boolean hidesNothing(Segment segment, List<Segment> all) {
        return segment.shadows.count() == 0
                || VanishRule.of(all, List.of(segment), segments.clearedSequence(), clock.millis())
                        .mayVanish(segment.maxSequence);
    }
}
