package io.coffer.spi;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes the calls of {@link HeapStore}s fail, to see what stands on them get along with it. Safe for use by several threads. */
public final class HeapFaults {
    private volatile StoreException.@Nullable Kind writes;
    private volatile StoreException.@Nullable Kind reads;
    private final AtomicLong lostWrites = new AtomicLong();

    /** Fails all writes, removals, touches and clears from now on; null for none. */
    public void failWrites(StoreException.@Nullable Kind kind) {
        writes = kind;
    }

    /** Fails all reads of values from now on; null for none. */
    public void failReads(StoreException.@Nullable Kind kind) {
        reads = kind;
    }

    /** Calls the next changes lost, though nobody else has written. */
    public void loseNextWrites(int count) {
        lostWrites.set(count);
    }

    void beforeWrite() {
        fail(writes);
    }

    void beforeRead() {
        fail(reads);
    }

    boolean isLost() {
        return lostWrites.get() > 0 && lostWrites.getAndDecrement() > 0;
    }

    private static void fail(StoreException.@Nullable Kind kind) {
        if (kind != null) {
            throw new StoreException(kind, "Made to fail by the test: " + kind);
        }
    }
}
