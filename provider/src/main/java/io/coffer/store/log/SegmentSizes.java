package io.coffer.store.log;

/**
 * How large segments become: as many as are wanted hold what is alive, so that a small store stays small and a large one has few files.
 * Guarded by the append lock.
 */
final class SegmentSizes {
    private static final int SEGMENTS_WANTED = 8;
    private static final int MORE_FOR_WAITING = 6;
    /** So many segments fit into a bound at least: what leaves the disk leaves it by segments. */
    static final int SEGMENTS_IN_BOUND = 16;

    private final int minBytes;
    private final int maxBytes;
    private final SegmentTable segments;
    private final int overheadBytes;

    SegmentSizes(LogOptions options, SegmentTable segments, Suite suite) {
        this.overheadBytes = suite.overheadBytes();
        this.maxBytes = (int) Math.min(options.segmentBytesMax(), options.maxDiskBytes() / SEGMENTS_IN_BOUND);
        this.minBytes = Math.min(options.segmentBytesMin(), maxBytes);
        this.segments = segments;
    }

    /** Returns how long an append may be at most. */
    int frameBytesMax() {
        return LogFormat.SEGMENT_BYTES_MAX - overheadBytes;
    }

    int minBytes() {
        return minBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** Returns the size that is right for what is alive now. */
    long usualBytes() {
        return Math.max(minBytes, Math.min(maxBytes, segments.liveBytes() / SEGMENTS_WANTED));
    }

    /**
     * Returns the size of a new head. Larger when heads wait to be sealed: a burst of writes must not end up waiting for syncs.
     *
     * @param frameBytes what must fit, beside all that is no record
     */
    int capacity(int frameBytes) {
        int waiting = Math.min(MORE_FOR_WAITING, Math.max(0, segments.unsealed().size() - 1));
        long wanted = Math.min(maxBytes, usualBytes() << waiting);
        return (int) Math.min(LogFormat.SEGMENT_BYTES_MAX, Math.max(wanted, (long) frameBytes + overheadBytes));
    }

    /** Whether an append of so many bytes stays within the size that segments have anyway. */
    boolean isModest(long frameBytes) {
        return frameBytes + overheadBytes <= maxBytes;
    }
}
