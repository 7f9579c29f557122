package io.coffer.concurrency;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Threads that play a scene, each a part of it, and can be asked whether they have all come to rest. */
final class Crew {
    private final ExecutorService threads;
    private final Queue<Thread> known = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> parts = new ArrayList<>();

    Crew(ExecutorService threads) {
        this.threads = threads;
    }

    void submit(Runnable part) {
        parts.add(threads.submit(() -> {
            known.add(Thread.currentThread());
            part.run();
        }));
    }

    /** Returns how many have begun and now wait, or have done their part. */
    int atRest() {
        return (int) known.stream().map(Thread::getState).filter(Crew::isRest).count();
    }

    private static boolean isRest(Thread.State state) {
        return state == Thread.State.WAITING
                || state == Thread.State.TIMED_WAITING // a thread of a pool that waits for work
                || state == Thread.State.TERMINATED;
    }

    /** Waits for all, and fails if one of them has failed. */
    void awaitEnd() {
        try {
            for (var part : parts) {
                part.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("A thread failed", e);
        }
    }
}
