package io.coffer.store.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds out what each segment holds that counts. One thread, once. */
final class RecoveredSegments implements SlotTest {
    private final long nowMillis;
    private final int[] live;
    private final long[] liveBytes;
    private final long[] latestDeadlines;
    private final long[] earliestDeadlines;

    private RecoveredSegments(int segments, long nowMillis) {
        this.nowMillis = nowMillis;
        live = new int[segments];
        liveBytes = new long[segments];
        latestDeadlines = new long[segments];
        earliestDeadlines = new long[segments];
        Arrays.fill(earliestDeadlines, LogFormat.ETERNAL);
    }

    /**
     * Removes from an index what has expired, and counts what stays: goes over it once, since it may be larger than all caches of the
     * processor. Sizes are those that locations tell, so that whoever has only a location can subtract it again.
     */
    static List<RecoveredSegment> of(List<Mending.Mended> segments, Index index, long nowMillis) {
        var count = new RecoveredSegments(segments.size(), nowMillis);
        index.removeWhere(count);
        var recovered = new ArrayList<RecoveredSegment>(segments.size());
        for (var segment : segments) {
            recovered.add(count.of(segment));
        }
        return List.copyOf(recovered);
    }

    /** Whether a slot is to be removed; else takes it in. */
    @Override
    public boolean test(long location, long expiresAtMillis) {
        if (expiresAtMillis <= nowMillis) {
            return true;
        }
        int number = Location.segment(location);
        live[number]++;
        liveBytes[number] += Location.sizeBytes(location);
        latestDeadlines[number] = Math.max(latestDeadlines[number], expiresAtMillis);
        earliestDeadlines[number] = Math.min(earliestDeadlines[number], expiresAtMillis);
        return false;
    }

    private RecoveredSegment of(Mending.Mended segment) {
        int number = segment.number();
        return new RecoveredSegment(
                number,
                segment.header(),
                segment.line(),
                segment.shadows(),
                Math.min(segment.earliestDeadline(), earliestDeadlines[number]),
                Math.max(segment.line().latestDeadline(), latestDeadlines[number]),
                live[number],
                liveBytes[number]);
    }
}
