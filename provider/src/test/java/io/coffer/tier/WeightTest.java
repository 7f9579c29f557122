package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import io.coffer.spi.Weigher;
import io.coffer.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bounds by the sum of weights, as the user of a cache sees them. */
class WeightTest {
    private static final long SEED = 20260110;

    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void put_randomWeights_neverHeavierThanTheBound() {
        var random = new Random(SEED);
        var cache = weighed(1_000, (key, value) -> value);
        for (int step = 0; step < 20_000; step++) {
            cache.put(random.nextInt(100), random.nextInt(200));

            assertThat(weightOf(cache)).as("seed %d, step %d", SEED, step).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void put_exactlyTheBound_evictsNothing() {
        var cache = weighed(1_000, (key, value) -> value);

        cache.put(1, 400);
        cache.put(2, 600);

        assertThat(weightOf(cache)).isEqualTo(1_000);
    }

    @Test
    void put_overwritesByAHeavierValue_evictsAnother() {
        var cache = weighed(1_000, (key, value) -> value);
        cache.put(1, 400);
        cache.put(2, 400);

        cache.put(2, 700);

        assertThat(cache.containsKey(1)).isFalse();
        assertThat(cache.get(2)).isEqualTo(700);
    }

    @Test
    void put_overwritesByALighterValue_makesRoom() {
        var cache = weighed(1_000, (key, value) -> value);
        cache.put(1, 900);

        cache.put(1, 100);
        cache.put(2, 900);

        assertThat(weightOf(cache)).isEqualTo(1_000);
    }

    @Test
    void put_entryAsHeavyAsTheBound_isKeptAlone() {
        var cache = weighed(1_000, (key, value) -> value);
        cache.put(1, 10);

        cache.put(2, 1_000);

        assertThat(cache.get(2)).isEqualTo(1_000);
        assertThat(weightOf(cache)).isEqualTo(1_000);
    }

    @Test
    void put_entryHeavierThanTheBound_isNotKept() {
        var cache = weighed(1_000, (key, value) -> value);

        cache.put(1, 1_001);

        assertThat(cache.containsKey(1)).isFalse();
        assertThat(fixture.counts("c")).isEqualTo("0h 0m 1p 0r 1e");
    }

    @Test
    void put_entryHeavierThanTheBoundOverALightOne_leavesNeither() {
        var cache = weighed(1_000, (key, value) -> value);
        cache.put(1, 10);

        cache.put(1, 1_001);

        assertThat(cache.get(1)).isNull();
    }

    @Test
    void put_entryHeavierThanTheBound_leavesTheOthersAlone() {
        var cache = weighed(1_000, (key, value) -> value);
        IntStream.range(0, 100).forEach(key -> cache.put(key, 10));

        cache.put(1_000, 5_000);
        cache.put(1_000, 5_000); // now its key is known as one that was evicted lately

        assertThat(weightOf(cache)).isEqualTo(1_000);
    }

    @Test
    void put_popularEntryBecomesHeavierThanTheBound_leavesTheOthersAlone() {
        var cache = weighed(1_000, (key, value) -> value);
        IntStream.range(0, 100).forEach(key -> {
            cache.put(key, 10);
            cache.get(key);
            cache.get(key);
        });
        cache.put(1_000, 10); // one must go, and the popular ones move to the main queue

        cache.put(50, 5_000);

        assertThat(cache.containsKey(50)).isFalse();
        assertThat(weightOf(cache)).isGreaterThanOrEqualTo(980);
    }

    @Test
    void put_weigherFails_doesNotKeepTheValueAndWarnsOnce() {
        try (var log = new CapturedLog()) {
            var cache = weighed(1_000, (key, value) -> {
                if (value < 0) {
                    throw new IllegalStateException("no scales for " + value);
                }
                return value;
            });
            IntStream.range(0, 10).forEach(key -> cache.put(key, 100));

            cache.put(-1, -1);
            cache.put(-2, -2);

            assertThat(cache.containsKey(-1)).isFalse();
            assertThat(cache.containsKey(-2)).isFalse();
            assertThat(weightOf(cache)).isEqualTo(1_000);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("Cache \"c\": Weigher " + getClass().getName());
        }
    }

    @Test
    void put_weigherFailsWithAnError_keepsNothingThatIsNotOnTheBooks() {
        try (var log = new CapturedLog()) {
            var cache = weighed(1_000, (key, value) -> {
                throw new StackOverflowError("no scales");
            });

            IntStream.range(0, 10).forEach(key -> cache.put(key, key));

            assertThat(cache).isEmpty();
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void put_negativeWeight_countsAsZero() {
        var cache = weighed(100, (key, value) -> value);

        cache.put(1, -1_000);
        IntStream.range(2, 30).forEach(key -> cache.put(key, 50));

        assertThat(weightOf(cache)).isLessThanOrEqualTo(100);
        assertThat(keysOf(cache).stream().filter(key -> key > 1).count()).isEqualTo(2);
    }

    @Test
    void put_enormousWeights_neverOverflowTheSum() {
        var cache = weighed(Long.MAX_VALUE / 2, (key, value) -> Long.MAX_VALUE / 2 - value);

        IntStream.range(0, 20).forEach(key -> cache.put(key, 1));

        assertThat(keysOf(cache)).hasSize(1);
    }

    @Test
    void put_weigher_isAskedOnceForEachValue() {
        var asked = new ArrayList<String>();
        var cache = weighed(100, (key, value) -> {
            asked.add(key + "=" + value);
            return value;
        });

        cache.put(1, 10);
        cache.put(1, 20);
        cache.get(1);
        cache.replace(2, 30);

        assertThat(asked).containsExactly("1=10", "1=20");
    }

    @Test
    void put_bothBounds_holdsTheTighterOne() {
        var cache = fixture.create(
                "c",
                CacheFixture.<Integer, Integer>configuration()
                        .setMaxEntries(3)
                        .setMaxBytes(100)
                        .setWeigher((key, value) -> value));

        IntStream.range(0, 10).forEach(key -> cache.put(key, 1));
        assertThat(keysOf(cache)).hasSize(3);

        IntStream.range(10, 20).forEach(key -> cache.put(key, 60));
        assertThat(keysOf(cache)).hasSize(1);
    }

    @Test
    void put_maxBytesWithoutWeigher_boundsTheEncodedSize() {
        var cache = fixture.create(
                "c", CacheFixture.<Integer, byte[]>configuration().setMaxBytes(100_000));

        IntStream.range(0, 1_000).forEach(key -> cache.put(key, new byte[10_000]));

        assertThat(cache).hasSize(9);
    }

    @Test
    void put_keyOrValueCannotBeSized_isRefusedBeforeAnythingHasChanged() {
        var cache = fixture.create(
                "c", CacheFixture.<Integer, Object>configuration().setMaxBytes(100_000));
        cache.put(1, "old");

        assertThatThrownBy(() -> cache.put(1, new Object())).isInstanceOf(CacheException.class);

        assertThat(cache.get(1)).isEqualTo("old");
    }

    private Cache<Integer, Integer> weighed(long maxBytes, Weigher<Integer, Integer> weigher) {
        return fixture.create(
                "c",
                CacheFixture.<Integer, Integer>configuration()
                        .setMaxBytes(maxBytes)
                        .setWeigher(weigher));
    }

    private static long weightOf(Cache<Integer, Integer> cache) {
        return StreamSupport.stream(cache.spliterator(), false)
                .mapToLong(Cache.Entry::getValue)
                .filter(weight -> weight > 0)
                .sum();
    }

    private static List<Integer> keysOf(Cache<Integer, Integer> cache) {
        return StreamSupport.stream(cache.spliterator(), false)
                .map(Cache.Entry::getKey)
                .toList();
    }
}
