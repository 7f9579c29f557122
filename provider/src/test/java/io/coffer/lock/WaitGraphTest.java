package io.coffer.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CacheDeadlockException;
import io.coffer.testing.FakeClock;
import io.coffer.testing.Threads;
import io.coffer.tier.ByReference;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitGraphTest {
    private static final long SEED = 20260113;

    private final WaitGraph graph = new WaitGraph();

    /** A resource whose owner a test sets. */
    private static final class Resource implements Owned {
        volatile Thread owner;

        Resource(Thread owner) {
            this.owner = owner;
        }

        @Override
        public Thread owner() {
            return owner;
        }
    }

    /** Another thread, which does what it is told. */
    private final class Other {
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        final Resource owned = new Resource(call(Thread::currentThread));

        Other() {
            others.add(this);
        }

        boolean enter(Resource resource) {
            return call(() -> graph.enter(resource));
        }

        void leave() {
            call(() -> {
                graph.leave();
                return true;
            });
        }

        private <T> T call(Callable<T> step) {
            try {
                return executor.submit(step).get(120, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final List<Other> others = new ArrayList<>();

    @AfterEach
    void endOthers() {
        others.forEach(other -> other.executor.shutdownNow());
    }

    /** Another thread that waits for a resource already. */
    private Other waitingFor(Resource resource) {
        var other = new Other();
        assertThat(other.enter(resource)).isTrue();
        return other;
    }

    private static Resource ofCaller() {
        return new Resource(Thread.currentThread());
    }

    @Test
    void enter_ownedByNobody_mayBegin() {
        assertThat(graph.enter(new Resource(null))).isTrue();
    }

    @Test
    void enter_ownedByAThreadThatDoesNotWait_mayBegin() {
        assertThat(graph.enter(new Other().owned)).isTrue();
    }

    @Test
    void enter_ownedByTheCaller_isRefused() {
        assertThat(graph.enter(ofCaller())).isFalse();
    }

    @Test
    void enter_circleOfTwo_isRefused() {
        var other = waitingFor(ofCaller());

        assertThat(graph.enter(other.owned)).isFalse();
    }

    @Test
    void enter_circleOfThree_isRefused() {
        var second = waitingFor(ofCaller());
        var third = waitingFor(second.owned);

        assertThat(graph.enter(third.owned)).isFalse();
    }

    @Test
    void enter_circleOfFifty_isRefused() {
        var last = waitingFor(ofCaller());
        for (int i = 0; i < 48; i++) {
            last = waitingFor(last.owned);
        }

        assertThat(graph.enter(last.owned)).isFalse();
    }

    @Test
    void enter_refusedBefore_mayBeginOnceTheCircleIsBroken() {
        var mine = ofCaller();
        var other = waitingFor(mine);
        assertThat(graph.enter(other.owned)).isFalse();

        mine.owner = null;

        assertThat(graph.enter(other.owned)).isTrue();
    }

    @Test
    void enter_chainThatEndsElsewhere_mayBegin() {
        var free = new Other().owned;
        var second = waitingFor(free);
        var third = waitingFor(second.owned);

        assertThat(graph.enter(third.owned)).isTrue();
    }

    /** A thread that has acquired, but has not said yet that it waits no more, seems to wait for itself. */
    @Test
    void enter_othersSeemToWaitInACircle_endsAndMayBegin() {
        var resource = new Resource(null);
        var other = waitingFor(resource);
        resource.owner = other.owned.owner;

        assertThat(graph.enter(other.owned)).isTrue();
    }

    @Test
    void leave_afterwards_theOwnerMayWaitForTheCaller() {
        var other = new Other();
        assertThat(graph.enter(other.owned)).isTrue();
        assertThat(other.enter(ofCaller())).isFalse();

        graph.leave();

        assertThat(other.enter(ofCaller())).isTrue();
    }

    @Test
    void enter_refused_recordsNothing() {
        var other = waitingFor(ofCaller());
        assertThat(graph.enter(other.owned)).isFalse();

        other.leave();

        assertThat(other.enter(ofCaller())).isTrue();
    }

    /** Who takes locks in one order can never wait for himself: an alarm would be false. */
    @Test
    void lock_manyThreadsInOneOrder_isNeverRefused() {
        var table = table();

        Threads.race(8, thread -> () -> {
            var random = new Random(SEED + thread);
            for (int round = 0; round < 3_000; round++) {
                lockAndHold(table, random.ints(3, 0, 8).distinct().sorted().toArray(), 0);
            }
        });

        assertThat(table.size()).as("seed %d", SEED).isZero();
    }

    /** In any order they do get in each other's way, but none of them for ever. */
    @Test
    void lock_manyThreadsInAnyOrder_allEnd() {
        var table = table();
        var done = new AtomicInteger();
        var refused = new AtomicInteger();

        Threads.race(8, thread -> () -> {
            var random = new Random(SEED + thread);
            for (int round = 0; round < 3_000; round++) {
                try {
                    lockAndHold(table, random.ints(3, 0, 8).distinct().toArray(), 0);
                    done.incrementAndGet();
                } catch (CacheDeadlockException e) {
                    refused.incrementAndGet();
                }
            }
        });

        assertThat(done.get() + refused.get()).as("seed %d", SEED).isEqualTo(24_000);
        assertThat(done.get()).as("seed %d", SEED).isPositive();
        assertThat(table.size()).as("seed %d", SEED).isZero();
    }

    /** Two that are about to close a circle at the same moment: one of them is refused, not both and not none. */
    @Test
    void lock_twoThreadsCrosswise_oneIsRefused() {
        var table = table();
        for (int round = 0; round < 200; round++) {
            var refusals = new CopyOnWriteArrayList<CacheDeadlockException>();
            var holding = new AtomicInteger();

            Threads.race(2, thread -> () -> {
                try (var own = table.lock(thread)) {
                    holding.incrementAndGet();
                    Threads.await("both to hold", () -> holding.get() == 2);
                    try (var other = table.lock(1 - thread)) {
                        assertThat(other.key()).isNotEqualTo(own.key());
                    } catch (CacheDeadlockException e) {
                        refusals.add(e);
                    }
                }
            });

            assertThat(refusals).as("round %d", round).hasSize(1);
            assertThat(refusals.get(0)).hasMessageContaining("a thread that waits for the caller");
        }
    }

    private EntryTable<Integer, String> table() {
        return new EntryTable<>(
                "c",
                new ByReference<>(),
                new ByReference<>(),
                new Limits<>(Limits.NONE, Limits.NONE, null),
                new FakeClock(),
                graph);
    }

    private static void lockAndHold(EntryTable<Integer, String> table, int[] keys, int next) {
        if (next < keys.length) {
            try (var entry = table.lock(keys[next])) {
                Thread.yield(); // lets others come in between
                assertThat(entry.owner()).isSameAs(Thread.currentThread());
                lockAndHold(table, keys, next + 1);
            }
        }
    }
}
