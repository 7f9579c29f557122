package io.coffer.store.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sequence numbers of compacted records, which have them in any order: 12 bytes for each, while a store is opened. One thread at a
 * time.
 */
final class CompactedSequences {
    private static final int RECORDS_MIN = 64;

    /** Those of one segment, by rising offsets. */
    private static final class Segment {
        private int[] offsets = new int[RECORDS_MIN];
        private long[] numbers = new long[RECORDS_MIN];
        private int count;

        void add(int offset, long number) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count + count / 2);
                numbers = Arrays.copyOf(numbers, count + count / 2);
            }
            offsets[count] = offset;
            numbers[count] = number;
            count++;
        }
    }

    private final List<@Nullable Segment> segments = new ArrayList<>();

    /** Keeps a number. The offsets of a segment rise. */
    void add(int segment, long offset, long number) {
        while (segments.size() <= segment) {
            segments.add(null);
        }
        var numbers = segments.get(segment);
        if (numbers == null) {
            numbers = new Segment();
            segments.set(segment, numbers);
        }
        numbers.add((int) offset, number);
    }

    /** Whether a location is one of these. */
    boolean has(long location) {
        int segment = Location.segment(location);
        return segment < segments.size() && segments.get(segment) != null;
    }

    /** Returns the number of the record at a location. */
    long of(long location) {
        var numbers = segments.get(Location.segment(location));
        if (numbers == null) {
            throw new IllegalArgumentException("Segment " + Location.segment(location) + " is not compacted");
        }
        int at = Arrays.binarySearch(numbers.offsets, 0, numbers.count, (int) Location.offset(location));
        return numbers.numbers[at];
    }
}
