package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingLoader;
import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hit leaves no garbage. Bytes are counted, not time: the same run gives the same number on any machine. */
class HotPathTest {
    private static final int GETS = 1_000_000;
    private static final int KEYS = 64;

    /** What a whole run may allocate beside its gets, divided by them: the measurement itself, a late step of the JIT. */
    private static final double BYTES_MAX = 0.5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            BY VALUE, BOUNDED, STATISTICS
            false,    false,   false
            false,    false,   true
            false,    true,    false
            false,    true,    true
            true,     false,   false
            true,     false,   true
            true,     true,    false
            true,     true,    true
            """)
    void get_hit_allocatesNothing(boolean byValue, boolean bounded, boolean statistics) {
        assumeTrue(bounded || !CacheFixture.isStored(), "a fixture with a store has hardly any memory unless told");
        try (var fixture = new CacheFixture()) {
            Cache<String, String> cache = fixture.create(
                    "c",
                    CacheFixture.<String, String>configuration()
                            .setStoreByValue(byValue)
                            .setMaxEntries(bounded ? 2 * KEYS : 0)
                            .setStatisticsEnabled(statistics));
            var keys = new String[KEYS];
            for (int i = 0; i < KEYS; i++) {
                keys[i] = "key-" + i;
                cache.put(keys[i], "value-" + i);
            }
            bytesOf(cache, keys); // warms up

            assertThat(bytesOf(cache, keys) / (double) GETS).as("bytes a get").isLessThan(BYTES_MAX);
        }
    }

    /** All that is beyond the standard and far from having anything to do. */
    @Test
    void get_hitBeyondTheStandard_allocatesNothing() {
        try (var fixture = new CacheFixture()) {
            var loader = new RecordingLoader().with("key", "value");
            Cache<String, String> cache = fixture.reading(
                    CacheFixture.<String, String>configuration()
                            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY))
                            .setExpiryJitter(0.1)
                            .setRefreshAhead(java.time.Duration.ofSeconds(1))
                            .setStaleIfError(java.time.Duration.ofSeconds(1))
                            .setNegativeCaching(java.time.Duration.ofSeconds(1)),
                    loader);
            var keys = new String[] {"key"};
            bytesOf(cache, keys); // loads and warms up

            assertThat(bytesOf(cache, keys) / (double) GETS).as("bytes a get").isLessThan(BYTES_MAX);
        }
    }

    /** The measurement sees what there is to see: an array of bytes stored by value is cloned for each caller. */
    @ParameterizedTest
    @CsvSource({"false, 0, 0.5", "true, 100, 200"})
    void get_hitOnAnArray_allocatesACopyOnlyByValue(boolean byValue, double atLeast, double atMost) {
        try (var fixture = new CacheFixture()) {
            Cache<String, byte[]> cache = fixture.create(
                    "c", CacheFixture.<String, byte[]>configuration().setStoreByValue(byValue));
            cache.put("key", new byte[100]);
            var keys = new String[] {"key"};
            bytesOf(cache, keys);

            assertThat(bytesOf(cache, keys) / (double) GETS).as("bytes a get").isBetween(atLeast, atMost);
        }
    }

    /** Returns what this thread allocates in a million hits. */
    private static <V> long bytesOf(Cache<String, V> cache, String[] keys) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        int misses = 0;
        for (int i = 0; i < GETS; i++) {
            if (cache.get(keys[i % keys.length]) == null) {
                misses++;
            }
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(misses).isZero();
        return bytes;
    }
}
