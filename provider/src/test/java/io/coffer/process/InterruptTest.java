package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreWrite;
import io.coffer.store.OpenHandles;
import io.coffer.testing.Threads;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Interrupts while a store is used, as they come from cancelled futures and pools that shut down: no call fails by one, none is lost to
 * the thread that it was meant for, and no file stays open.
 */
@EnabledOnOs(OS.LINUX)
class InterruptTest {
    private static final int THREADS = 50;
    private static final int KEYS = 20;
    private static final int ROUNDS = 200;
    private static final int ROUNDS_SYNCED = 10;
    private static final int SHUTDOWNS = 3;
    private static final long SECONDS_MAX = 120;

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("coffer.seed", ThreadLocalRandom.current().nextLong());

    private final LongAdder interrupts = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final AtomicIntegerArray lastRounds = new AtomicIntegerArray(THREADS);

    @ParameterizedTest
    @EnumSource(Durability.class)
    void calls_interruptedAtRandom_doNotFail(Durability durability) {
        playInterrupted(durability, Executors.newCachedThreadPool());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @EnabledForJreRange(min = JRE.JAVA_21)
    void calls_byVirtualThreadsInterruptedAtRandom_doNotFail(Durability durability) {
        playInterrupted(durability, virtualThreads());
    }

    private void playInterrupted(Durability durability, ExecutorService threads) {
        int rounds = durability == Durability.ALWAYS ? ROUNDS_SYNCED : ROUNDS;
        try (var store = Stores.open(Stores.SMALL_LOG, Stores.options(folder, durability))) {
            var running = new AtomicInteger(THREADS);
            var start = new CyclicBarrier(THREADS + 1);
            List<Future<Thread>> tasks = new ArrayList<>();
            var victims = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                tasks.add(threads.submit(() -> {
                    victims[number] = Thread.currentThread();
                    start.await(SECONDS_MAX, TimeUnit.SECONDS);
                    try {
                        play(store, number, rounds, () -> interrupts.sum() > THREADS);
                    } finally {
                        running.decrementAndGet();
                    }
                    return Thread.currentThread();
                }));
            }
            interrupt(victims, running, start);
            tasks.forEach(this::requireDone);
            assertThat(lost.sum())
                    .as("interrupts that a call has swallowed; seed " + seed)
                    .isZero();
            assertContent(store);
        } finally {
            threads.shutdownNow();
        }
        assertReopened();
    }

