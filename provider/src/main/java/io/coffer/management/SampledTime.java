package io.coffer.management;

import java.util.concurrent.atomic.LongAdder;

/** The mean duration of the operations that were sampled. Safe for use by several threads. */
final class SampledTime {
    private static final float NANOS_PER_MICRO = 1_000;

    private final LongAdder nanos = new LongAdder();
    private final LongAdder samples = new LongAdder();

    /** Adds the time since {@code startNanos}; 0 stands for an operation that is not sampled. */
    void add(long startNanos) {
        if (startNanos != 0) {
            nanos.add(Math.max(0, System.nanoTime() - startNanos));
            samples.increment();
        }
    }

    /** Returns the mean in microseconds, 0 before the first sample. */
    float meanMicros() {
        long count = samples.sum();
        return count == 0 ? 0 : nanos.sum() / NANOS_PER_MICRO / count;
    }

    void clear() {
        nanos.reset();
        samples.reset();
    }
}
