package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferCache;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.RecordingLoader;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes the cache forget what it keeps aside. Entries live for ten seconds, and may be served for sixty more. */
class StaleForgottenTest {
    private static final javax.cache.expiry.Duration TEN = new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10);

    private final CacheFixture fixture = new CacheFixture();
    private final CapturedLog log = new CapturedLog();
    private final RecordingLoader loader =
            new RecordingLoader().with("k", "old").with("l", "L");
    private final CofferCache<String, String> cache = create();

    private CofferCache<String, String> create() {
        return fixture.reading(
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(TEN))
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

    private void recover() {
        loader.doingFirst(() -> {});
    }

    @Test
    void get_loaderRecovers_loadsAndForgetsTheOld() {
        cache.get("k");
        pass(10_000);
        fail();
        cache.get("k");
        recover();
        loader.with("k", "new");
        pass(1_000);

        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusSeconds(10));
    }

    @Test
    void get_loaderFindsNothing_forgetsTheOld() {
        cache.get("k");
        cache.put("m", "M");
        pass(10_000);
        assertThat(cache.get("m")).isNull();
        fail();

        assertThatThrownBy(() -> cache.get("m")).isInstanceOf(CacheLoaderException.class);
        assertThat(cache.get("k")).isEqualTo("old");
    }

    static Stream<Arguments> forgetting() {
        return Stream.of(
                Arguments.of("remove", (Consumer<Cache<String, String>>) c -> c.remove("k")),
                Arguments.of("removeAll of a key", (Consumer<Cache<String, String>>) c -> c.removeAll(Set.of("k"))),
                Arguments.of("removeAll", (Consumer<Cache<String, String>>) Cache::removeAll),
                Arguments.of("clear", (Consumer<Cache<String, String>>) Cache::clear),
                Arguments.of("invoke", (Consumer<Cache<String, String>>) c -> c.invoke("k", (entry, arguments) -> {
                    entry.remove();
                    return null;
                })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgetting")
    void removal_ofWhatIsAside_forgetsIt(String name, Consumer<Cache<String, String>> removal) {
        cache.get("k");
        pass(10_000);
        fixture.sweeper().sweep();
        fail();

        removal.accept(cache);

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
    }

    @Test
    void removal_ofWhatIsServedStale_forgetsIt() {
        cache.get("k");
        pass(10_000);
        fail();
        cache.get("k");

        assertThat(cache.remove("k")).isTrue();

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
    }
}
