package io.coffer.store.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time that deadlines are measured by: follows the wall clock, but never goes back, neither when the wall clock is set back nor over
 * a restart. So what has expired once stays expired. Safe for use by several threads, without locks.
 *
 * <p>If the wall clock shows less than this one, time goes on at the pace of the JVM's timer until the wall clock has caught up. A wall
 * clock that was once wrong by years makes older deadlines pass too early, but new ones are measured by the same clock and last as long
 * as they were meant to.
 */
final class StoreClock implements InstantSource {
    /** A moment of this clock, and what the timer showed then. */
    private record Base(long millis, long nanos) {}

    private static final VarHandle BASE;

    static {
        try {
            BASE = MethodHandles.lookup().findVarHandle(StoreClock.class, "base", Base.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    /** Replaced by compare and set when the wall clock is ahead. */
    private volatile Base base;

    /**
     * @param wall the wall clock
     * @param nanoTime the JVM's timer, which never goes back
     * @param atLeastMillis the latest time that is known to have been: what manifest, footers and SYNC records say
     */
    StoreClock(InstantSource wall, LongSupplier nanoTime, long atLeastMillis) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.base = new Base(atLeastMillis, nanoTime.getAsLong());
    }

    /** Milliseconds since 1970; never less than returned before. */
    @Override
    public long millis() {
        while (true) {
            var current = base;
            long nanos = nanoTime.getAsLong();
            long byTimer = current.millis + TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos - current.nanos));
            long byWall = wall.millis();
            if (byWall <= byTimer) {
                return byTimer;
            }
            if (BASE.compareAndSet(this, current, new Base(byWall, nanos))) {
                return byWall;
            }
        }
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    /** How many milliseconds this clock is ahead of the wall clock: 0 unless that was set back, or had been wrong. */
    long aheadMillis() {
        return Math.max(0, millis() - wall.millis());
    }
}
