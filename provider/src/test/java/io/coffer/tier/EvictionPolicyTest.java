package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.jcache.CacheFixture;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bounds by the number of entries, as the user of a cache sees them. */
class EvictionPolicyTest {
    private static final long SEED = 20260109;

    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void put_anyNumberOfEntries_neverMoreThanTheBound() {
        var cache = bounded(100);

        for (int i = 0; i < 1_000; i++) {
            cache.put(i, i);

            assertThat(sizeOf(cache)).as("after put %d", i).isEqualTo(Math.min(i + 1, 100));
        }
    }

    @Test
    void anyOperation_random_neverLeavesMoreThanTheBound() {
        var random = new Random(SEED);
        var cache = bounded(20);
        for (int step = 0; step < 20_000; step++) {
            int key = random.nextInt(60);
            switch (random.nextInt(8)) {
                case 0 -> cache.remove(key);
                case 1 -> cache.get(key);
                case 2 -> cache.putIfAbsent(key, step);
                case 3 -> cache.replace(key, step);
                case 4 -> cache.getAndRemove(key);
                case 5 ->
                    cache.invoke(key, (entry, arguments) -> {
                        entry.setValue(entry.exists() ? entry.getValue() + 1 : 0);
                        return null;
                    });
                default -> cache.put(key, step);
            }
            assertThat(sizeOf(cache)).as("seed %d, step %d", SEED, step).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void put_boundOfOne_keepsTheLastOne() {
        var cache = bounded(1);

        cache.put(1, 1);
        cache.put(2, 2);

        assertThat(sizeOf(cache)).isEqualTo(1);
        assertThat(cache.get(2)).isEqualTo(2);
    }

    @Test
    void put_boundOfOneAndKeyComesBack_keepsTheLastOne() {
        var cache = bounded(1);
        cache.put(1, 1);
        cache.put(2, 2);

        cache.put(1, 3); // its ghost is known, so it enters the main queue

        assertThat(cache.get(1)).isEqualTo(3);
        assertThat(sizeOf(cache)).isEqualTo(1);
    }

    @Test
    void put_mainQueueIsFull_newEntryOutlivesItsPut() {
        for (int bound : new int[] {1, 2, 5, 10, 18, 19, 100}) {
            var cache = bounded("bound-" + bound, bound);
            for (int key = 0; key < bound; key++) {
                putAndReadTwice(cache, key);
            }
            for (int key = 1_000; key < 1_100; key++) {
                cache.put(key, key);

                assertThat(cache.containsKey(key))
                        .as("bound %d, key %d", bound, key)
                        .isTrue();
            }
        }
    }

    @Test
    void remove_entryOfAFullCache_makesRoomForOne() {
        var cache = bounded(3);
        IntStream.range(0, 3).forEach(key -> cache.put(key, key));

        cache.remove(1);
        cache.put(9, 9);

        assertThat(sizeOf(cache)).isEqualTo(3);
        assertThat(fixture.statistic("c", "CacheEvictions")).isEqualTo(0L);
    }

    @Test
    void clear_fullCache_makesRoomForAll() {
        var cache = bounded(3);
        IntStream.range(0, 3).forEach(key -> cache.put(key, key));

        cache.clear();
        IntStream.range(10, 13).forEach(key -> cache.put(key, key));

        assertThat(sizeOf(cache)).isEqualTo(3);
        assertThat(fixture.statistic("c", "CacheEvictions")).isEqualTo(0L);
    }

    @Test
    void put_moreThanTheBound_countsEachEviction() {
        var cache = bounded(10);

        IntStream.range(0, 25).forEach(key -> cache.put(key, key));

        assertThat(fixture.counts("c")).isEqualTo("0h 0m 25p 0r 15e");
    }

    @Test
    void put_evictsAnother_tellsNoListener() {
        var cache = bounded(1);
        var listener = CacheFixture.listen(cache);

        cache.put(1, 1);
        cache.put(2, 2);
        cache.put(1, 3);

        assertThat(listener.drain()).containsExactly("CREATED 1: 1", "CREATED 2: 2", "CREATED 1: 3");
    }

    @Test
    void put_victimHasExpired_isAnnouncedAndNotCountedAsEviction() {
        var cache = fixture.create(
                "c",
                CacheFixture.<Integer, Integer>configuration()
                        .setMaxEntries(1)
                        .setExpiryPolicyFactory(
                                CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10))));
        var listener = CacheFixture.listen(cache);
        cache.put(1, 1);
        fixture.clock().advance(Duration.ofSeconds(10));

        cache.put(2, 2);

        assertThat(fixture.statistic("c", "CacheEvictions")).isEqualTo(0L);
        // Events of one key come in order, so this put brings out what was told in the background.
        cache.put(1, 3);
        assertThat(listener.drain())
                .containsExactlyInAnyOrder("CREATED 1: 1", "CREATED 2: 2", "EXPIRED 1: 1", "CREATED 1: 3");
    }

    @Test
    void invoke_otherPutsMeanwhile_doNotEvictTheEntryInUse() {
        var cache = bounded(5);
        cache.put(0, 0);

        var seen = cache.invoke(0, (entry, arguments) -> {
            for (int key = 1; key <= 50; key++) {
                cache.put(key, key);
            }
            entry.setValue(entry.getValue() + 1);
            return cache.containsKey(0);
        });

        assertThat(seen).isTrue();
        assertThat(sizeOf(cache)).isEqualTo(5);
    }

    /** Processors that run inside each other hold more entries than there may be. */
    @Test
    void invoke_moreEntriesInUseThanTheBound_reachesItOnceTheyEnd() {
        var cache = bounded(3);

        invokeNested(cache, 40);

        assertThat(sizeOf(cache)).isEqualTo(3);
    }

    private static void invokeNested(Cache<Integer, Integer> cache, int depth) {
        cache.invoke(depth, (entry, arguments) -> {
            entry.setValue(depth);
            if (depth > 0) {
                invokeNested(cache, depth - 1);
            }
            return null;
        });
    }

    @Test
    void get_unboundedCache_evictsNothing() {
        var cache = fixture.create("c", CacheFixture.<Integer, Integer>configuration());

        IntStream.range(0, 50_000).forEach(key -> cache.put(key, key));

        assertThat(sizeOf(cache)).isEqualTo(50_000);
        assertThat(fixture.statistic("c", "CacheEvictions")).isEqualTo(0L);
    }

    private Cache<Integer, Integer> bounded(int maxEntries) {
        return bounded("c", maxEntries);
    }

    private Cache<Integer, Integer> bounded(String name, int maxEntries) {
        CofferConfiguration<Integer, Integer> configuration = CacheFixture.configuration();
        return fixture.create(name, configuration.setMaxEntries(maxEntries));
    }

    private static void putAndReadTwice(Cache<Integer, Integer> cache, int key) {
        cache.put(key, key);
        cache.get(key);
        cache.get(key);
    }

    private static int sizeOf(Cache<?, ?> cache) {
        int size = 0;
        for (var ignored : cache) {
            size++;
        }
        return size;
    }
}
