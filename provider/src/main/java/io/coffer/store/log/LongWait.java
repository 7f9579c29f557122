package io.coffer.store.log;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A time in which somebody is waited for who may never answer: the log has to say whom. Watched by a thread of its own. */
final class LongWait {
    private static final long NEVER = Long.MAX_VALUE;

    private final long patienceNanos;
    private final Runnable warning;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean told; // of the thread that watches

    private LongWait(long patienceNanos, Runnable warning) {
        this.patienceNanos = patienceNanos;
        this.warning = warning;
    }

    /**
     * Does something in the calling thread.
     *
     * @param patienceNanos how long that may take before it is warned of, once
     * @param warning logs
     */
    static void during(Runnable action, long patienceNanos, Runnable warning) {
        var wait = new LongWait(patienceNanos, warning);
        var watching = StoreThread.start("wait", wait::watch, () -> NEVER);
        try {
            action.run();
        } finally {
            wait.ended.countDown();
            watching.stop();
        }
    }

    private void watch() {
        try {
            if (!told && !ended.await(patienceNanos, TimeUnit.NANOSECONDS)) {
                told = true;
                warning.run();
            }
        } catch (InterruptedException e) { // nobody does that, and there is nothing to clean up
            LogMessages.LOG.log(Level.DEBUG, "A long wait is not watched any more", e);
        }
    }
}
