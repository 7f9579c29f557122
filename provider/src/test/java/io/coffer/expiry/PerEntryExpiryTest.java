package io.coffer.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferCache;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingWriter;
import io.coffer.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines that a caller gives to a single entry, beside those of the expiry policy. */
class PerEntryExpiryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final javax.cache.expiry.Duration TEN = new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10);

    private final CacheFixture fixture = new CacheFixture();
    private final CofferCache<String, String> cache = create("eternal", EternalExpiryPolicy.factoryOf());
    private final Instant now = fixture.clock().instant();

    private CofferCache<String, String> create(String name, Factory<? extends ExpiryPolicy> policy) {
        Cache<String, String> created = fixture.create(
                name, CacheFixture.<String, String>configuration().setExpiryPolicyFactory(policy));
        return CacheFixture.beyond(created);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void put_timeToLive_livesExactlySoLong() {
        cache.put("k", "v", Duration.ofSeconds(5));

        assertThat(cache.expiresAt("k")).isEqualTo(now.plusSeconds(5));
        fixture.clock().advance(Duration.ofMillis(4_999));
        assertThat(cache.get("k")).isEqualTo("v");
        fixture.clock().advance(Duration.ofMillis(1));
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void put_timeToLiveOnAnEternalCache_isSweptAndAnnounced() {
        var listener = CacheFixture.listen(cache);
        assertThat(fixture.sweeper().size()).isZero();

        cache.put("k", "v", SECOND);
        fixture.clock().advance(Duration.ofSeconds(2));
        fixture.sweeper().sweep();

        var heard = new ArrayList<String>();
        Tasks.awaitThat(() -> heard.addAll(listener.drain()) && heard.contains("EXPIRED k: v"), "the expiry");
        assertThat(heard).containsExactly("CREATED k: v", "EXPIRED k: v");
        assertThat(cache.counters().entries()).isZero();
        assertThat(cache.counters().expirations()).isEqualTo(1);
    }

    @Test
    void put_timeToLive_replacesThePolicysAnswerForThatWriteOnly() {
        var modified = create("modified", ModifiedExpiryPolicy.factoryOf(TEN));

        modified.put("k", "v", Duration.ofSeconds(100));
        assertThat(modified.expiresAt("k")).isEqualTo(now.plusSeconds(100));
        modified.put("k", "v", SECOND);
        assertThat(modified.expiresAt("k")).isEqualTo(now.plusSeconds(1));
        modified.put("k", "w");
        assertThat(modified.expiresAt("k")).isEqualTo(now.plusSeconds(10));
    }

    @Test
    void get_afterPutWithTimeToLive_isTheAccessPolicysAgain() {
        var accessed = create("accessed", AccessedExpiryPolicy.factoryOf(TEN));
        accessed.put("k", "v", Duration.ofSeconds(100));

        assertThat(accessed.expiresAt("k")).as("no access").isEqualTo(now.plusSeconds(100));
        accessed.get("k");

        assertThat(accessed.expiresAt("k")).isEqualTo(now.plusSeconds(10));
    }

    @Test
    void put_updateOfAnExplicitDeadline_staysWhereThePolicySaysSo() {
        var created = create("created", CreatedExpiryPolicy.factoryOf(TEN));
        created.put("k", "v", SECOND);

        created.put("k", "w");

        assertThat(created.expiresAt("k")).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void put_instantThatHasPassedOnAnAbsentKey_addsNothing() {
        var listener = CacheFixture.listen(cache);

        cache.put("k", "v", now);

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(listener.drain()).isEmpty();
        assertThat(fixture.counts("eternal")).isEqualTo("0h 0m 0p 0r 0e");
    }

    @Test
    void put_instantThatHasPassedOnALiveEntry_updatesAndExpiresAtOnce() {
        cache.put("k", "v");
        var listener = CacheFixture.listen(cache);

        cache.put("k", "w", now.minusSeconds(1));

        assertThat(listener.drain()).containsExactly("UPDATED k: v -> w");
        assertThat(cache.get("k")).isNull();
        assertThat(listener.drain()).containsExactly("EXPIRED k: w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "+999999999-01-01T00:00:00Z"})
    void put_instantBeyondWhatMillisecondsSay_isEternal(String instant) {
        cache.put("k", "v", Instant.parse(instant));

        assertThat(cache.expiresAt("k")).isEqualTo(Instant.MAX);
    }

    @Test
    void put_timeToLiveBeyondWhatMillisecondsSay_staysAliveWithoutOverflow() {
        cache.put("k", "v", Duration.ofSeconds(Long.MAX_VALUE));

        fixture.clock().advance(Duration.ofDays(100_000));
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void put_timeToLiveBelowAMillisecond_isRoundedUp() {
        cache.put("k", "v", Duration.ofNanos(1));

        assertThat(cache.expiresAt("k")).isEqualTo(now.plusMillis(1));
    }

    @Test
    void put_timeToLiveNotPositive_isRefused() {
        for (var wrong : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatThrownBy(() -> cache.put("k", "v", wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("timeToLive is " + wrong + "; right is a positive duration");
            assertThatThrownBy(() -> cache.putIfAbsent("k", "v", wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void putIfAbsent_timeToLive_isGivenToANewEntryOnly() {
        assertThat(cache.putIfAbsent("k", "v", SECOND)).isTrue();
        assertThat(cache.putIfAbsent("k", "w", Duration.ofSeconds(9))).isFalse();

        assertThat(cache.expiresAt("k")).isEqualTo(now.plusSeconds(1));
        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void expiresAt_absentEternalExpired_isToldApart() {
        assertThat(cache.expiresAt("k")).isNull();
        cache.put("k", "v");
        assertThat(cache.expiresAt("k")).isEqualTo(Instant.MAX);
        cache.expireAt("k", now.plusSeconds(1));
        fixture.clock().advance(SECOND);
        assertThat(cache.expiresAt("k")).isNull();
        assertThat(fixture.counts("eternal")).isEqualTo("0h 0m 1p 0r 0e");
    }

    @Test
    void expireAt_liveEntry_movesTheDeadlineBothWays() {
        var listener = CacheFixture.listen(cache);
        cache.put("k", "v", Duration.ofSeconds(5));

        assertThat(cache.expireAt("k", now.plusSeconds(9))).isTrue();
        fixture.clock().advance(Duration.ofSeconds(6));
        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(cache.expireAt("k", now.plusSeconds(7))).isTrue();
        fixture.clock().advance(Duration.ofSeconds(1));

        assertThat(cache.get("k")).isNull();
        assertThat(listener.drain()).containsExactly("CREATED k: v", "EXPIRED k: v");
        assertThat(fixture.counts("eternal")).isEqualTo("1h 1m 1p 0r 0e");
    }

    @Test
    void expireAt_instantThatHasPassed_expiresNowWithItsEvent() {
        cache.put("k", "v");
        var listener = CacheFixture.listen(cache);

        assertThat(cache.expireAt("k", now)).isTrue();

        assertThat(listener.drain()).containsExactly("EXPIRED k: v");
        assertThat(cache.counters().expirations()).isEqualTo(1);
        assertThat(cache.counters().entries()).isZero();
    }

    @Test
    void expireAt_absentOrExpired_changesNothing() {
        assertThat(cache.expireAt("k", Instant.MAX)).isFalse();
        cache.put("k", "v", SECOND);
        fixture.clock().advance(SECOND);

        assertThat(cache.expireAt("k", Instant.MAX)).isFalse();
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void put_timeToLiveWithAWriter_writesThrough() {
        var writer = new RecordingWriter();
        Cache<String, String> created = fixture.create(
                "written",
                CacheFixture.<String, String>configuration()
                        .setWriteThrough(true)
                        .setCacheWriterFactory(() -> writer));

        CacheFixture.beyond(created).put("k", "v", SECOND);

        assertThat(writer.drain()).containsExactly("write k=v");
    }

    @Test
    void operations_closedCacheOrNull_areRefused() {
        assertThatThrownBy(() -> cache.put(null, "v", SECOND))
                .hasMessage("key == null; cache \"eternal\" takes no nulls");
        assertThatThrownBy(() -> cache.put("k", null, SECOND))
                .hasMessage("value == null; cache \"eternal\" takes no nulls");
        assertThatThrownBy(() -> cache.put("k", "v", (Duration) null)).hasMessage("timeToLive == null");
        assertThatThrownBy(() -> cache.put("k", "v", (Instant) null)).hasMessage("expiresAt == null");
        assertThatThrownBy(() -> cache.expireAt("k", null)).hasMessage("expiresAt == null");
        cache.close();
        assertThatThrownBy(() -> cache.put("k", "v", SECOND)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cache.expiresAt("k")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cache.expireAt("k", now)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cache::counters).isInstanceOf(IllegalStateException.class);
    }
}
