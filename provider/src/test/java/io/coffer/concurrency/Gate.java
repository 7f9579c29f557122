package io.coffer.concurrency;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Holds threads up until it is opened. */
final class Gate {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final BlockingQueue<Integer> tokens = new LinkedBlockingQueue<>();
    private final int threads;

    /** Makes a closed gate, through which so many threads can pass with a token. */
    Gate(int threads) {
        this.threads = threads;
    }

    void pass() {
        await(opened);
    }

    /** The same with a blocking queue, and so for each thread alone. */
    void passByToken() {
        try {
            tokens.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void open() {
        opened.countDown();
        for (int i = 0; i < threads; i++) {
            tokens.add(i);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
