package io.coffer.store.log;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets writers help where the store's thread does not keep up, which slows them down: so what waits to be sealed is bounded, and so is
 * what is not needed any more and waits to be compacted. Safe for use by several threads.
 *
 * <p>As long as less waits, no writer is kept up by anything.
 */
final class Backpressure {
    /**
     * Files may take so many percent of what is alive, with some more for a burst: background work alone keeps to that if writers pause. With
     * what is compacted just now, and hints, that is twice.
     */
    private static final int PERCENT_OF_LIVE = 180;

    private static final int PERCENT_OF_LIVE_IN_BURST = 400;
    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** Or so many segments of the largest size: bursts into a small store are none of its business. */
    private static final int SEGMENTS_MIN = 4;
    /** A writer looks again after so many bytes. */
    private static final int STEP_BYTES = 1 << 19;
    /** So many pieces he compacts then, if he has to: together they are longer than what he has written, and most is not needed. */
    private static final int PIECES = 4;

    private final Appender appender;
    private final SegmentTable segments;
    private final Sealer sealer;
    private final Maintenance maintenance;
    private final LongSupplier nanoTime;
    /** How much longer files may take more than they should; comes back while they do not. Under the append lock. */
    private long burstNanos = BURST_NANOS;
    /** When it was looked last, and what was seen. Under the append lock. */
    private long lookedNanos;

    private boolean wasBurst;

    /** Only to see that a segment has been begun; who misses it does no harm. */
    private volatile @Nullable Segment last;
    /** What was appended since it was looked last. Not guarded: where some is lost, it is looked a little later. */
    private long bytesSince;

    Backpressure(
            Appender appender, SegmentTable segments, Sealer sealer, Maintenance maintenance, LongSupplier nanoTime) {
        this.appender = appender;
        this.segments = segments;
        this.sealer = sealer;
        this.maintenance = maintenance;
        this.nanoTime = nanoTime;
        this.lookedNanos = nanoTime.getAsLong();
    }

    /** Called without a lock by whoever has appended so many bytes, with the segment where they ended. */
    void appended(Segment segment, long bytes) {
        if (segment != last) {
            last = segment;
            if (sealer.isBehind()) {
                maintenance.seal();
            }
        }
        bytesSince += bytes;
        while (bytesSince >= STEP_BYTES) {
            bytesSince -= STEP_BYTES;
            int pieces = 0;
            while (pieces < PIECES && isCrowded() && maintenance.compact()) {
                pieces++;
            }
        }
    }

    private boolean isCrowded() {
        appender.lock.lock();
        try {
            long now = nanoTime.getAsLong();
            long passed = now - lookedNanos;
            lookedNanos = now;
            burstNanos = wasBurst && passed < BURST_NANOS
                    ? Math.max(0, burstNanos - passed)
                    : Math.min(BURST_NANOS, burstNanos + passed);
            long bytes = segments.fileBytes();
            wasBurst = bytes > most(PERCENT_OF_LIVE);
            return bytes > most(PERCENT_OF_LIVE_IN_BURST) || (wasBurst && burstNanos == 0);
        } finally {
            appender.lock.unlock();
        }
    }

    private long most(int percent) {
        return Math.max(SEGMENTS_MIN * (long) appender.sizes.maxBytes(), segments.liveBytes() / 100 * percent);
    }
}
