package io.coffer.store.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the live records of a compacted segment went: 12 bytes for each. Immutable. */
final class Moved {
    /** Far more than the times a record can move while somebody knows it by an old place. */
    private static final int STEPS_MAX = 1000;

    private final Segment target;
    /** Where they lay, rising. */
    private final int[] offsets;

    private final long[] locations;

    /** Takes the arrays over. */
    Moved(Segment target, int[] offsets, long[] locations) {
        this.target = target;
        this.offsets = offsets;
        this.locations = locations;
    }

    /** The segment that has all of them now. */
    Segment target() {
        return target;
    }

    int count() {
        return offsets.length;
    }

    /** Returns where the record at a location went, {@link Location#NONE} if it was not moved. */
    long to(long location) {
        int at = Arrays.binarySearch(offsets, (int) Location.offset(location));
        return at < 0 ? Location.NONE : locations[at];
    }

    /** Returns the first record that lay at an offset or behind it, by its place in the order of offsets; {@link #count} if there is none. */
    int from(long offset) {
        int at = Arrays.binarySearch(offsets, (int) offset);
        return at < 0 ? ~at : at;
    }

    /** Returns where a record lay. */
    int offset(int at) {
        return offsets[at];
    }

    /** Returns where a record went. */
    long location(int at) {
        return locations[at];
    }

    /** Whether a record went from one location to another, in any number of steps. */
    static boolean leads(@Nullable Moved first, long from, long to) {
        var moved = first;
        long at = from;
        for (int i = 0; i < STEPS_MAX && moved != null && at != Location.NONE; i++) {
            at = moved.to(at);
            if (at == to) {
                return true;
            }
            moved = moved.target.moved;
        }
        return false;
    }
}
