package io.coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.jcache.CacheFixture;
import io.coffer.operation.ScriptedPolicy.Answer;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.RecordingWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Synchronous listeners come last: one that fails is heard by the caller, and changes nothing of what has happened. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerFailureTest {
    private final CacheFixture fixture = new CacheFixture();
    private final ScriptedPolicy policy = new ScriptedPolicy(Answer.TEN_MINUTES);
    private final RecordingWriter writer = new RecordingWriter();
    private final Cache<String, Object> cache = fixture.create(
            "c",
            CacheFixture.<String, Object>configuration()
                    .setExpiryPolicyFactory(() -> policy)
                    .setWriteThrough(true)
                    .setCacheWriterFactory(writer.factory()));
    private final IllegalStateException failure = new IllegalStateException("the listener's");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void put_synchronousListenerFails_entryIsStoredAndCounted() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw failure;
        }));

        assertThatThrownBy(() -> cache.put("k", "new"))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasCause(failure);

        assertThat(writer.drain()).containsExactly("write k=new");
        assertThat(fixture.counts("c")).isEqualTo("0h 0m 1p 0r 0e");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void put_listenerThrowsItsOwnException_reachesTheCallerAsItIs() {
        var own = new CacheEntryListenerException("own");
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw own;
        }));

        assertThatThrownBy(() -> cache.put("k", "new")).isSameAs(own);
    }

    @Test
    void put_severalListenersFail_allAreToldAndFailuresSuppressed() {
        var told = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
                throw new IllegalStateException("listener " + told.incrementAndGet());
            }));
        }
        var last = CacheFixture.listen(cache);

        var thrown = catchThrowable(() -> cache.put("k", "new"));

        assertThat(thrown).isInstanceOf(CacheEntryListenerException.class).hasRootCauseMessage("listener 1");
        assertThat(thrown.getSuppressed())
                .extracting(suppressed -> suppressed.getCause().getMessage())
                .containsExactly("listener 2", "listener 3");
        assertThat(last.drain()).containsExactly("CREATED k: new");
    }

    @Test
    void put_listenersThrowTheSameObject_allAreToldAndItReachesTheCaller() {
        var same = new CacheEntryListenerException("always the same");
        var told = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
                told.incrementAndGet();
                throw same;
            }));
        }

        assertThatThrownBy(() -> cache.put("k", "1")).isSameAs(same);
        assertThatThrownBy(() -> cache.put("k", "2")).isSameAs(same);

        assertThat(told).hasValue(6);
    }

    @Test
    void put_listenerThrowsError_reachesTheCallerAndOthersAreTold() {
        var error = new AssertionError("the listener's");
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw error;
        }));
        var other = CacheFixture.listen(cache);

        assertThatThrownBy(() -> cache.put("k", "new")).isSameAs(error);

        assertThat(other.drain()).containsExactly("CREATED k: new");
    }

    @Test
    void listener_readsTheCache_seesWhatItIsToldOf() {
        var seen = new RecordingListener<String, Object>();
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            boolean isGone = event.getEventType() == EventType.REMOVED;
            assertThat(cache.get(event.getKey())).isEqualTo(isGone ? null : event.getValue());
        }));
        cache.registerCacheEntryListener(seen.configuration(true));

        cache.put("k", "1");
        cache.put("k", "2");
        cache.remove("k");

        assertThat(seen.drain()).containsExactly("CREATED k: 1", "UPDATED k: 1 -> 2", "REMOVED k: 2");
    }

    @Test
    void get_expiredListenerFails_missIsCounted() {
        cache.put("k", "old");
        fixture.clock().advance(Duration.ofMinutes(10));
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw failure;
        }));

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasCause(failure);

        assertThat(fixture.counts("c")).isEqualTo("0h 1m 1p 0r 0e");
    }
}
