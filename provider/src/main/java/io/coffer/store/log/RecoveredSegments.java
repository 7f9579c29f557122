package io.coffer.store.log;

import java.util.ArrayList;
import java.util.List;

/** Counts what each segment holds that counts. No state. */
final class RecoveredSegments {
    private RecoveredSegments() {}

    /** Goes over the index once. Sizes are those that locations tell, so that whoever has only a location can subtract it again. */
    static List<RecoveredSegment> of(List<Mending.Mended> segments, Index index) {
        var live = new int[segments.size()];
        var liveBytes = new long[segments.size()];
        var slots = index.scan();
        while (slots.next()) {
            int number = Location.segment(slots.location());
            live[number]++;
            liveBytes[number] += Location.sizeBytes(slots.location());
        }
        var recovered = new ArrayList<RecoveredSegment>(segments.size());
        for (var segment : segments) {
            int number = segment.number();
            recovered.add(new RecoveredSegment(
                    number,
                    segment.header(),
                    segment.line(),
                    segment.shadows(),
                    segment.earliestDeadline(),
                    live[number],
                    liveBytes[number]));
        }
        return List.copyOf(recovered);
    }
}
