package io.coffer.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Time to live, as the user of a cache sees it. */
class TtlTest {
    private static final Duration TEN_SECONDS = new Duration(TimeUnit.SECONDS, 10);

    private final CacheFixture fixture = new CacheFixture();

    /** One time to live for what is new, another for what has been read. */
    private record Policy(Duration creation, Duration access) implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return creation;
        }

        @Override
        public Duration getExpiryForAccess() {
            return access;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Cache<String, Integer> cache(ExpiryPolicy policy) {
        return fixture.create("c", CacheFixture.<String, Integer>configuration().setExpiryPolicyFactory(() -> policy));
    }

    private void advance(long seconds) {
        fixture.clock().advance(java.time.Duration.ofSeconds(seconds));
    }

    /** What each way to look at an entry finds when it has expired. */
    static Stream<Arguments> waysToLook() {
        Map<String, Function<Cache<String, Integer>, Object>> ways = new LinkedHashMap<>();
        ways.put("get", cache -> cache.get("k") == null);
        ways.put("getAll", cache -> cache.getAll(Set.of("k")).isEmpty());
        ways.put("containsKey", cache -> !cache.containsKey("k"));
        ways.put("iterator", cache -> !cache.iterator().hasNext());
        ways.put("getAndPut", cache -> cache.getAndPut("k", 2) == null);
        ways.put("putIfAbsent", cache -> cache.putIfAbsent("k", 2));
        ways.put("getAndRemove", cache -> cache.getAndRemove("k") == null);
        ways.put("remove", cache -> !cache.remove("k"));
        ways.put("remove if equal", cache -> !cache.remove("k", 1));
        ways.put("replace", cache -> !cache.replace("k", 2));
        ways.put("replace if equal", cache -> !cache.replace("k", 1, 2));
        ways.put("getAndReplace", cache -> cache.getAndReplace("k", 2) == null);
        ways.put("exists in a processor", cache -> cache.invoke("k", (entry, arguments) -> !entry.exists()));
        ways.put("getValue in a processor", cache -> cache.invoke("k", (entry, arguments) -> entry.getValue() == null));
        return ways.entrySet().stream().map(way -> Arguments.of(way.getKey(), way.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToLook")
    void anyOperation_atTheDeadline_findsNothing(String name, Function<Cache<String, Integer>, Object> findsNothing) {
        var cache = cache(new CreatedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(10);

        assertThat(findsNothing.apply(cache)).isEqualTo(true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToLook")
    void anyOperation_beforeTheDeadline_findsTheEntry(
            String name, Function<Cache<String, Integer>, Object> findsNothing) {
        var cache = cache(new CreatedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        fixture.clock().advance(java.time.Duration.ofMillis(9_999));

        assertThat(findsNothing.apply(cache)).isEqualTo(false);
    }

    @Test
    void get_expiredWithReadThrough_loadsAnew() {
        var loads = new AtomicInteger();
        var cache = fixture.create(
                "c",
                CacheFixture.<String, Integer>configuration()
                        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(TEN_SECONDS))
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> new CacheLoader<>() {
                            @Override
                            public Integer load(String key) {
                                return loads.incrementAndGet();
                            }

                            @Override
                            public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
                                return Map.of("k", loads.incrementAndGet());
                            }
                        }));
        assertThat(cache.get("k")).isEqualTo(1);

        advance(10);
        assertThat(cache.get("k")).isEqualTo(2);

        advance(10);
        assertThat(cache.getAll(Set.of("k"))).containsEntry("k", 3);
    }

    @Test
    void get_accessedInTime_keepsTheEntryAlive() {
        var cache = cache(new AccessedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        for (int i = 0; i < 10; i++) {
            advance(9);
            assertThat(cache.get("k")).isEqualTo(1);
            fixture.sweeper().sweep();
        }

        advance(10);
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void containsKey_andPassingBy_doNotTouch() {
        var cache = cache(new AccessedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(9);
        cache.containsKey("k");
        assertThat(cache.iterator().hasNext()).isTrue();
        advance(1);

        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void next_accessedInTime_touches() {
        var cache = cache(new AccessedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(9);
        cache.iterator().next();
        advance(9);

        assertThat(cache.containsKey("k")).isTrue();
    }

    @Test
    void next_entryExpiredSinceHasNext_isNotRevived() {
        var cache = cache(new AccessedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);
        var iterator = cache.iterator();
        assertThat(iterator.hasNext()).isTrue();

        advance(10);
        iterator.next();

        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void put_modifiedInTime_keepsTheEntryAlive() {
        var cache = cache(new ModifiedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(9);
        cache.put("k", 2);
        advance(9);
        assertThat(cache.get("k")).isEqualTo(2);

        advance(1);
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void put_createdPolicy_doesNotProlong() {
        var cache = cache(new CreatedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(9);
        cache.put("k", 2);
        advance(1);

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void put_afterExpiry_isACreationAgain() {
        var cache = cache(new CreatedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(15);
        cache.put("k", 2);
        advance(9);

        assertThat(cache.get("k")).isEqualTo(2);
    }

    @Test
    void replace_notEqual_touchesAsAnAccess() {
        var cache = cache(new TouchedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(9);
        cache.replace("k", 5, 6);
        advance(9);

        assertThat(cache.get("k")).isEqualTo(1);
    }

    @Test
    void put_clockGoesBack_livesLongerButNotForEver() {
        var cache = cache(new CreatedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);

        advance(-3_600);
        assertThat(cache.get("k")).isEqualTo(1);

        advance(3_610);
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void get_clockGoesBackAfterTheEntryWasSeenExpired_staysExpired() {
        var cache = cache(new CreatedExpiryPolicy(TEN_SECONDS));
        cache.put("k", 1);
        advance(10);
        assertThat(cache.containsKey("k")).isFalse();

        advance(-5);

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void get_accessPolicyShortens_theEntryIsSweptInTime() {
        var cache = cache(new Policy(Duration.ONE_DAY, TEN_SECONDS));
        var listener = CacheFixture.listen(cache);
        cache.put("read", 1);
        cache.put("unread", 1);

        cache.get("read");
        advance(11);
        fixture.sweeper().sweep();

        // Events of one key come in order, so these bring out what was told in the background.
        cache.put("read", 2);
        cache.put("unread", 2);
        assertThat(listener.drain())
                .containsExactlyInAnyOrder(
                        "CREATED read: 1",
                        "CREATED unread: 1",
                        "EXPIRED read: 1",
                        "CREATED read: 2",
                        "UPDATED unread: 1 -> 2");
    }

    @Test
    void get_zeroAccessExpiry_returnsTheValueOnce() {
        var cache = cache(new Policy(Duration.ETERNAL, Duration.ZERO));
        cache.put("k", 1);

        assertThat(cache.get("k")).isEqualTo(1);
        assertThat(cache.get("k")).isNull();
    }
}
