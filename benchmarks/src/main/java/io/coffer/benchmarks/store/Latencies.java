package io.coffer.benchmarks.store;

/**
 * How long calls took, counted in buckets that are less than one percent wide; only the longest is kept as it was. So it takes the same
 * memory for any number of calls. For one thread.
 */
final class Latencies {
    private static final int PRECISION_BITS = 7;
    private static final int STEPS = 1 << PRECISION_BITS;
    private static final double NANOS_IN_MICRO = 1e3;

    private final long[] counts = new long[Long.SIZE << PRECISION_BITS];
    private long count;
    private long longest;

    void add(long nanos) {
        counts[bucket(nanos)]++;
        count++;
        longest = Math.max(longest, nanos);
    }

    /** In microseconds: such a share of the calls took no longer. */
    double micros(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        int bucket = -1;
        while (seen < wanted) {
            seen += counts[++bucket];
        }
        return Math.min(end(bucket), longest) / NANOS_IN_MICRO;
    }

    double longestMicros() {
        return longest / NANOS_IN_MICRO;
    }

    /** One bucket a nanosecond at first, then so many for each power of two. */
    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - PRECISION_BITS - Long.numberOfLeadingZeros(nanos));
        return nanos < STEPS ? (int) nanos : (shift + 1) * STEPS + (int) (nanos >>> shift) - STEPS;
    }

    /** The longest time that falls into a bucket. */
    private static long end(int bucket) {
        int shift = Math.max(0, bucket / STEPS - 1);
        return bucket < STEPS ? bucket : ((long) (STEPS + bucket % STEPS + 1) << shift) - 1;
    }
}
