package io.coffer.clients;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToLongFunction;

/** Some threads that begin at the same moment. */
final class Threads {
    private Threads() {}

    /**
     * Runs the task once in each thread and returns the sum of what they return.
     *
     * @param task gets the number of its thread, from 0 on
     * @throws AssertionError if a task fails; the failure is its cause
     */
    static long sum(int threads, IntToLongFunction task) {
        var start = new CyclicBarrier(threads);
        var executor = Executors.newFixedThreadPool(threads);
        try {
            var results = new ArrayList<Future<Long>>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                Callable<Long> afterTheOthers = () -> {
                    start.await();
                    return task.applyAsLong(thread);
                };
                results.add(executor.submit(afterTheOthers));
            }
            long sum = 0;
            for (var result : results) {
                sum += result.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new AssertionError("A thread failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        } finally {
            executor.shutdownNow();
        }
    }
}
