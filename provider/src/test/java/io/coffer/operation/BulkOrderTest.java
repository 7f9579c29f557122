package io.coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.CacheDeadlockException;
import io.coffer.jcache.CacheFixture;
import io.coffer.operation.ScriptedPolicy.Answer;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.MemoryOnly;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.RecordingWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operation on many keys goes as far as the CacheWriter has come, and does not stop because a listener fails. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkOrderTest {
    private static final Set<String> KEYS = Set.of("a", "b", "c", "d", "e");

    private final CacheFixture fixture = new CacheFixture();
    private final ScriptedPolicy policy = new ScriptedPolicy(Answer.TEN_MINUTES);
    private final RecordingLoader loader = new RecordingLoader();
    private final RecordingWriter writer = new RecordingWriter();
    private final Cache<String, String> cache = fixture.create(
            "bulk",
            CacheFixture.<String, String>configuration()
                    .setExpiryPolicyFactory(() -> policy)
                    .setReadThrough(true)
                    .setCacheLoaderFactory(loader.factory())
                    .setWriteThrough(true)
                    .setCacheWriterFactory(writer.factory()));
    private final CacheWriterException failure = new CacheWriterException("partly written");

    @BeforeEach
    void fillSource() {
        KEYS.forEach(key -> loader.with(key, "loaded"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Map<String, String> all(String value) {
        var entries = new HashMap<String, String>();
        KEYS.forEach(key -> entries.put(key, value));
        return entries;
    }

    private Collection<String> liveKeys() {
        var keys = new TreeSet<String>();
        cache.forEach(entry -> keys.add(entry.getKey() + "=" + entry.getValue()));
        return keys;
    }

    @Test
    void putAll_writerFailsForSome_othersArePut() {
        cache.putAll(Map.of("a", "old", "b", "old"));
        var listener = CacheFixture.listen(cache);
        writer.failingFor(Set.of("b", "d"), failure);

        assertThatThrownBy(() -> cache.putAll(all("new"))).isSameAs(failure);

        assertThat(fixture.counts("bulk")).as("two puts before").isEqualTo("0h 0m 5p 0r 0e");
        assertThat(liveKeys()).containsExactly("a=new", "b=old", "c=new", "e=new");
        assertThat(listener.drain())
                .containsExactlyInAnyOrder("UPDATED a: old -> new", "CREATED c: new", "CREATED e: new");
    }

    @Test
    void removeAll_writerFailsForSome_othersAreRemoved() {
        cache.putAll(all("old"));
        var listener = CacheFixture.listen(cache);
        writer.failingFor(Set.of("b", "d"), failure);

        assertThatThrownBy(() -> cache.removeAll(KEYS)).isSameAs(failure);

        assertThat(listener.drain()).containsExactlyInAnyOrder("REMOVED a: old", "REMOVED c: old", "REMOVED e: old");
        assertThat(fixture.counts("bulk")).isEqualTo("0h 0m 5p 3r 0e");
        assertThat(liveKeys()).containsExactly("b=old", "d=old");
    }

    @Test
    void removeAllEntries_writerFailsForSome_othersAreRemoved() {
        cache.putAll(all("old"));
        writer.failingFor(Set.of("c"), failure);

        assertThatThrownBy(cache::removeAll).isSameAs(failure);

        assertThat(liveKeys()).containsExactly("c=old");
    }

    @Test
    void putAll_writerFailsForAll_nothingIsPut() {
        writer.failing(new IllegalStateException("not connected"));

        assertThatThrownBy(() -> cache.putAll(all("new")))
                .isInstanceOf(CacheWriterException.class)
                .hasRootCauseMessage("not connected");

        assertThat(liveKeys()).isEmpty();
    }

    @Test
    void putAll_writerReturnsAndLeavesKeys_allArePut() {
        writer.doingThen(rest -> rest.removeIf(any -> rest.size() > 2));

        cache.putAll(all("new"));

        assertThat(liveKeys()).hasSize(KEYS.size());
    }

    @Test
    void putAll_empty_writerIsNotCalled() {
        cache.putAll(Map.of());
        cache.removeAll(Set.of());
        cache.removeAll();

        assertThat(writer.drain()).isEmpty();
    }

    @Test
    void putAll_writerAndListenersFail_listenersAreSuppressedInWriter() {
        failingListener();
        writer.failingFor(Set.of("a", "b"), failure);

        var thrown = catchThrowable(() -> cache.putAll(all("new")));

        assertThat(thrown).isSameAs(failure);
        assertThat(suppressedBy(thrown))
                .hasSize(3)
                .allSatisfy(suppressed -> assertThat(suppressed).isInstanceOf(CacheEntryListenerException.class));
        assertThat(liveKeys()).containsExactly("c=new", "d=new", "e=new");
    }

    /** A chunk of a store tells its listeners together, so one failure may have suppressed the next. */
    private static List<Throwable> suppressedBy(Throwable thrown) {
        return Stream.of(thrown.getSuppressed())
                .flatMap(each -> Stream.concat(Stream.of(each), suppressedBy(each).stream()))
                .toList();
    }

    static Stream<Arguments> bulkWrites() {
        return Stream.of(
                bulk("putAll", c -> c.putAll(all("new")), "new"),
                bulk("removeAll of keys", c -> c.removeAll(KEYS), null),
                bulk("removeAll", Cache::removeAll, null));
    }

    private static Arguments bulk(String name, Consumer<Cache<String, String>> call, String after) {
        return Arguments.of(name, call, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bulkWrites")
    void bulk_listenerFails_goesOn(String name, Consumer<Cache<String, String>> call, String after) {
        cache.putAll(all("old"));
        failingListener();

        var thrown = catchThrowable(() -> call.accept(cache));

        assertThat(thrown).isInstanceOf(CacheEntryListenerException.class).hasRootCauseMessage("the listener's");
        assertThat(thrown.getSuppressed()).hasSize(KEYS.size() - 1);
        assertThat(liveKeys()).hasSize(after == null ? 0 : KEYS.size()).allMatch(entry -> entry.endsWith("=" + after));
    }

    @Test
    void bulk_listenerThrowsTheSameObject_goesOn() {
        var same = new CacheEntryListenerException("always the same");
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw same;
        }));

        assertThatThrownBy(() -> cache.putAll(all("new"))).isSameAs(same);

        assertThat(liveKeys()).hasSize(KEYS.size());
    }

    @Test
    @MemoryOnly("what expired on disk goes silently with a clear")
    void clear_expiredListenerFails_clearsEverything() {
        cache.putAll(all("old"));
        fixture.clock().advance(Duration.ofMinutes(10));
        cache.put("f", "live");
        cache.put("g", "live");
        failingListener();

        var thrown = catchThrowable(cache::clear);

        assertThat(liveKeys()).isEmpty();
        assertThat(thrown).isInstanceOf(CacheEntryListenerException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loadAll_listenerFails_everythingIsLoadedAndTheCallerIsTold(boolean replaceExisting) {
        failingListener();
        var completion = new CompletionListenerFuture();

        cache.loadAll(KEYS, replaceExisting, completion);

        assertThatThrownBy(() -> completion.get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CacheEntryListenerException.class);
        assertThat(liveKeys()).hasSize(KEYS.size());
    }

    @Test
    void getAll_listenerFails_everythingIsLoaded() {
        failingListener();

        assertThatThrownBy(() -> cache.getAll(KEYS)).isInstanceOf(CacheEntryListenerException.class);

        assertThat(liveKeys()).hasSize(KEYS.size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void getAll_expiredListenerFails_everyKeyIsLookedUpAndLoaded(boolean isReadThrough) {
        Cache<String, String> expired = fixture.create(
                "expired",
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(() -> policy)
                        .setReadThrough(isReadThrough)
                        .setCacheLoaderFactory(loader.factory()));
        expired.putAll(all("old"));
        fixture.clock().advance(Duration.ofMinutes(10));
        expired.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            if (event.getEventType() == EventType.EXPIRED) {
                throw new IllegalStateException("the listener's");
            }
        }));

        assertThatThrownBy(() -> expired.getAll(KEYS)).isInstanceOf(CacheEntryListenerException.class);

        assertThat(fixture.counts("expired")).isEqualTo("0h 5m 5p 0r 0e");
        assertThat(expired).hasSize(isReadThrough ? KEYS.size() : 0);
    }

    @Test
    void get_expiredListenerFails_valueIsLoaded() {
        cache.put("a", "old");
        fixture.clock().advance(Duration.ofMinutes(10));
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            if (event.getEventType() == EventType.EXPIRED) {
                throw new IllegalStateException("the listener's");
            }
        }));

        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(CacheEntryListenerException.class);

        assertThat(liveKeys()).containsExactly("a=loaded");
    }

    @Test
    void putAll_writerFailsAndOneKeyIsHeldByTheCaller_othersArePutAndNoFailureIsLost() {
        writer.failingFor(Set.of("e"), failure);
        var seen = new AtomicReference<Throwable>();

        cache.invoke("a", (entry, arguments) -> {
            seen.set(catchThrowable(() -> cache.putAll(all("new"))));
            return null;
        });

        assertThat(seen.get()).isSameAs(failure);
        assertThat(seen.get().getSuppressed())
                .singleElement()
                .satisfies(suppressed -> assertThat(suppressed).isInstanceOf(CacheDeadlockException.class));
        assertThat(liveKeys()).containsExactly("b=new", "c=new", "d=new");
    }

    private void failingListener() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw new IllegalStateException("the listener's");
        }));
    }
}
