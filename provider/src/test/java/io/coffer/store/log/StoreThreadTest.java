package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.lang.Thread.State;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the thread of a store looks again. */
@Timeout(180)
class StoreThreadTest {
    private static final long NEVER = TimeUnit.HOURS.toNanos(1);

    /** A lock parks too, and uses up the permit that the thread was woken with. */
    @Test
    void wake_whileAStepWaitsForALock_makesAnotherStep() throws InterruptedException {
        var lock = new ReentrantLock();
        var worker = new Thread[1];
        var steps = new CountDownLatch(2);
        var begun = new CountDownLatch(1);
        StoreThread thread;
        lock.lock();
        try {
            thread = StoreThread.start(
                    "test",
                    () -> {
                        worker[0] = Thread.currentThread();
                        begun.countDown();
                        lock.lock();
                        try {
                            steps.countDown();
                        } finally {
                            lock.unlock();
                        }
                    },
                    () -> NEVER);
            begun.await();
            Threads.await("the thread waits for the lock", () -> worker[0].getState() == State.WAITING);
            thread.wake(); // it uses the permit and waits for the lock again
        } finally {
            lock.unlock();
        }

        assertThat(steps.await(120, TimeUnit.SECONDS))
                .as("a second step, long before it is due")
                .isTrue();
        thread.stop();
    }

    @Test
    void wake_whileParked_makesAnotherStep() throws InterruptedException {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(2);
        var thread = StoreThread.start(
                "test",
                () -> {
                    first.countDown();
                    second.countDown();
                },
                () -> NEVER);
        first.await();
        thread.wake();

        assertThat(second.await(120, TimeUnit.SECONDS)).isTrue();
        thread.stop();
    }

    @Test
    void step_throws_isTriedAgainWhenWoken() throws InterruptedException {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(2);
        var thread = StoreThread.start(
                "test",
                () -> {
                    first.countDown();
                    second.countDown();
                    throw new IllegalStateException("expected by the test");
                },
                () -> NEVER);
        first.await();
        thread.wake();

        assertThat(second.await(120, TimeUnit.SECONDS)).isTrue();
        thread.stop();
    }
}
