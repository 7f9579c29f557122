package io.coffer.store.log;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Whether the disk accepts writes, and when to try again if not: at most once a second. Changed under the append lock. */
final class DiskTrouble {
    private enum State {
        NONE,
        FULL,
        SUSPECT
    }

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private volatile State state = State.NONE;
    private volatile long retryNanos;

    DiskTrouble(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** There was no room. */
    void full() {
        if (state != State.SUSPECT) {
            state = State.FULL;
        }
        retryNanos = nanoTime.getAsLong() + PAUSE_NANOS;
    }

    /** A sync has failed: nothing counts before a new file was made, written and synced. */
    void suspect() {
        state = State.SUSPECT;
        retryNanos = nanoTime.getAsLong();
    }

    /** Trying again was in vain. */
    void postpone() {
        retryNanos = nanoTime.getAsLong() + PAUSE_NANOS;
    }

    void over() {
        state = State.NONE;
    }

    boolean isNone() {
        return state == State.NONE;
    }

    boolean isFull() {
        return state == State.FULL;
    }

    boolean isSuspect() {
        return state == State.SUSPECT;
    }

    /** Whether it is time to try again. */
    boolean isDue() {
        return nanoTime.getAsLong() - retryNanos >= 0;
    }
}
