package io.coffer.concurrency;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the threads of a test meet. Unlike those of the JDK it never parks: all leave it at the same moment, not one after
 * the other as they are woken, so that what they do next overlaps.
 */
final class YieldingBarrier {
    private final int parties;
    private final Runnable action;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int generation; // written by the last to arrive
    private volatile boolean broken; // set once

    /** Makes a barrier; the last to arrive runs the action while all others wait. */
    YieldingBarrier(int parties, Runnable action) {
        this.parties = parties;
        this.action = action;
    }

    /** Waits for all others; false if one of them has failed and will not come any more. */
    boolean meet() {
        int mine = generation;
        if (arrived.incrementAndGet() == parties) {
            arrived.set(0);
            action.run();
            generation = mine + 1;
        }
        while (generation == mine && !broken) {
            Thread.yield();
        }
        return !broken;
    }

    /** Sends everybody home. */
    void breakUp() {
        broken = true;
    }
}
