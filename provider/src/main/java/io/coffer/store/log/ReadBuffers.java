package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Buffers outside the heap for reading records, one for each place of threads. Not one for each thread: there may be a million virtual
 * ones. Safe for use by several threads.
 */
final class ReadBuffers {
    /** Longer records are read in pieces of this length. */
    static final int BYTES_MAX = 64 << 10;

    private static final int BYTES_MIN = 4 << 10;
    private static final int LINE = 32;

    private final AtomicReferenceArray<ByteBuffer> idle = new AtomicReferenceArray<>(Stripe.COUNT * LINE);

    /** Returns an empty buffer whose limit is the length, at most {@link #BYTES_MAX}. It belongs to the caller until {@link #give}. */
    ByteBuffer take(int stripe, int length) {
        var buffer = idle.getAndSet(stripe * LINE, null);
        if (buffer == null || buffer.capacity() < length) {
            int more = Integer.highestOneBit(Math.max(length, BYTES_MIN) - 1) << 1;
            buffer = ByteBuffer.allocateDirect(more);
        }
        return buffer.clear().limit(length);
    }

    /** Gives a buffer back. */
    void give(int stripe, ByteBuffer buffer) {
        idle.setRelease(stripe * LINE, buffer);
    }
}
