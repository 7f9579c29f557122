package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.CompatibilityTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bucket4j keeps the state of a bucket as a byte array and changes it by an entry processor, which must be atomic. */
final class Bucket4jTest {
    private static final int THREADS = 8;
    private static final int CAPACITY = 1000;
    /** Enough for one thread alone: whoever takes one token at a time stops only when none is left. */
    private static final int ATTEMPTS_OF_EACH = CAPACITY;
    /** No token comes back while a test runs. */
    private static final Duration FOREVER = Duration.ofDays(1000);

    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    /** Bucket4j's own test whether a provider will do: 4000 increments by 4 threads, none of which may be lost. */
    @Test
    void compatibilityTest_ofBucket4j_passes() {
        var compatibility = new CompatibilityTest(caches.create("compatibility"));

        assertThatCode(compatibility::test).doesNotThrowAnyException();
    }

    @Test
    void tryConsume_eightThreadsOnOneBucket_exactlyTheCapacitySucceeds() {
        var bucket = bucket(buckets(), "user");

        long consumed = Threads.sum(THREADS, thread -> successes(bucket, 1));

        assertThat(consumed).isEqualTo(CAPACITY);
        assertThat(bucket.getAvailableTokens()).isZero();
    }

    /** Each thread has proxies of its own, as each request of a web application has. */
    @Test
    void tryConsume_eightThreadsWithTheirOwnManagers_exactlyTheCapacitySucceeds() {
        Cache<String, byte[]> cache = caches.create("buckets");

        long consumed = Threads.sum(
                THREADS,
                thread -> successes(
                        bucket(Bucket4jJCache.entryProcessorBasedBuilder(cache).build(), "user"), 1));

        assertThat(consumed).isEqualTo(CAPACITY);
    }

    @Test
    void tryConsume_threadsThatTakeDifferentAmounts_neverMoreThanTheCapacity() {
        var bucket = bucket(buckets(), "user");

        long consumed = Threads.sum(THREADS, thread -> successes(bucket, thread + 1) * (thread + 1));

        // The last thread takes 8 at once; the first takes 1, and goes on until nothing is left.
        assertThat(consumed).isEqualTo(CAPACITY);
    }

    @Test
    void tryConsume_twoBuckets_areIndependent() {
        var buckets = buckets();
        var one = bucket(buckets, "one");
        var other = bucket(buckets, "other");

        assertThat(one.tryConsume(CAPACITY)).isTrue();

        assertThat(one.getAvailableTokens()).isZero();
        assertThat(other.getAvailableTokens()).isEqualTo(CAPACITY);
    }

    @Test
    void tryConsume_timeGoesOn_refills() {
        var now = new AtomicLong();
        var buckets = Bucket4jJCache.entryProcessorBasedBuilder(caches.<String, byte[]>create("buckets"))
                .clientClock(new ManualMeter(now))
                .build();
        var bucket = buckets.getProxy(
                "user",
                () -> BucketConfiguration.builder()
                        .addLimit(limit -> limit.capacity(10).refillGreedy(10, Duration.ofSeconds(10)))
                        .build());
        bucket.tryConsume(10);

        now.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(bucket.getAvailableTokens()).isEqualTo(3);
    }

    @Test
    void replaceConfiguration_smallerCapacity_isKeptInTheCache() {
        var buckets = buckets();
        var bucket = bucket(buckets, "user");
        bucket.tryConsume(1);

        bucket.replaceConfiguration(configuration(5), TokensInheritanceStrategy.RESET);

        assertThat(buckets.getProxyConfiguration("user")).contains(configuration(5));
        assertThat(bucket.getAvailableTokens()).isEqualTo(5);
    }

    @Test
    void removeProxy_usedBucket_startsAgainFull() {
        var buckets = buckets();
        bucket(buckets, "user").tryConsume(CAPACITY);

        buckets.removeProxy("user");

        assertThat(buckets.getProxyConfiguration("user")).isEmpty();
        assertThat(bucket(buckets, "user").getAvailableTokens()).isEqualTo(CAPACITY);
    }

    /** A bucket of which the cache has lost the state is made anew by its supplier. */
    @Test
    void tryConsume_stateIsGone_makesTheBucketAnew() {
        Cache<String, byte[]> cache = caches.create("buckets");
        var bucket = bucket(Bucket4jJCache.entryProcessorBasedBuilder(cache).build(), "user");
        bucket.tryConsume(CAPACITY);

        cache.clear();

        assertThat(bucket.tryConsume(1)).isTrue();
        assertThat(bucket.getAvailableTokens()).isEqualTo(CAPACITY - 1);
    }

    /** What Bucket4j offers for some other stores, it does not offer for JCache. */
    @Test
    void builder_whatJCacheCannotGive_isRefused() {
        var builder = Bucket4jJCache.entryProcessorBasedBuilder(caches.<String, byte[]>create("buckets"));

        assertThat(builder.build().isAsyncModeSupported()).isFalse();
        assertThatThrownBy(() -> builder.expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ZERO)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private ProxyManager<String> buckets() {
        return Bucket4jJCache.entryProcessorBasedBuilder(caches.<String, byte[]>create("buckets"))
                .build();
    }

    private static BucketProxy bucket(ProxyManager<String> buckets, String key) {
        return buckets.getProxy(key, () -> configuration(CAPACITY));
    }

    private static BucketConfiguration configuration(int capacity) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(1, FOREVER))
                .build();
    }

    private static long successes(BucketProxy bucket, int tokens) {
        long successes = 0;
        for (int i = 0; i < ATTEMPTS_OF_EACH; i++) {
            if (bucket.tryConsume(tokens)) {
                successes++;
            }
        }
        return successes;
    }

    /** A clock that a test moves. */
    private record ManualMeter(AtomicLong nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
