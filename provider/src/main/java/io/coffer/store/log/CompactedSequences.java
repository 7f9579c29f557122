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
        private final long createdSequence;
        private int[] offsets = new int[RECORDS_MIN];
        private long[] numbers = new long[RECORDS_MIN];
        private int count;

        Segment(long createdSequence) {
            this.createdSequence = createdSequence;
        }

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

    /** Begins a segment, whose records have the deadlines that all changes up to a sequence number had given them. */
    void begin(int segment, long createdSequence) {
        while (segments.size() <= segment) {
            segments.add(null);
        }
        segments.set(segment, new Segment(createdSequence));
    }

    /** Keeps a number. The offsets of a segment rise. */
    void add(int segment, long offset, long number) {
        segment(segment).add((int) offset, number);
    }

    private Segment segment(int segment) {
        var numbers = segments.get(segment);
        if (numbers == null) {
            throw new IllegalArgumentException("Segment " + segment + " is not compacted");
        }
        return numbers;
    }

    /** Whether a location is one of these. */
    boolean has(long location) {
        int segment = Location.segment(location);
        return segment < segments.size() && segments.get(segment) != null;
    }

    /** Returns the number of the record at a location. */
    long of(long location) {
        var numbers = segment(Location.segment(location));
        int at = Arrays.binarySearch(numbers.offsets, 0, numbers.count, (int) Location.offset(location));
        return numbers.numbers[at];
    }

    /** Returns the last change whose effect on the deadline is in the record at a location. */
    long touchedUpTo(long location) {
        return Math.max(of(location), segment(Location.segment(location)).createdSequence);
    }
}
