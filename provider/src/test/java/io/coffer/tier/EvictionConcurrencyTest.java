package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.lock.WaitGraph;
import io.coffer.testing.FakeClock;
import io.coffer.testing.Threads;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class EvictionConcurrencyTest {
    private static final long SEED = 20260111;
    private static final int THREADS = 8;
    private static final int STEPS = 20_000;

    @Test
    void operations_manyThreads_holdTheBoundInTheEnd() {
        try (var fixture = new CacheFixture()) {
            var cache = fixture.create(
                    "c",
                    CacheFixture.<Integer, Integer>configuration()
                            .setMaxBytes(1_000)
                            .setWeigher((key, value) -> value));

            Threads.race(THREADS, thread -> () -> {
                var random = new Random(SEED + thread);
                for (int step = 0; step < STEPS; step++) {
                    int key = random.nextInt(500);
                    switch (random.nextInt(6)) {
                        case 0 -> cache.remove(key);
                        case 1, 2 -> cache.get(key);
                        case 3 ->
                            cache.invoke(key, (entry, arguments) -> {
                                entry.setValue(1 + random.nextInt(20));
                                return null;
                            });
                        default -> cache.put(key, 1 + random.nextInt(20));
                    }
                }
            });

            long weight = StreamSupport.stream(cache.spliterator(), false)
                    .mapToLong(entry -> entry.getValue())
                    .sum();
            assertThat(weight).as("seed %d", SEED).isLessThanOrEqualTo(1_000);

            // If the books say more or less than there is, this is evicted too early or too late.
            cache.removeAll();
            var evictionsBefore = fixture.statistic("c", "CacheEvictions").longValue();
            IntStream.range(0, 1_000).forEach(key -> cache.put(key, 1));
            assertThat(fixture.statistic("c", "CacheEvictions").longValue()).isEqualTo(evictionsBefore);
            cache.put(1_000, 1);
            assertThat(fixture.statistic("c", "CacheEvictions").longValue()).isEqualTo(evictionsBefore + 1);
        }
    }

    @Test
    void removeAll_afterManyThreads_leavesTheBooksAtZero() {
        var table = new EntryTable<Integer, Integer>(
                "c",
                new ByReference<>(),
                new ByReference<>(),
                new Limits<>(200, 1_000, (key, value) -> value),
                new FakeClock(),
                new WaitGraph());

        Threads.race(THREADS, thread -> () -> {
            var random = new Random(SEED + thread);
            for (int step = 0; step < STEPS; step++) {
                try (var entry = table.lock(random.nextInt(500))) {
                    entry.hit();
                    entry.set(entry.current(), random.nextInt(4) == 0 ? null : value(random));
                }
                makeRoom(table);
            }
        });
        assertThat(table.isOverfull()).as("seed %d", SEED).isFalse();
        assertThat(sum(table, "entries")).as("seed %d", SEED).isEqualTo(table.size());

        table.iterator().forEachRemaining(any -> {
            try (var entry = table.lock(any.key())) {
                entry.set(entry.current(), null);
            }
        });

        assertThat(table.size()).isZero();
        for (var name : new String[] {"entries", "weight", "smallWeight"}) {
            assertThat(sum(table, name)).as("seed %d: %s", SEED, name).isZero();
        }
    }

    /** The weigher runs between the entry's new value and its place on the books: that is when the victim comes back. */
    @Test
    void keep_victimExpiredAndWasWrittenMeanwhile_standsOnTheBooksOnce() {
        var meanwhile = new AtomicReference<Runnable>(() -> {});
        var table = new EntryTable<Integer, Integer>(
                "c",
                new ByReference<>(),
                new ByReference<>(),
                new Limits<>(1, 1_000, (key, value) -> {
                    meanwhile.get().run();
                    return 1;
                }),
                new FakeClock(),
                new WaitGraph());
        put(table, 1);
        put(table, 2);
        var victim = table.victim();

        try (var entry = table.lock(victim.key())) {
            entry.set(entry.current(), null);
            meanwhile.set(() -> table.keep(victim));
            entry.set(null, new SharedValue<>(1, Expirable.ETERNAL));
        }
        meanwhile.set(() -> {});

        assertThat(sum(table, "entries")).isEqualTo(2);
        makeRoom(table);
        assertThat(table.size()).isEqualTo(1);
        assertThat(sum(table, "entries")).isEqualTo(1);
    }

    private static void put(EntryTable<Integer, Integer> table, int key) {
        try (var entry = table.lock(key)) {
            entry.set(entry.current(), new SharedValue<>(1, Expirable.ETERNAL));
        }
    }

    /** Now and then one that is too heavy, or weighs nothing. */
    private static Expirable<Integer> value(Random random) {
        int weight = random.nextInt(20);
        return new SharedValue<>(weight == 19 ? 2_000 : weight, Expirable.ETERNAL);
    }

    /** As the runner does it. */
    private static void makeRoom(EntryTable<Integer, Integer> table) {
        for (int attempts = 16; attempts > 0 && table.isOverfull(); ) {
            var victim = table.victim();
            if (victim == null) {
                return;
            }
            if (table.tryLock(victim)) {
                try (victim) {
                    victim.set(victim.current(), null);
                }
            } else {
                table.keep(victim);
                attempts--;
            }
        }
    }

    /** The sums are nobody's business but the policy's, so this looks at its fields. */
    private static long sum(EntryTable<?, ?> table, String name) {
        try {
            var field = EvictionPolicy.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.getLong(table.bound());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("EvictionPolicy has no sum " + name, e);
        }
    }
}
