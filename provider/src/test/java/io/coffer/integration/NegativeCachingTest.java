package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferCache;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.Threads;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the loader has found nothing is remembered for ten seconds. */
class NegativeCachingTest {
    private final CacheFixture fixture = new CacheFixture();
    private final RecordingLoader loader = new RecordingLoader().with("a", "A");
    private CofferCache<String, String> cache = create(0);

    private CofferCache<String, String> create(long maxEntries) {
        return fixture.reading(
                CacheFixture.<String, String>configuration()
                        .setMaxEntries(maxEntries)
                        .setNegativeCaching(Duration.ofSeconds(10)),
                loader);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void get_loaderFoundNothing_isAMissWithoutTheLoader() {
        assertThat(cache.get("k")).isNull();
        loader.with("k", "v");
        fixture.clock().advance(Duration.ofMillis(9_999));

        assertThat(cache.get("k")).isNull();

        assertThat(loader.drain()).containsExactly("load k");
        assertThat(cache.counters().absencesServed()).isEqualTo(1);
        assertThat(fixture.counts("c")).isEqualTo("0h 2m 0p 0r 0e");
    }

    @Test
    void get_afterTheTime_asksAgain() {
        cache.get("k");
        loader.with("k", "v");
        fixture.clock().advance(Duration.ofSeconds(10));

        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(loader.drain()).containsExactly("load k", "load k");
    }

    @Test
    void getAll_absencesKnown_asksForTheOthersOnly() {
        cache.getAll(Set.of("x", "y"));
        loader.drain();

        assertThat(cache.getAll(Set.of("a", "x", "y", "z"))).isEqualTo(Map.of("a", "A"));
        assertThat(cache.get("z")).isNull();

        assertThat(loader.drain()).containsExactly("loadAll [a, z]");
        assertThat(cache.counters().absencesServed()).isEqualTo(3);
    }

    @Test
    void invoke_absenceKnown_loadsNothing() {
        cache.get("k");
        loader.drain();

        String seen = cache.invoke("k", (entry, arguments) -> entry.getValue());

        assertThat(seen).isNull();
        assertThat(loader.drain()).isEmpty();
    }

    static Stream<Arguments> forgetting() {
        return Stream.of(
                forgetting("put and remove", c -> {
                    c.put("k", "mine");
                    c.remove("k");
                }),
                forgetting("remove", c -> c.remove("k")),
                forgetting("removeAll of a key", c -> c.removeAll(Set.of("k"))),
                forgetting("removeAll", Cache::removeAll),
                forgetting("clear", Cache::clear),
                forgetting("put that expires at once", c -> {
                    CacheFixture.beyond(c).put("k", "mine", java.time.Instant.EPOCH);
                }));
    }

    private static Arguments forgetting(String name, Consumer<Cache<String, String>> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgetting")
    void get_afterTheKeyWasChanged_asksAgain(String name, Consumer<Cache<String, String>> call) {
        cache.get("k");
        loader.with("k", "v");

        call.accept(cache);

        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void loadAll_absenceKnown_asksAllTheSame() throws Exception {
        for (boolean replace : new boolean[] {false, true}) {
            var key = "k" + replace;
            cache.get(key);
            loader.with(key, "v");
            var completion = new CompletionListenerFuture();

            cache.loadAll(Set.of(key), replace, completion);
            completion.get(120, TimeUnit.SECONDS);

            assertThat(cache.get(key)).as("replacing: %s", replace).isEqualTo("v");
        }
    }

    @Test
    void remove_afterALoadThatReplaced_leavesNoAbsenceBehind() throws Exception {
        cache.get("k");
        loader.with("k", "v");
        var completion = new CompletionListenerFuture();
        cache.loadAll(Set.of("k"), true, completion);
        completion.get(120, TimeUnit.SECONDS);
        cache.clear();

        assertThat(cache.get("k")).isEqualTo("v");
    }

    @Test
    void get_boundedCache_remembersNoMoreThanTheBound() {
        fixture.manager().destroyCache("c");
        cache = create(10);
        IntStream.range(0, 1_000).forEach(key -> cache.get("absent-" + key));
        loader.drain();

        IntStream.range(0, 1_000).forEach(key -> cache.get("absent-" + key));

        assertThat(cache.counters().absencesServed()).isLessThanOrEqualTo(10);
        assertThat(loader.drain()).hasSizeGreaterThanOrEqualTo(990);
    }

    @Test
    void get_manyThreads_askOnce() {
        Threads.race(8, any -> () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(cache.get("k")).isNull();
            }
        });

        assertThat(loader.drain()).containsExactly("load k");
        assertThat(cache.counters().absencesServed()).isEqualTo(7_999);
    }

    /** Whoever reads after a write has ended sees it, whatever readers remember meanwhile. */
    @Test
    void put_whileOthersMiss_isNeverHiddenByAnAbsence() {
        for (int round = 0; round < 100; round++) {
            var key = "key-" + round;
            Threads.race(2, thread -> () -> {
                for (int i = 0; i < 20; i++) {
                    if (thread == 0) {
                        cache.get(key);
                    } else {
                        cache.put(key, "v");
                        assertThat(cache.get(key)).as("round of %s", key).isEqualTo("v");
                        cache.remove(key);
                    }
                }
            });
        }
    }

    @Test
    void get_loaderFails_remembersNothing() {
        loader.doingFirst(() -> {
            throw new IllegalStateException("no connection");
        });
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> cache.get("a")).hasMessageContaining("Cache \"c\"");
        loader.doingFirst(() -> {});

        assertThat(cache.get("a")).isEqualTo("A");
    }
}
