package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what stays is what will be asked for, in comparison with a cache that evicts what was least recently used. */
class HitRatioTest {
    private static final int REQUESTS = 100_000;

    /** The measure: least recently used goes first. */
    private static final class LruCache extends LinkedHashMap<Integer, Integer> {
        private static final long serialVersionUID = 1L;
        private final int maxEntries;

        LruCache(int maxEntries) {
            super(16, 0.75f, true);
            this.maxEntries = maxEntries;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > maxEntries;
        }
    }

    /** Keys as often as 1/rank to the power of 0.99, as in the YCSB benchmarks. */
    private static final class Zipf {
        private final double[] cumulated;
        private final Random random;

        Zipf(int keys, Random random) {
            this.random = random;
            this.cumulated = new double[keys];
            double sum = 0;
            for (int rank = 1; rank <= keys; rank++) {
                sum += 1 / Math.pow(rank, 0.99);
                cumulated[rank - 1] = sum;
            }
        }

        int next() {
            double point = random.nextDouble() * cumulated[cumulated.length - 1];
            int found = Arrays.binarySearch(cumulated, point);
            return found < 0 ? -found - 1 : found;
        }
    }

    @Test
    void scan_tenTimesTheCapacity_leavesTheWorkingSetAlone() {
        try (var fixture = new CacheFixture()) {
            var cache = bounded(fixture, 1_000);
            var lru = new LruCache(1_000);
            var workingSet = IntStream.range(0, 500).toArray();
            for (int access = 0; access < 3; access++) {
                for (int key : workingSet) {
                    request(cache, key);
                    request(lru, key);
                }
            }

            for (int key = 1_000_000; key < 1_010_000; key++) {
                request(cache, key);
                request(lru, key);
            }

            assertThat(Arrays.stream(workingSet).filter(lru::containsKey)).isEmpty();
            assertThat(Arrays.stream(workingSet).filter(cache::containsKey)).hasSize(500);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 500", "3, 2000", "4, 5000"})
    void requests_zipf_hitAtLeastAsOftenAsLru(long seed, int capacity) {
        var zipf = new Zipf(20_000, new Random(seed));

        compare(seed, capacity, zipf::next, 1.0);
    }

    /** One request in three goes to a key that comes never again. */
    @ParameterizedTest
    @CsvSource({"5, 100", "6, 500", "7, 2000", "8, 5000"})
    void requests_zipfAndScan_hitMoreOftenThanLru(long seed, int capacity) {
        var random = new Random(seed);
        var zipf = new Zipf(20_000, random);
        var scan = IntStream.iterate(1_000_000, key -> key + 1).iterator();

        compare(seed, capacity, () -> random.nextInt(3) == 0 ? scan.nextInt() : zipf.next(), 1.02);
    }

    /** The keys that are asked for often become others: the policy must forget. */
    @ParameterizedTest
    @CsvSource({"9, 500", "10, 2000"})
    void requests_zipfWhoseKeysChange_hitNearlyAsOftenAsLru(long seed, int capacity) {
        var zipf = new Zipf(20_000, new Random(seed));
        var requests = IntStream.iterate(0, i -> i + 1).iterator();

        compare(seed, capacity, () -> zipf.next() + requests.nextInt() / 25_000 * 1_000_000, 0.95);
    }

    private static void compare(long seed, int capacity, IntSupplier keys, double factor) {
        try (var fixture = new CacheFixture()) {
            var cache = bounded(fixture, capacity);
            var lru = new LruCache(capacity);
            int hits = 0;
            int hitsOfLru = 0;
            for (int i = 0; i < REQUESTS; i++) {
                int key = keys.getAsInt();
                hits += request(cache, key) ? 1 : 0;
                hitsOfLru += request(lru, key) ? 1 : 0;
            }

            assertThat((double) hits)
                    .as("seed %d, capacity %d: %d hits, LRU %d", seed, capacity, hits, hitsOfLru)
                    .isGreaterThanOrEqualTo(hitsOfLru * factor);
        }
    }

    private static Cache<Integer, Integer> bounded(CacheFixture fixture, int capacity) {
        return fixture.create(
                "c", CacheFixture.<Integer, Integer>configuration().setMaxEntries(capacity));
    }

    private static boolean request(Cache<Integer, Integer> cache, int key) {
        boolean isHit = cache.get(key) != null;
        if (!isHit) {
            cache.put(key, key);
        }
        return isHit;
    }

    private static boolean request(LruCache lru, int key) {
        return lru.get(key) != null || lru.put(key, key) != null;
    }
}
