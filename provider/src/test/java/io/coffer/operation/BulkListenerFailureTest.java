package io.coffer.operation;

import static io.coffer.operation.BulkFixture.KEYS;
import static io.coffer.operation.BulkFixture.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.MemoryOnly;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operation on many keys does not stop because a listener fails. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkListenerFailureTest {
    private final BulkFixture bulk = new BulkFixture();
    private final CacheFixture fixture = bulk.fixture;
    private final Cache<String, String> cache = bulk.cache;

    @AfterEach
    void close() {
        bulk.close();
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
        bulk.failingListener();

        var thrown = catchThrowable(() -> call.accept(cache));

        assertThat(thrown).isInstanceOf(CacheEntryListenerException.class).hasRootCauseMessage("the listener's");
        assertThat(thrown.getSuppressed()).hasSize(KEYS.size() - 1);
        assertThat(bulk.liveKeys())
                .hasSize(after == null ? 0 : KEYS.size())
                .allMatch(entry -> entry.endsWith("=" + after));
    }

    @Test
    void bulk_listenerThrowsTheSameObject_goesOn() {
        var same = new CacheEntryListenerException("always the same");
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw same;
        }));

        assertThatThrownBy(() -> cache.putAll(all("new"))).isSameAs(same);

        assertThat(bulk.liveKeys()).hasSize(KEYS.size());
    }

    @Test
    @MemoryOnly("what expired on disk goes silently with a clear")
    void clear_expiredListenerFails_clearsEverything() {
        cache.putAll(all("old"));
        fixture.clock().advance(Duration.ofMinutes(10));
        cache.put("f", "live");
        cache.put("g", "live");
        bulk.failingListener();

        var thrown = catchThrowable(cache::clear);

        assertThat(bulk.liveKeys()).isEmpty();
        assertThat(thrown).isInstanceOf(CacheEntryListenerException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loadAll_listenerFails_everythingIsLoadedAndTheCallerIsTold(boolean replaceExisting) {
        bulk.failingListener();
        var completion = new CompletionListenerFuture();

        cache.loadAll(KEYS, replaceExisting, completion);

        assertThatThrownBy(() -> completion.get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CacheEntryListenerException.class);
        assertThat(bulk.liveKeys()).hasSize(KEYS.size());
    }

    @Test
    void getAll_listenerFails_everythingIsLoaded() {
        bulk.failingListener();

        assertThatThrownBy(() -> cache.getAll(KEYS)).isInstanceOf(CacheEntryListenerException.class);

        assertThat(bulk.liveKeys()).hasSize(KEYS.size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void getAll_expiredListenerFails_everyKeyIsLookedUpAndLoaded(boolean isReadThrough) {
        Cache<String, String> expired = fixture.create(
                "expired",
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(() -> bulk.policy)
                        .setReadThrough(isReadThrough)
                        .setCacheLoaderFactory(bulk.loader.factory()));
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

        assertThat(bulk.liveKeys()).containsExactly("a=loaded");
    }
}
