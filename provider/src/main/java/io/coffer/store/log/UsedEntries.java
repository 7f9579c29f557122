package io.coffer.store.log;

/**
 * Which entries of a segment were read from disk since they were written: one bit for some hundred bytes, so entries that are shorter share
 * it. Any thread marks, without a lock: a mark that another one overwrites is lost, and that is all.
 */
final class UsedEntries {
    private static final int BYTES_A_BIT_SHIFT = 8;

    private final long[] bits;

    /** @param bytes how long the segment may become */
    UsedEntries(int bytes) {
        bits = new long[(bytes >>> BYTES_A_BIT_SHIFT) / Long.SIZE + 1];
    }

    void mark(long offset) {
        long bit = offset >>> BYTES_A_BIT_SHIFT;
        long word = bits[(int) (bit / Long.SIZE)];
        if ((word & (1L << bit)) == 0) {
            bits[(int) (bit / Long.SIZE)] = word | (1L << bit);
        }
    }

    boolean contains(long offset) {
        long bit = offset >>> BYTES_A_BIT_SHIFT;
        return (bits[(int) (bit / Long.SIZE)] & (1L << bit)) != 0;
    }
}
