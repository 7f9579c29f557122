package io.coffer.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.jcache.CacheFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times to live are shortened by a share that depends on the key alone. */
class JitterTest {
    private static final javax.cache.expiry.Duration HUNDRED = new javax.cache.expiry.Duration(TimeUnit.SECONDS, 100);
    private static final int KEYS = 10_000;

    private final CacheFixture fixture = new CacheFixture();
    private final Instant now = fixture.clock().instant();

    @AfterEach
    void close() {
        fixture.close();
    }

    private CofferCache<Integer, String> create(String name, double jitter, ExpiryPolicy policy) {
        Cache<Integer, String> created = fixture.create(
                name,
                CacheFixture.<Integer, String>configuration()
                        .setExpiryPolicyFactory(() -> policy)
                        .setExpiryJitter(jitter));
        return CacheFixture.beyond(created);
    }

    private long lifeOf(CofferCache<Integer, String> cache, int key) {
        return Duration.between(fixture.clock().instant(), cache.expiresAt(key)).toMillis();
    }

    @Test
    void put_tenPercent_spreadsDeadlinesEvenlyBelowThePolicys() {
        var cache = create("c", 0.1, new CreatedExpiryPolicy(HUNDRED));
        IntStream.range(0, KEYS).forEach(key -> cache.put(key, "v"));

        var lives =
                IntStream.range(0, KEYS).mapToLong(key -> lifeOf(cache, key)).summaryStatistics();

        assertThat(lives.getMax()).isBetween(99_900L, 100_000L);
        assertThat(lives.getMin()).isBetween(90_000L, 90_100L);
        assertThat(lives.getAverage()).isCloseTo(95_000, within(200.0));
    }

    @Test
    void put_again_hasTheSameTimeToLive() {
        var cache = create("c", 0.5, new TouchedExpiryPolicy(HUNDRED));
        for (int key = 0; key < 100; key++) {
            cache.put(key, "v");
            long first = lifeOf(cache, key);
            fixture.clock().advance(Duration.ofSeconds(1));
            cache.put(key, "w");
            assertThat(lifeOf(cache, key)).as("after an update of key %s", key).isEqualTo(first);
            fixture.clock().advance(Duration.ofSeconds(1));
            cache.get(key);
            assertThat(lifeOf(cache, key)).as("after an access of key %s", key).isEqualTo(first);
        }
    }

    @Test
    void put_policyOfTheUser_isJitteredAsWell() {
        var cache = create("c", 0.9, new AnsweringPolicy(() -> HUNDRED));
        var deadlines = new HashSet<Instant>();
        for (int key = 0; key < 100; key++) {
            cache.put(key, "v");
            deadlines.add(cache.expiresAt(key));
        }

        assertThat(deadlines).hasSizeGreaterThan(90);
    }

    @Test
    void put_otherCache_hasOtherDeadlines() {
        var one = create("one", 0.5, new CreatedExpiryPolicy(HUNDRED));
        var other = create("other", 0.5, new CreatedExpiryPolicy(HUNDRED));
        one.put(1, "v");
        other.put(1, "v");

        assertThat(one.expiresAt(1)).isNotEqualTo(other.expiresAt(1));
    }

    @Test
    void put_noJitter_isThePolicysDeadline() {
        var cache = create("c", 0, new CreatedExpiryPolicy(HUNDRED));
        cache.put(7, "v");

        assertThat(lifeOf(cache, 7)).isEqualTo(100_000);
    }

    @Test
    void put_eternalZeroOrExplicit_isNotJittered() {
        var eternal = create("eternal", 0.9, new EternalExpiryPolicy());
        var zero = create("zero", 0.9, new CreatedExpiryPolicy(javax.cache.expiry.Duration.ZERO));
        var finite = create("finite", 0.9, new CreatedExpiryPolicy(HUNDRED));

        eternal.put(1, "v");
        zero.put(1, "v");
        finite.put(1, "v", Duration.ofSeconds(7));

        assertThat(eternal.expiresAt(1)).isEqualTo(Instant.MAX);
        assertThat(zero.containsKey(1)).isFalse();
        assertThat(finite.expiresAt(1)).isEqualTo(now.plusSeconds(7));
    }

    @Test
    void put_shortestTimeToLive_neverBecomesZero() {
        var cache = create(
                "c",
                Math.nextDown(1.0),
                new CreatedExpiryPolicy(new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 1)));
        for (int key = 0; key < 1_000; key++) {
            cache.put(key, "v");
            assertThat(cache.containsKey(key)).as("key %s", key).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1, 10, Double.NaN, Double.POSITIVE_INFINITY})
    void setExpiryJitter_outOfRange_isRefused(double wrong) {
        assertThatThrownBy(() -> new CofferConfiguration<>().setExpiryJitter(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expiryJitter is " + wrong + "; right is a fraction from 0 to less than 1, as 0.1 for a tenth");
    }
}
