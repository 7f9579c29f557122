package io.coffer.store.log;

/**
 * Where a record lies, in 56 bits of a long: segment 20, offset 28, size class 8. The segment is a number below 2^20 that the store
 * gives to an open segment and may give again, not its id. The size class is the record's length rounded up by at most an eighth, so
 * that one read fetches the whole record.
 */
final class Location {
    /** No location: a record's size class is never 0. */
    static final long NONE = 0;

    static final int BITS = 56;

    private static final int OFFSET_BITS = 28;
    private static final int SEGMENT_BITS = 20;
    private static final int SIZE_AT = OFFSET_BITS + SEGMENT_BITS;
    private static final int MANTISSA_BITS = 3;
    private static final int MANTISSA = 1 << MANTISSA_BITS;

    private Location() {}

    /** Returns the location of a record of so many bytes, at least 8. */
    static long of(int segment, long offset, int recordBytes) {
        if (segment < 0 || segment >= 1 << SEGMENT_BITS) {
            throw new IllegalArgumentException("segment must be below " + (1 << SEGMENT_BITS) + ", found " + segment);
        }
        if (offset < 0 || offset >= 1L << OFFSET_BITS) {
            throw new IllegalArgumentException("offset must be below " + (1 << OFFSET_BITS) + ", found " + offset);
        }
        if (recordBytes < MANTISSA || recordBytes > LogFormat.SEGMENT_BYTES_MAX) {
            throw new IllegalArgumentException("recordBytes must be from " + MANTISSA + " to "
                    + LogFormat.SEGMENT_BYTES_MAX + ", found " + recordBytes);
        }
        return ((long) sizeClass(recordBytes) << SIZE_AT) | ((long) segment << OFFSET_BITS) | offset;
    }

    /** The least class whose size is not below the length: four leading bits of it, rounded up. */
    private static int sizeClass(int recordBytes) {
        int exponent = Math.max(0, Integer.SIZE - MANTISSA_BITS - 1 - Integer.numberOfLeadingZeros(recordBytes - 1));
        int mantissa = (recordBytes + (1 << exponent) - 1) >>> exponent;
        // A mantissa of 16 carries into the exponent, which is what the sum does. Class 0 stays free: the first is 1.
        return (exponent << MANTISSA_BITS) + mantissa - MANTISSA + 1;
    }

    static int segment(long location) {
        return (int) (location >>> OFFSET_BITS) & ((1 << SEGMENT_BITS) - 1);
    }

    static long offset(long location) {
        return location & ((1L << OFFSET_BITS) - 1);
    }

    /** Returns how many bytes to read: the record's length or up to an eighth more. The segment may end before. */
    static int sizeBytes(long location) {
        int sizeClass = (int) (location >>> SIZE_AT) - 1;
        return (MANTISSA + (sizeClass & (MANTISSA - 1))) << (sizeClass >>> MANTISSA_BITS);
    }
}
