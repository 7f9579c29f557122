package io.coffer.expiry;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Removes what has expired without anybody looking: one daemon thread for all caches of a manager, there only while one of
 * them can have entries that expire. Safe for use by several threads.
 */
public final class ExpirySweeper implements Sweeper {
    /** With ticks of 256 ms, an entry is removed and announced at most half a second after its deadline. */
    private static final long PERIOD_MILLIS = 200;

    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final String threadName;
    private final Set<Runnable> sweeps = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Thread thread; // guarded by the lock

    /** Makes a sweeper without a thread. */
    public ExpirySweeper(String managerName) {
        this.threadName = "coffer-sweeper-" + managerName;
    }

    @Override
    public void add(Runnable sweep) {
        lock.lock();
        try {
            if (thread == null) {
                thread = start(); // may fail, and then nothing has been added
            }
            sweeps.add(sweep);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(Runnable sweep) {
        lock.lock();
        try {
            sweeps.remove(sweep);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Thread start() {
        var started = new Thread(null, this::run, threadName, 0, false);
        started.setDaemon(true);
        started.setContextClassLoader(null); // the context of whoever made the first cache must not be held
        started.start();
        return started;
    }

    private void run() {
        while (pause()) {
            for (var sweep : sweeps) {
                try {
                    sweep.run();
                } catch (Exception | Error e) {
                    // An Error of a user's equals or hashCode must not end the sweeping of all caches.
                    LOG.log(Level.WARNING, "A sweep for expired entries failed; it is tried again", e);
                }
            }
        }
    }

    /** Waits for the next sweep; false when there is nothing left to sweep, and then this thread is no longer the one. */
    private boolean pause() {
        lock.lock();
        try {
            await(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
            if (sweeps.isEmpty()) {
                thread = null;
                return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void await(long period) {
        try {
            long nanos = period;
            while (nanos > 0 && !sweeps.isEmpty()) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The sweeper was interrupted by a stranger; its pause ends early", e);
        }
    }
}
