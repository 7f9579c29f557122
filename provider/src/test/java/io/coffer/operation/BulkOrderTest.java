package io.coffer.operation;

import static io.coffer.operation.BulkFixture.KEYS;
import static io.coffer.operation.BulkFixture.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.CacheDeadlockException;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operation on many keys goes as far as the CacheWriter has come. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkOrderTest {
    private final BulkFixture bulk = new BulkFixture();
    private final CacheFixture fixture = bulk.fixture;
    private final RecordingWriter writer = bulk.writer;
    private final Cache<String, String> cache = bulk.cache;
    private final CacheWriterException failure = new CacheWriterException("partly written");

    @AfterEach
    void close() {
        bulk.close();
    }

    @Test
    void putAll_writerFailsForSome_othersArePut() {
        cache.putAll(Map.of("a", "old", "b", "old"));
        var listener = CacheFixture.listen(cache);
        writer.failingFor(Set.of("b", "d"), failure);

        assertThatThrownBy(() -> cache.putAll(all("new"))).isSameAs(failure);

        assertThat(fixture.counts("bulk")).as("two puts before").isEqualTo("0h 0m 5p 0r 0e");
        assertThat(bulk.liveKeys()).containsExactly("a=new", "b=old", "c=new", "e=new");
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
        assertThat(bulk.liveKeys()).containsExactly("b=old", "d=old");
    }

    @Test
    void removeAllEntries_writerFailsForSome_othersAreRemoved() {
        cache.putAll(all("old"));
        writer.failingFor(Set.of("c"), failure);

        assertThatThrownBy(cache::removeAll).isSameAs(failure);

        assertThat(bulk.liveKeys()).containsExactly("c=old");
    }

    @Test
    void putAll_writerFailsForAll_nothingIsPut() {
        writer.failing(new IllegalStateException("not connected"));

        assertThatThrownBy(() -> cache.putAll(all("new")))
                .isInstanceOf(CacheWriterException.class)
                .hasRootCauseMessage("not connected");

        assertThat(bulk.liveKeys()).isEmpty();
    }

    @Test
    void putAll_writerReturnsAndLeavesKeys_allArePut() {
        writer.doingThen(rest -> rest.removeIf(any -> rest.size() > 2));

        cache.putAll(all("new"));

        assertThat(bulk.liveKeys()).hasSize(KEYS.size());
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
        bulk.failingListener();
        writer.failingFor(Set.of("a", "b"), failure);

        var thrown = catchThrowable(() -> cache.putAll(all("new")));

        assertThat(thrown).isSameAs(failure);
        assertThat(suppressedBy(thrown))
                .hasSize(3)
                .allSatisfy(suppressed -> assertThat(suppressed).isInstanceOf(CacheEntryListenerException.class));
        assertThat(bulk.liveKeys()).containsExactly("c=new", "d=new", "e=new");
    }

    /** A chunk of a store tells its listeners together, so one failure may have suppressed the next. */
    private static List<Throwable> suppressedBy(Throwable thrown) {
        return Stream.of(thrown.getSuppressed())
                .flatMap(each -> Stream.concat(Stream.of(each), suppressedBy(each).stream()))
                .toList();
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
        assertThat(bulk.liveKeys()).containsExactly("b=new", "c=new", "d=new");
    }
}
