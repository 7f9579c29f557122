package io.coffer.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.Threads;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The counters and mean times, as JMX shows them. */
class StatisticsTest {
    private static final long SEED = 20260114;
    private static final int THREADS = 8;
    private static final int STEPS = 20_000;

    private final CacheFixture fixture = new CacheFixture();
    private final Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());

    @AfterEach
    void close() {
        fixture.close();
    }

    private float mean(String operation) {
        return fixture.statistic("c", "Average" + operation + "Time").floatValue();
    }

    @Test
    void counters_manyThreads_areExact() {
        var hits = new LongAdder();
        var misses = new LongAdder();
        var puts = new LongAdder();
        var removals = new LongAdder();

        Threads.race(THREADS, thread -> () -> {
            var random = new Random(SEED + thread);
            for (int step = 0; step < STEPS; step++) {
                int key = random.nextInt(100);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        cache.put(key, step);
                        puts.increment();
                    }
                    case 1 -> {
                        if (cache.remove(key)) {
                            removals.increment();
                        }
                    }
                    case 2 -> {
                        boolean isPut = cache.putIfAbsent(key, step);
                        (isPut ? misses : hits).increment();
                        puts.add(isPut ? 1 : 0);
                    }
                    default -> (cache.get(key) == null ? misses : hits).increment();
                }
            }
        });

        for (var expected : Map.of(
                        "CacheHits", hits.sum(),
                        "CacheMisses", misses.sum(),
                        "CacheGets", hits.sum() + misses.sum(),
                        "CachePuts", puts.sum(),
                        "CacheRemovals", removals.sum(),
                        "CacheEvictions", 0L)
                .entrySet()) {
            assertThat(fixture.statistic("c", expected.getKey()))
                    .as("seed %d: %s", SEED, expected.getKey())
                    .isEqualTo(expected.getValue());
        }
    }

    @Test
    void counters_afterEachOperation_areThereAtOnce() {
        for (int i = 1; i <= 100; i++) {
            cache.put(i, i);
            assertThat(fixture.statistic("c", "CachePuts")).isEqualTo((long) i);
        }
    }

    @Test
    void percentages_beforeTheFirstLookup_areZero() {
        assertThat(fixture.statistic("c", "CacheHitPercentage")).isEqualTo(0f);
        assertThat(fixture.statistic("c", "CacheMissPercentage")).isEqualTo(0f);
    }

    @Test
    void percentages_threeHitsInFour_areSeventyFiveAndTwentyFive() {
        cache.put(1, 1);
        cache.getAll(Set.of(1));
        cache.get(1);
        cache.get(1);
        cache.get(2);

        assertThat(fixture.statistic("c", "CacheHitPercentage")).isEqualTo(75f);
        assertThat(fixture.statistic("c", "CacheMissPercentage")).isEqualTo(25f);
    }

    @Test
    void meanTimes_beforeAnything_areZero() {
        assertThat(mean("Get")).isZero();
        assertThat(mean("Put")).isZero();
        assertThat(mean("Remove")).isZero();
    }

    /** One in sixty-four is timed, so ten thousand of a kind leave no doubt; none takes a second. */
    @Test
    void meanTimes_afterManyOperations_areMicroseconds() {
        for (int i = 0; i < 10_000; i++) {
            cache.put(i, i);
            cache.get(i);
            cache.remove(i);
        }

        assertThat(mean("Get")).isGreaterThan(0).isLessThan(1_000_000);
        assertThat(mean("Put")).isGreaterThan(0).isLessThan(1_000_000);
        assertThat(mean("Remove")).isGreaterThan(0).isLessThan(1_000_000);
    }

    @Test
    void meanTimes_onlyPuts_leaveTheOthersAtZero() {
        for (int i = 0; i < 10_000; i++) {
            cache.put(i, i);
        }

        assertThat(mean("Put")).isGreaterThan(0);
        assertThat(mean("Get")).isZero();
        assertThat(mean("Remove")).isZero();
    }

    @Test
    void putAllAndRemoveAll_countEachEntry() {
        cache.putAll(Map.of(1, 1, 2, 2, 3, 3));
        cache.removeAll(Set.of(1, 2, 9));
        cache.removeAll();

        assertThat(fixture.counts("c")).isEqualTo("0h 0m 3p 3r 0e");
    }

    @Test
    void clear_cache_countsNothing() {
        cache.put(1, 1);

        cache.clear();

        assertThat(fixture.counts("c")).isEqualTo("0h 0m 1p 0r 0e");
    }

    @Test
    void enableStatistics_offAndOn_goesOnWhereItWas() {
        cache.put(1, 1);
        cache.get(1);

        fixture.manager().enableStatistics("c", false);
        cache.put(2, 2);
        cache.get(1);
        cache.remove(2);
        fixture.manager().enableStatistics("c", true);

        assertThat(fixture.counts("c")).isEqualTo("1h 0m 1p 0r 0e");
        cache.get(1);
        assertThat(fixture.counts("c")).isEqualTo("2h 0m 1p 0r 0e");
    }

    @Test
    void enableStatistics_ofACacheMadeWithout_countsFromThenOn() {
        var quiet = fixture.create("quiet", new MutableConfiguration<Integer, Integer>());
        quiet.put(1, 1);

        fixture.manager().enableStatistics("quiet", true);
        quiet.put(2, 2);

        assertThat(fixture.counts("quiet")).isEqualTo("0h 0m 1p 0r 0e");
    }
}