    /** As long as anybody is running, and so often that most calls meet one. */
    private void interrupt(Thread[] victims, AtomicInteger running, CyclicBarrier start) {
        try {
            start.await(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Not all have started", e);
        }
        var random = new SplittableRandom(seed);
        while (running.get() > 0) {
            victims[random.nextInt(THREADS)].interrupt();
            for (int i = random.nextInt(50); i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }

    /** Writes own keys in all ways, and reads those of everybody, for some rounds, and then until there was enough of it. */
    private void play(EntryStore store, int thread, int rounds, BooleanSupplier isEnough) {
        var random = new SplittableRandom(seed + thread);
        for (int round = 1; round <= rounds || !isEnough.getAsBoolean(); round++) {
            int last = round;
            lastRounds.set(thread, round);
            int number = random.nextInt(KEYS - 1);
            int other = random.nextInt(THREADS);
            unlessLost(() -> store.write(key(thread, number), EntryStore.ANY, value(thread, last), EntryStore.ETERNAL));
            unlessLost(() -> requireOf(thread, store.read(key(thread, number)).value()));
            unlessLost(() -> {
                var found = store.read(key(other, number));
                if (found != null) {
                    requireOf(other, found.value());
                }
            });
            unlessLost(() -> store.remove(key(thread, number), EntryStore.ANY));
            unlessLost(() -> store.writeAll(List.of(
                    new StoreWrite(key(thread, number), EntryStore.ANY, value(thread, last), EntryStore.ETERNAL),
                    new StoreWrite(key(thread, KEYS - 1), EntryStore.ANY, value(thread, last), EntryStore.ETERNAL))));
            unlessLost(() -> store.touch(
                    key(thread, number), store.find(key(thread, number)).stamp(), EntryStore.ETERNAL));
            unlessLost(() -> store.invalidate(key(thread, number)));
            if (round % 50 == thread % 50) {
                unlessLost(store::sync);
                unlessLost(() -> scan(store));
            }
        }
    }

    private static void scan(EntryStore store) {
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                requireOf(ByteBuffer.wrap(entry.key()).getInt(), entry.value());
            }
        }
    }

    /** Does something, and notes whether an interrupt from before is still there. */
    private void unlessLost(Runnable call) {
        boolean before = Thread.currentThread().isInterrupted();
        call.run();
        if (before) {
            interrupts.increment();
            if (!Thread.interrupted()) {
                lost.increment();
            }
        }
    }

    private static byte[] key(int thread, int number) {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(thread)
                .putInt(number)
                .array();
    }

    private static byte[] value(int thread, int round) {
        return ByteBuffer.allocate(300 + round).putInt(thread).putInt(round).array();
    }

    private static void requireOf(int thread, byte[] value) {
        int round = ByteBuffer.wrap(value).getInt(Integer.BYTES);
        assertThat(value).isEqualTo(value(thread, round));
    }

    private void assertContent(EntryStore store) {
        assertThat(store.counters().damagedEntries())
                .as("entries taken for damaged")
                .isZero();
        assertThat(store.size()).isEqualTo(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            assertThat(store.read(key(thread, KEYS - 1)).value()).isEqualTo(value(thread, lastRounds.get(thread)));
        }
    }

    private void assertReopened() {
        assertHandlesClosed();
        try (var store = Stores.open(Stores.SMALL_LOG, Stores.options(folder, Durability.NONE))) {
            assertContent(store);
        }
    }

    private void assertHandlesClosed() {
        try {
            assertThat(OpenHandles.below(folder)).isEmpty();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T requireDone(Future<T> task) {
        try {
            return task.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("Seed " + seed + ": a call has failed by an interrupt", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("Seed " + seed + ": the calls do not end", e);
        }
    }

    /** A pool that shuts down interrupts all its threads; who does not care goes on to the end. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void calls_whenThePoolShutsDown_doNotFail(Durability durability) {
        int rounds = durability == Durability.ALWAYS ? ROUNDS_SYNCED : ROUNDS;
        for (int i = 0; i < SHUTDOWNS; i++) {
            try (var store = Stores.open(Stores.SMALL_LOG, Stores.options(folder, durability))) {
                store.clear();
                var threads = Executors.newFixedThreadPool(THREADS);
                var begun = new CountDownLatch(THREADS);
                List<Future<Boolean>> tasks = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    int number = thread;
                    tasks.add(threads.submit(() -> {
                        begun.countDown();
                        play(store, number, rounds, () -> true);
                        return true;
                    }));
                }
                Threads.await("all tasks to begin", () -> begun.getCount() == 0);
                assertThat(threads.shutdownNow()).isEmpty();
                tasks.forEach(this::requireDone);
                assertThat(lost.sum())
                        .as("interrupts that a call has swallowed")
                        .isZero();
                assertContent(store);
            }
            assertReopened();
        }
    }

    /** Opening and closing by a thread that is interrupted all the time. */
    @Test
    void openAndClose_interrupted_doNotFail() {
        for (int i = 1; i <= ROUNDS_SYNCED; i++) {
            Thread.currentThread().interrupt();
            try (var store = Stores.open(Stores.SMALL_LOG, Stores.options(folder, Durability.INTERVAL))) {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                store.write(key(0, i), EntryStore.ANY, value(0, i), EntryStore.ETERNAL);
                assertThat(store.size()).isEqualTo(i);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        assertHandlesClosed();
    }

    /** The method is younger than the release we compile for. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("A JDK without virtual threads", e);
        }
    }
}
