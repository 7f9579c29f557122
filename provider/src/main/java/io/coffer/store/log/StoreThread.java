package io.coffer.store.log;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A thread of an open store: a daemon, and a platform thread, since it syncs. Ends when the store is closed. */
final class StoreThread {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Runnable step;
    private final LongSupplier nanosToWait;
    private final Thread thread;
    private volatile boolean stopping;
    /** Whether somebody wants another step after the one that runs. The permit of unpark alone may be used up by a lock in it. */
    private volatile boolean woken;

    private StoreThread(String cacheName, Runnable step, LongSupplier nanosToWait) {
        this.step = step;
        this.nanosToWait = nanosToWait;
        this.thread = new Thread(null, this::run, "coffer-store-" + cacheName, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null); // the context of whoever opened the store must not be held
    }

    /**
     * Starts one.
     *
     * @param step does what is due
     * @param nanosToWait tells how long nothing will be due if nobody wakes the thread
     */
    static StoreThread start(String cacheName, Runnable step, LongSupplier nanosToWait) {
        var started = new StoreThread(cacheName, step, nanosToWait);
        started.thread.start();
        return started;
    }

    /** Lets it look now whether there is something to do. */
    void wake() {
        if (!woken) {
            woken = true;
            LockSupport.unpark(thread);
        }
    }

    /** Ends it and waits until it has ended. An interrupt meanwhile stays pending. */
    void stop() {
        stopping = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            wake();
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            woken = false; // before looking: what comes later wakes it again
            long nanos = step();
            // Nothing parks between this look and the park, so a permit given meanwhile is still there.
            if (!stopping && !woken) {
                LockSupport.parkNanos(this, nanos);
            }
        }
    }

    private long step() {
        try {
            step.run();
            return nanosToWait.getAsLong();
        } catch (RuntimeException | Error e) {
            // Who waits for a sync would wait for ever if this thread ended.
            LogMessages.LOG.log(Level.ERROR, "The upkeep of a store failed; it is tried again", e);
            return PAUSE_NANOS;
        }
    }
}
