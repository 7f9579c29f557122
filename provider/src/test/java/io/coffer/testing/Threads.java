package io.coffer.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Several threads at once, and none of them for longer than a test may take. */
public final class Threads {
    private static final long SECONDS_MAX = 120;

    private Threads() {}

    /** Something that may throw. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** Starts a task in as many threads as wanted, at the same moment, and returns when all have ended. */
    public static void race(int count, IntFunction<Task> task) {
        var start = new CyclicBarrier(count);
        var threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var mine = task.apply(i);
                Callable<Void> racer = () -> {
                    start.await(SECONDS_MAX, TimeUnit.SECONDS);
                    mine.run();
                    return null;
                };
                running.add(threads.submit(racer));
            }
            for (var each : running) {
                each.get(SECONDS_MAX, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("A thread failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("A thread is still running after " + SECONDS_MAX + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits until something is so. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + SECONDS_MAX + " s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    /** Returns the live threads whose name contains something. */
    public static List<Thread> named(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(part))
                .toList();
    }

    /** Waits until all live threads have ended whose name contains something. */
    public static void awaitEndOf(String part) {
        await("the end of threads " + part, () -> named(part).isEmpty());
    }
}
