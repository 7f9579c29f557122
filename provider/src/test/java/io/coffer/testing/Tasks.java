package io.coffer.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Threads of a test. Every wait is bounded: what does not end in two minutes fails the test instead of hanging the build. */
public final class Tasks implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ExecutorService threads = Executors.newCachedThreadPool(Tasks::daemon);

    /** Something to do that may fail in any way. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "test-task");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins something on a thread of its own. */
    public <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    /** Begins something without a result on a thread of its own. */
    public Future<Void> run(Action action) {
        return threads.submit(() -> {
            action.run();
            return null;
        });
    }

    /** Begins something, and returns when its thread is parked: it waits for what somebody else holds. */
    public <T> Future<T> startParked(Callable<T> task) {
        var begun = new CompletableFuture<Thread>();
        var future = threads.submit(() -> {
            begun.complete(Thread.currentThread());
            return task.call();
        });
        awaitParked(result(begun));
        return future;
    }

    /** Waits for a result. What the task threw is the cause of the AssertionError. */
    public static <T> T result(Future<T> task) {
        try {
            return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("The task failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("The task did not end in " + PATIENCE, e);
        }
    }

    /** Waits for a task to fail, and returns what it threw. */
    public static Throwable failure(Future<?> task) {
        try {
            throw new AssertionError(
                    "The task did not fail, but returned " + task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("The task did not end in " + PATIENCE, e);
        }
    }

    /** Waits for a latch. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The latch still stands at " + latch.getCount() + " after " + PATIENCE);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for a latch", e);
        }
    }

    /** Waits for the others at a barrier. */
    public static void await(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Not all have come to the barrier", e);
        }
    }

    /** Waits until a thread is parked, as it is when it waits for a lock; there is nothing that could tell us of it. */
    public static void awaitParked(Thread thread) {
        awaitThat(
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING,
                thread + " to be parked");
    }

    /** Waits, without sleeping, for something that nothing can tell us of. */
    public static void awaitThat(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Waited in vain for " + what);
            }
            Thread.yield();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
