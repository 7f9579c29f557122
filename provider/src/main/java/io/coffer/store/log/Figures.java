package io.coffer.store.log;

import io.coffer.spi.StoreCounters;

/** What a store tells of itself: what it has counted, and how large it is. Safe for use by several threads. */
final class Figures {
    private final Index index;
    private final Appender appender;
    private final SegmentTable segments;
    private final Reserve reserve;
    private final Compactor compactor;
    private final LogCounters counters;

    Figures(
            Index index,
            Appender appender,
            SegmentTable segments,
            Reserve reserve,
            Compactor compactor,
            LogCounters counters) {
        this.index = index;
        this.appender = appender;
        this.segments = segments;
        this.reserve = reserve;
        this.compactor = compactor;
        this.counters = counters;
    }

    StoreCounters counters() {
        return new StoreCounters(
                index.size(),
                diskBytes(),
                index.heapBytes(),
                counters.failedWrites.sum(),
                counters.failedReads.sum(),
                counters.damagedEntries.sum(),
                counters.syncs.sum(),
                counters.evictedEntries.sum(),
                counters.tamperedEntries.sum());
    }

    /** How much compactions have written. */
    long compactedBytes() {
        return counters.compactedBytes.sum();
    }

    private long diskBytes() {
        appender.lock.lock();
        try {
            long bytes = reserve.bytes() + segments.manifestBytes(appender.suite) + compactor.bytes();
            for (var segment : segments.all()) {
                bytes += segment.end + segment.hintBytes;
            }
            return bytes;
        } finally {
            appender.lock.unlock();
        }
    }
}
