package io.coffer.concurrency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Several threads that do something at the same time. For use by one thread. */
final class Crowd {
    private static final long HANGS_AFTER_SECONDS = 60 + ConcurrentRounds.ROUNDS / 50;

    private final List<Runnable> leaders = new ArrayList<>();
    private final List<Runnable> followers = new ArrayList<>();
    private BooleanSupplier isEnough = () -> true;
    private volatile boolean over; // set once
    private volatile boolean failed; // set once

    /** Adds threads that do something for a number of times; each is told its number. */
    Crowd repeat(int threads, int times, IntConsumer part) {
        for (int i = 0; i < threads; i++) {
            int number = i;
            leaders.add(() -> {
                for (int j = 0; j < times || !(failed || isEnough.getAsBoolean()); j++) {
                    part.accept(number);
                }
            });
        }
        return this;
    }

    /** Lets those with a number of times go on after it until something has happened that needs the others. */
    Crowd andUntil(BooleanSupplier hasHappened) {
        isEnough = hasHappened;
        return this;
    }

    /** Adds a thread that does something again and again, until those with a number of times have ended. */
    Crowd meanwhile(Runnable part) {
        followers.add(() -> {
            do {
                part.run();
                Turbulence.pass(); // on a single core, the others would wait for a whole time slice
            } while (!over);
        });
        return this;
    }

    /**
     * Starts all at once and waits for them.
     *
     * @throws AssertionError if one has failed, or does not end
     */
    void run() {
        var threads = Executors.newCachedThreadPool();
        try {
            var start = new CountDownLatch(1);
            var followed = submit(followers, threads, start);
            var led = submit(leaders, threads, start);
            start.countDown();
            try {
                await(led);
            } finally {
                over = true;
            }
            await(followed);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Future<?>> submit(List<Runnable> parts, ExecutorService threads, CountDownLatch start) {
        var submitted = new ArrayList<Future<?>>();
        for (var part : parts) {
            submitted.add(threads.submit(() -> {
                start.await();
                try {
                    part.run();
                } catch (RuntimeException | Error e) {
                    failed = true;
                    throw e;
                }
                return null;
            }));
        }
        return submitted;
    }

    private static void await(List<Future<?>> parts) {
        try {
            for (var part : parts) {
                part.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().toString(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("A thread does not end", e);
        }
    }
}
