package io.coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.jcache.CacheFixture;
import io.coffer.operation.ScriptedPolicy.Answer;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.RecordingWriter;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The effects of an operation come in one order, so that a CacheWriter that fails leaves behind only what came before it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperationOrderTest {
    private final CacheFixture fixture = new CacheFixture();
    private final ScriptedPolicy policy = new ScriptedPolicy(Answer.TEN_MINUTES);
    private final RecordingWriter writer = new RecordingWriter();
    private final Cache<String, Object> cache = fixture.create(
            "c",
            CacheFixture.<String, Object>configuration()
                    .setExpiryPolicyFactory(() -> policy)
                    .setWriteThrough(true)
                    .setCacheWriterFactory(writer.factory()));
    private final IllegalStateException failure = new IllegalStateException("out of order");

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> writesToLiveEntry() {
        return Stream.of(
                write("put", c -> c.put("k", "new")),
                write("getAndPut", c -> c.getAndPut("k", "new")),
                write("replace", c -> c.replace("k", "new")),
                write("replace matching", c -> c.replace("k", "old", "new")),
                write("getAndReplace", c -> c.getAndReplace("k", "new")),
                write("remove", c -> c.remove("k")),
                write("remove matching", c -> c.remove("k", "old")),
                write("getAndRemove", c -> c.getAndRemove("k")),
                write("putAll", c -> c.putAll(Map.of("k", "new"))),
                write("removeAll of keys", c -> c.removeAll(Map.of("k", "").keySet())),
                write("removeAll", Cache::removeAll));
    }

    private static Arguments write(String name, Consumer<Cache<String, Object>> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writesToLiveEntry")
    void write_writerFails_changesNothing(String name, Consumer<Cache<String, Object>> write) {
        cache.put("k", "old");
        var listener = CacheFixture.listen(cache);
        policy.drain();
        writer.failing(failure);

        assertThatThrownBy(() -> write.accept(cache))
                .isInstanceOf(CacheWriterException.class)
                .hasCause(failure);

        assertThat(listener.drain()).isEmpty();
        assertThat(fixture.counts("c")).isEqualTo("0h 0m 1p 0r 0e");
        assertThat(policy.drain()).isEmpty();
        assertThat(cache.get("k")).isEqualTo("old");
    }

    @Test
    void putIfAbsent_writerFails_addsNothing() {
        writer.failing(failure);

        assertThatThrownBy(() -> cache.putIfAbsent("k", "new"))
                .isInstanceOf(CacheWriterException.class)
                .hasCause(failure);

        assertThat(fixture.counts("c")).isEqualTo("0h 0m 0p 0r 0e");
        assertThat(policy.drain()).isEmpty();
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void invoke_writerFails_changesNothing() {
        cache.put("k", "old");
        writer.failing(failure);

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue("new");
                    return null;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(CacheWriterException.class)
                .hasRootCause(failure);

        assertThat(fixture.counts("c")).isEqualTo("0h 0m 1p 0r 0e");
        assertThat(cache.get("k")).isEqualTo("old");
    }

    @Test
    void iteratorRemove_writerFails_entryStays() {
        cache.put("k", "old");
        writer.failing(failure);
        var entries = cache.iterator();
        entries.next();

        assertThatThrownBy(entries::remove).isInstanceOf(CacheWriterException.class);

        assertThat(cache.get("k")).isEqualTo("old");
    }

    @Test
    void put_writerThrowsItsOwnException_reachesTheCallerAsItIs() {
        var own = new CacheWriterException("own");
        writer.failing(own);

        assertThatThrownBy(() -> cache.put("k", "new")).isSameAs(own);
    }

    @Test
    void put_writerThrowsError_changesNothingAndUnlocks() {
        var error = new AssertionError("the writer's");
        writer.doingThen(rest -> {
            throw error;
        });

        assertThatThrownBy(() -> cache.put("k", "new")).isSameAs(error);

        writer.doingThen(rest -> {});
        assertThat(cache.putIfAbsent("k", "next")).isTrue();
    }

    @Test
    void put_writerFailsOnExpiredEntry_expiryStandsAndIsToldOnce() {
        cache.put("k", "old");
        var listener = CacheFixture.listen(cache);
        fixture.clock().advance(Duration.ofMinutes(10));
        writer.failing(failure);

        assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(CacheWriterException.class);
        assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(CacheWriterException.class);

        assertThat(listener.drain()).containsExactly("EXPIRED k: old");
    }

    @Test
    void put_expiredListenerAndWriterFail_listenerIsSuppressedInWriter() {
        cache.put("k", "old");
        fixture.clock().advance(Duration.ofMinutes(10));
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            throw new UnsupportedOperationException("the listener's");
        }));
        writer.failing(failure);

        var thrown = catchThrowable(() -> cache.put("k", "new"));

        assertThat(thrown).isInstanceOf(CacheWriterException.class).hasCause(failure);
        assertThat(thrown.getSuppressed())
                .singleElement()
                .satisfies(suppressed -> assertThat(suppressed)
                        .isInstanceOf(CacheEntryListenerException.class)
                        .hasCauseInstanceOf(UnsupportedOperationException.class));
    }

    @Test
    void put_valueCannotBeEncoded_writerIsNotCalledAndNothingChanges() {
        cache.put("k", "old");
        writer.drain();
        var listener = CacheFixture.listen(cache);

        assertThatThrownBy(() -> cache.put("k", new Object())).isExactlyInstanceOf(CacheException.class);

        assertThat(writer.drain()).isEmpty();
        assertThat(listener.drain()).isEmpty();
        assertThat(cache.get("k")).isEqualTo("old");
    }

    @Test
    void putAll_oneValueCannotBeEncoded_nothingIsWrittenOrPut() {
        assertThatThrownBy(() -> cache.putAll(Map.of("a", "1", "b", new Object(), "c", "3")))
                .isExactlyInstanceOf(CacheException.class);

        assertThat(writer.drain()).isEmpty();
        assertThat(cache.iterator().hasNext()).isFalse();
    }
}
