package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CacheDeadlockException;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingLoader;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is missing is loaded by {@code get}, {@code getAll} and {@code invoke}, and by nothing else (JSR-107 section 7.1). */
class ReadThroughTest {
    private final CacheFixture fixture = new CacheFixture();
    private final RecordingLoader loader = new RecordingLoader().with("a", "A").with("b", "B");
    private final Cache<String, String> cache = create("c", true);
    private final IllegalStateException failure = new IllegalStateException("not connected");

    private Cache<String, String> create(String name, boolean isReadThrough) {
        return fixture.create(
                name,
                CacheFixture.<String, String>configuration()
                        .setReadThrough(isReadThrough)
                        .setCacheLoaderFactory(loader.factory()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> notLoading() {
        return Stream.of(
                call("containsKey", c -> c.containsKey("a")),
                call("put", c -> c.put("a", "1")),
                call("getAndPut", c -> c.getAndPut("a", "1")),
                call("putIfAbsent", c -> c.putIfAbsent("a", "1")),
                call("replace", c -> c.replace("a", "1")),
                call("replace an old value", c -> c.replace("a", "A", "1")),
                call("getAndReplace", c -> c.getAndReplace("a", "1")),
                call("remove", c -> c.remove("a")),
                call("remove an old value", c -> c.remove("a", "A")),
                call("getAndRemove", c -> c.getAndRemove("a")),
                call("iterate", c -> c.iterator().hasNext()),
                call("putAll", c -> c.putAll(Map.of("a", "1"))),
                call("removeAll", c -> c.removeAll(Set.of("a"))),
                call("invoke without looking", c -> c.invoke("a", (entry, arguments) -> entry.exists())));
    }

    private static Arguments call(String name, Consumer<Cache<String, String>> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notLoading")
    void operation_notMeantToLoad_neverCallsTheLoader(String name, Consumer<Cache<String, String>> call) {
        call.accept(cache);

        assertThat(loader.drain()).isEmpty();
    }

    @Test
    void get_withoutReadThrough_neverCallsTheLoader() {
        var plain = create("plain", false);

        assertThat(plain.get("a")).isNull();
        assertThat(plain.getAll(Set.of("a", "b"))).isEmpty();
        assertThat(plain.<String>invoke("a", (entry, arguments) -> entry.getValue()))
                .isNull();

        assertThat(loader.drain()).isEmpty();
    }

    @Test
    void get_loaderHasNothing_isNullAndNothingIsStored() {
        var listener = CacheFixture.listen(cache);

        assertThat(cache.get("unknown")).isNull();

        assertThat(cache.containsKey("unknown")).isFalse();
        assertThat(listener.drain()).isEmpty();
        assertThat(fixture.counts("c")).isEqualTo("0h 1m 0p 0r 0e");
    }

    @Test
    void getAll_loaderHasNullsOrLeavesOut_returnsWhatThereIs() {
        cache.put("there", "1");

        assertThat(cache.getAll(Set.of("there", "a", "unknown"))).isEqualTo(Map.of("there", "1", "a", "A"));

        assertThat(loader.drain()).containsExactly("loadAll [a, unknown]");
        assertThat(cache.containsKey("unknown")).isFalse();
        assertThat(fixture.counts("c")).isEqualTo("1h 2m 1p 0r 0e");
    }

    @Test
    void getAll_loaderGivesMoreThanItWasAskedFor_restIsDropped() throws Exception {
        var generous = new GenerousLoader(Map.of("a", "A", "b", "B", "c", "C"));
        var given = fixture.create(
                "given",
                CacheFixture.<String, String>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> generous));
        var completion = new CompletionListenerFuture();

        assertThat(given.getAll(Set.of("a"))).isEqualTo(Map.of("a", "A"));
        given.loadAll(Set.of("b"), true, completion);
        completion.get(120, TimeUnit.SECONDS);

        assertThat(given.containsKey("c")).isFalse();
        assertThat(given).hasSize(2);
    }

    @Test
    void getAll_everythingIsThere_loaderIsNotCalled() {
        cache.put("a", "1");

        assertThat(cache.getAll(Set.of("a"))).isEqualTo(Map.of("a", "1"));

        assertThat(loader.drain()).isEmpty();
    }

    @Test
    void get_loaderFails_isWrappedCountsAMissAndLeavesNothing() {
        var listener = CacheFixture.listen(cache);
        failing(failure);

        assertThatThrownBy(() -> cache.get("a"))
                .isInstanceOf(CacheLoaderException.class)
                .hasCause(failure)
                .hasMessageContaining(RecordingLoader.class.getName());

        assertThat(fixture.counts("c")).isEqualTo("0h 1m 0p 0r 0e");
        assertThat(listener.drain()).isEmpty();
        assertThat(cache.containsKey("a")).isFalse();
        assertThat(cache.putIfAbsent("a", "the key is free again")).isTrue();
    }

    @Test
    void getAll_loaderFails_isWrappedCountsMissesAndLeavesNothing() {
        failing(failure);

        assertThatThrownBy(() -> cache.getAll(Set.of("a", "b")))
                .isInstanceOf(CacheLoaderException.class)
                .hasCause(failure);

        assertThat(fixture.counts("c")).isEqualTo("0h 2m 0p 0r 0e");
        assertThat(cache).isEmpty();
        assertThat(cache.putIfAbsent("a", "the keys are free again")).isTrue();
    }

    @Test
    void invoke_loaderFails_isTheCauseOfTheProcessorsFailure() {
        failing(failure);

        assertThatThrownBy(() -> cache.invoke("a", (entry, arguments) -> entry.getValue()))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(CacheLoaderException.class)
                .hasRootCause(failure);

        assertThat(cache.containsKey("a")).isFalse();
    }

    @Test
    void get_loaderThrowsItsOwnException_reachesTheCallerAsItIs() {
        var own = new CacheLoaderException("own");
        failing(own);

        assertThatThrownBy(() -> cache.get("a")).isSameAs(own);
        assertThatThrownBy(() -> cache.getAll(Set.of("a"))).isSameAs(own);
    }

    @Test
    void get_loaderThrowsError_leavesNothingAndUnlocks() {
        var error = new NoClassDefFoundError("the loader's");
        loader.doingFirst(() -> {
            throw error;
        });

        assertThatThrownBy(() -> cache.get("a")).isSameAs(error);
        assertThatThrownBy(() -> cache.getAll(Set.of("a", "b"))).isSameAs(error);

        assertThat(cache.putIfAbsent("a", "the key is free again")).isTrue();
    }

    @Test
    void loader_asksTheCacheForTheKeyItLoads_failsInsteadOfWaitingForItself() {
        loader.doingFirst(() -> cache.get("a"));

        assertThatThrownBy(() -> cache.get("a"))
                .isInstanceOf(CacheLoaderException.class)
                .hasCauseInstanceOf(CacheDeadlockException.class);
        assertThatThrownBy(() -> cache.getAll(Set.of("a", "b")))
                .isInstanceOf(CacheLoaderException.class)
                .hasCauseInstanceOf(CacheDeadlockException.class);
    }

    @Test
    void loader_asksAnotherCache_mayDoSo() {
        var other = create("other", true);
        var outer = fixture.create(
                "outer",
                CacheFixture.<String, String>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(() -> new DelegatingLoader(other)));

        assertThat(outer.get("a")).isEqualTo("A");
        assertThat(outer.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "A", "b", "B"));
    }

    /** Answers with all that it has, whatever it was asked for. */
    private record GenerousLoader(Map<String, String> all) implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return all.get(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return all;
        }
    }

    private void failing(RuntimeException thrown) {
        loader.doingFirst(() -> {
            throw thrown;
        });
    }
}
