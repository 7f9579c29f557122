package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.lock.WaitGraph;
import io.coffer.testing.FakeClock;
import io.coffer.testing.MemoryOnly;
import io.coffer.tier.ByReference;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Limits;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;

/** Entries that come and go while many threads are at them: none is seen too late, none is lost, none is left behind. */
class EntryChurnTest {
    private static final int TIMES = ConcurrentRounds.ROUNDS * 10;
    private static final long LIVE_MILLIS = 2_000;

    /** Each value is its own deadline, and only the writer moves the clock, so every reader knows if it may see a value. */
    @Test
    void get_whileValuesExpireAndAreReplaced_neverReturnsAnExpiredOne() {
        try (var fixture = new CacheFixture()) {
            var clock = fixture.clock();
            var policy = new ExpiryDuringUpdate(() -> clock.advance(Duration.ofMillis(LIVE_MILLIS)));
            Cache<String, Long> cache = fixture.create(
                    "c", CacheFixture.<String, Long>configuration().setExpiryPolicyFactory(() -> policy));
            var seen = new LongAdder();
            Runnable reader = () -> {
                long before = clock.millis();
                var deadline = cache.get("k");
                if (deadline != null) {
                    assertThat(deadline).isGreaterThan(before);
                    seen.increment();
                }
            };

            new Crowd()
                    .repeat(1, 4 * TIMES, writer -> {
                        cache.put("k", clock.millis() + LIVE_MILLIS);
                        Turbulence.pass();
                        cache.put("k", clock.millis() + 2 * LIVE_MILLIS); // the clock is moved on in the midst of it
                        Turbulence.pass();
                        clock.advance(Duration.ofMillis(LIVE_MILLIS));
                    })
                    .andUntil(() -> seen.sum() > 0)
                    .meanwhile(reader)
                    .meanwhile(reader)
                    .meanwhile(fixture.sweeper()::sweep)
                    .run();

            assertThat(seen.sum()).as("reads that were hits").isPositive();
        }
    }

    /** Plain counters, each changed under the lock of its key only: they are right if the lock excludes and no entry is lost. */
    @Test
    void lock_putAndRemoveByManyThreads_leavesAnEmptyTable() {
        int threads = 8;
        int keys = 4;
        var table = new EntryTable<Integer, Integer>(
                "c",
                new ByReference<>(),
                new ByReference<>(),
                new Limits<>(Limits.NONE, Limits.NONE, null),
                new FakeClock(),
                new WaitGraph());
        var changes = new int[keys];
        var wasPresent = new boolean[keys];

        new Crowd()
                .repeat(threads, TIMES, thread -> {
                    int key = ThreadLocalRandom.current().nextInt(keys);
                    try (var entry = table.lock(key)) {
                        var before = entry.current();
                        assertThat(before != null)
                                .as("key %s is as it was left", key)
                                .isEqualTo(wasPresent[key]);
                        Turbulence.pass();
                        entry.set(before, before == null ? table.take(key) : null);
                        changes[key]++;
                        wasPresent[key] = before == null;
                    }
                })
                .run();

        int sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += changes[key];
            try (var entry = table.lock(key)) {
                assertThat(entry.current() != null).isEqualTo(changes[key] % 2 == 1);
                entry.set(entry.current(), null);
            }
        }
        assertThat(sum).isEqualTo(threads * TIMES);
        assertThat(table.size()).isZero();
    }

    /** What was created ends once, and only once: removed or expired. A lost timer would leave one that never ends. */
    @Test
    @MemoryOnly("what expires on disk is announced only when somebody meets it")
    void sweep_duringPutsAndRemovals_everyEntryEndsOnce() {
        try (var fixture = new CacheFixture()) {
            var time = new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, LIVE_MILLIS);
            Cache<String, Integer> cache = fixture.create(
                    "c",
                    CacheFixture.<String, Integer>configuration()
                            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(time))
                            .setWriteThrough(true)
                            .setCacheWriterFactory(() -> new InterruptedWriter(Thread::yield)));
            var balance = new Balance();
            cache.registerCacheEntryListener(
                    new MutableCacheEntryListenerConfiguration<>(() -> balance, null, false, true));
            Runnable aWhile = () -> {
                fixture.clock().advance(Duration.ofMillis(LIVE_MILLIS / 2));
                fixture.sweeper().sweep();
            };
            var calls = new AtomicInteger();

            new Crowd()
                    .repeat(4, TIMES / 4, thread -> {
                        var key = "k" + calls.getAndIncrement() / 32; // busy for a while, then never touched again
                        if (ThreadLocalRandom.current().nextInt(4) == 0) {
                            cache.remove(key);
                        } else {
                            cache.put(key, thread);
                        }
                    })
                    .meanwhile(aWhile)
                    .run();
            for (int i = 0; i < 5; i++) {
                aWhile.run(); // more than an entry lives
            }

            Eventually.is(balance.ended::sum, balance.created.sum());
            assertThat(balance.expired.sum()).as("expired by a sweep").isPositive();
        }
    }

    /** Lets time pass in the midst of an update. */
    private record ExpiryDuringUpdate(Runnable passing) implements ExpiryPolicy {
        private static final javax.cache.expiry.Duration TIME =
                new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, LIVE_MILLIS);

        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            return TIME;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            passing.run();
            return TIME;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForAccess() {
            return null;
        }
    }

    /** Counts how entries begin and end. */
    private static final class Balance
            implements CacheEntryCreatedListener<String, Integer>,
                    CacheEntryRemovedListener<String, Integer>,
                    CacheEntryExpiredListener<String, Integer> {
        private final LongAdder created = new LongAdder();
        private final LongAdder expired = new LongAdder();
        private final LongAdder ended = new LongAdder();

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            events.forEach(event -> created.increment());
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            events.forEach(event -> ended.increment());
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            events.forEach(event -> {
                expired.increment();
                ended.increment();
            });
        }
    }
}
