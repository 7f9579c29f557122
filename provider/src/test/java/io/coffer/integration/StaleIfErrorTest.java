package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferCache;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.MemoryOnly;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What has expired is served when the loader fails. Entries live for ten seconds, and may be served for sixty more. */
class StaleIfErrorTest {
    private static final javax.cache.expiry.Duration TEN = new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10);

    private final CacheFixture fixture = new CacheFixture();
    private final CapturedLog log = new CapturedLog();
    private final RecordingLoader loader =
            new RecordingLoader().with("k", "old").with("l", "L");
    private CofferCache<String, String> cache = create(new CreatedExpiryPolicy(TEN), 0);

    private CofferCache<String, String> create(ExpiryPolicy policy, long maxEntries) {
        return fixture.reading(
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(() -> policy)
                        .setMaxEntries(maxEntries)
                        .setStaleIfError(Duration.ofSeconds(60)),
                loader);
    }

    @AfterEach
    void close() {
        fixture.close();
        log.close();
    }

    private void pass(long millis) {
        fixture.clock().advance(Duration.ofMillis(millis));
    }

    private void fail() {
        loader.drain();
        loader.doingFirst(() -> {
            throw new IllegalStateException("no connection");
        });
    }

    @Test
    void get_loaderFails_servesWhatHasExpiredForASecondWithoutAskingAgain() {
        cache.get("k");
        pass(10_000);
        fail();
        var listener = CacheFixture.listen(cache);

        assertThat(cache.get("k")).isEqualTo("old");
        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusSeconds(1));
        pass(999);
        assertThat(cache.get("k")).isEqualTo("old");

        assertThat(loader.drain()).containsExactly("load k");
        assertThat(listener.drain()).containsExactly("EXPIRED k: old", "CREATED k: old");
        assertThat(cache.counters().staleServed()).isEqualTo(1);
        assertThat(cache.counters().loadFailures()).isEqualTo(1);
        assertThat(fixture.counts("c")).isEqualTo("1h 2m 0p 0r 0e");
    }

    @Test
    void get_loaderFailsOn_servesUntilTheEndAndThenFails() {
        cache.get("k");
        pass(10_000);
        fail();

        for (int second = 0; second < 60; second++) {
            assertThat(cache.get("k")).as("after %s s", second).isEqualTo("old");
            pass(1_000);
        }

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage("Cache \"c\": " + RecordingLoader.class.getName() + ".load failed");
        assertThat(log.warnings())
                .containsExactly("Cache \"c\": the CacheLoader failed; values that have expired are served");
        assertThat(cache.counters().staleServed()).isEqualTo(60);
    }

    @Test
    void get_lastSecond_endsWithTheTimeThatIsAllowed() {
        cache.get("k");
        pass(69_500);
        fail();

        assertThat(cache.get("k")).isEqualTo("old");
        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusMillis(500));
        pass(500);
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
    }

    @Test
    void get_accessPolicy_doesNotProlongWhatIsStale() {
        fixture.manager().destroyCache("c");
        cache = create(new TouchedExpiryPolicy(TEN), 0);
        cache.get("k");
        pass(10_000);
        fail();
        cache.get("k");
        pass(500);
        cache.get("k");

        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusMillis(500));
        assertThat(cache.expireAt("k", Instant.MAX)).isTrue();
        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusMillis(500));
    }

    @Test
    void put_onWhatIsStale_isTimedAsANewEntry() {
        cache.get("k");
        pass(10_000);
        fail();
        cache.get("k");

        cache.put("k", "mine");

        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusSeconds(10));
    }

    @Test
    void sweep_expiredEntry_keepsItAsideUntilItsEnd() {
        cache.get("k");
        pass(11_000);
        fixture.sweeper().sweep();
        fail();
        pass(58_000);

        assertThat(cache.get("k")).isEqualTo("old");
        pass(1_000);
        fixture.sweeper().sweep();
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
    }

    @Test
    void getAll_loaderFails_servesAllOrFails() {
        cache.getAll(Set.of("k", "l"));
        pass(10_000);
        fail();

        assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "old", "l", "L"));
        assertThat(cache.counters().staleServed()).isEqualTo(2);
        pass(1_000);
        assertThatThrownBy(() -> cache.getAll(Set.of("k", "l", "unknown"))).isInstanceOf(CacheLoaderException.class);
        assertThat(cache.counters().staleServed()).as("nothing was served").isEqualTo(2);
    }

    @Test
    void invoke_loaderFails_seesWhatHasExpired() {
        cache.get("k");
        pass(10_000);
        fail();

        String seen = cache.invoke("k", (entry, arguments) -> entry.getValue());

        assertThat(seen).isEqualTo("old");
        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusSeconds(1));
    }

    @Test
    void loadAll_loaderFails_reportsItAndServesNothing() {
        cache.get("k");
        pass(10_000);
        fail();
        var completion = new CompletionListenerFuture();

        cache.loadAll(Set.of("k"), false, completion);

        assertThatThrownBy(() -> completion.get(120, TimeUnit.SECONDS)).hasCauseInstanceOf(CacheLoaderException.class);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void get_manyThreadsWhileTheLoaderFails_areServedAndAskOnce() {
        cache.get("k");
        pass(10_000);
        fail();

        Threads.race(8, any -> () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(cache.get("k")).isEqualTo("old");
            }
        });

        assertThat(loader.drain()).containsExactly("load k");
        assertThat(cache.counters().staleServed()).isEqualTo(1);
    }

    @Test
    @MemoryOnly("a store keeps what has expired until somebody meets it")
    void get_boundedCache_keepsNoMoreAsideThanTheBound() {
        fixture.manager().destroyCache("c");
        cache = create(new CreatedExpiryPolicy(TEN), 10);
        for (int round = 0; round < 10; round++) {
            int first = 10 * round;
            IntStream.range(first, first + 10).forEach(key -> cache.put("key-" + key, "v"));
            pass(10_000);
            fixture.sweeper().sweep();
            pass(-9_000);
        }
        fail();
        long served =
                IntStream.range(0, 100).filter(key -> isServed("key-" + key)).count();

        assertThat(served).isBetween(1L, 10L);
    }

    private boolean isServed(String key) {
        try {
            return cache.get(key) != null;
        } catch (CacheLoaderException e) {
            return false;
        }
    }

    /** A stale value is always near its deadline; to reload it at each hit would be just what the pause is to prevent. */
    @Test
    void get_staleAndRefreshedAhead_leavesTheLoaderAloneForASecond() {
        fixture.manager().destroyCache("c");
        cache = fixture.reading(
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(TEN))
                        .setRefreshAhead(Duration.ofSeconds(2))
                        .setStaleIfError(Duration.ofSeconds(60)),
                loader);
        cache.get("k");
        pass(10_000);
        fail();

        assertThat(cache.get("k")).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("old");
        cache.close(); // waits for what runs in the background

        assertThat(loader.drain()).containsExactly("load k");
    }

    @Test
    void get_withoutTheSetting_fails() {
        fixture.manager().destroyCache("c");
        cache = fixture.reading(
                CacheFixture.<String, String>configuration().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(TEN)),
                loader);
        cache.get("k");
        pass(10_000);
        fail();
        var listener = CacheFixture.listen(cache);

        assertThatThrownBy(() -> cache.getAll(Set.of("k"))).isInstanceOf(CacheLoaderException.class);
        assertThat(listener.drain()).containsExactly("EXPIRED k: old");
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
    }
}
