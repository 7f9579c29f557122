package io.coffer.jcache;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs loadAll, reloads and asynchronous listeners of a manager: daemon threads that are made when needed and end when idle.
 *
 * <p>When all are busy, when none can be made, or after it was closed, the caller runs the task itself: nothing piles up, and every task is run.
 * Safe for use by several threads.
 */
final class BackgroundExecutor implements Executor, AutoCloseable {
    private static final int THREADS_MAX = 64;
    private static final long IDLE_SECONDS = 5;
    private static final long CLOSE_SECONDS = 2;

    private final LoaderContext context;
    private final ThreadPoolExecutor threads;

    BackgroundExecutor(String managerName, LoaderContext context) {
        this.context = context;
        var number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                THREADS_MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> newThread(task, "coffer-" + managerName + "-" + number.incrementAndGet()),
                (task, full) -> refused(task));
    }

    @Override
    public void execute(Runnable task) {
        var bound = context.bind(task);
        try {
            threads.execute(bound);
        } catch (OutOfMemoryError e) { // no thread can be made: as when all are busy
            bound.run();
        }
    }

    /**
     * Runs a task that may as well be left out.
     *
     * @return false if it will not be run, since all threads are busy or none can be made
     */
    boolean tryExecute(Runnable task) {
        var optional = new OptionalTask(context.bind(task));
        try {
            threads.execute(optional);
        } catch (OutOfMemoryError e) { // no thread can be made: as when all are busy
            return false;
        }
        return !optional.isRefused;
    }

    private static void refused(Runnable task) {
        if (task instanceof OptionalTask optional) {
            optional.isRefused = true;
        } else {
            task.run();
        }
    }

    /** A task that its caller does not run himself. */
    private static final class OptionalTask implements Runnable {
        private final Runnable task;
        private boolean isRefused; // set on the caller's thread only

        private OptionalTask(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }
    }

    private static Thread newThread(Runnable task, String name) {
        var thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Waits a moment for what is running, then leaves it to end by itself. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
