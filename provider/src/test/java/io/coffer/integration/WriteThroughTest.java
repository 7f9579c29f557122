package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CacheDeadlockException;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.RecordingWriter;
import io.coffer.testing.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller changes is written through, before it is changed here; what happens by itself is not (JSR-107, CacheWriter). */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteThroughTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Tasks tasks = new Tasks();
    private final RecordingWriter writer = new RecordingWriter();
    private final RecordingLoader loader = new RecordingLoader().with("a", "A");
    private final Cache<String, String> cache = create("c", true);

    private Cache<String, String> create(String name, boolean isWriteThrough) {
        return fixture.create(
                name,
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(
                                CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1)))
                        .setReadThrough(true)
                        .setCacheLoaderFactory(loader.factory())
                        .setWriteThrough(isWriteThrough)
                        .setCacheWriterFactory(writer.factory()));
    }

    @AfterEach
    void close() {
        tasks.close();
        fixture.close();
    }

    @Test
    void writer_withoutWriteThrough_isNeverCalled() {
        var plain = create("plain", false);

        plain.put("k", "1");
        plain.putAll(Map.of("k", "2"));
        plain.remove("k");
        plain.removeAll();

        assertThat(writer.drain()).isEmpty();
    }

    @Test
    void loadedValue_isNotWrittenBack() throws Exception {
        cache.get("a");
        cache.remove("a");
        writer.drain();
        cache.getAll(Set.of("a"));
        cache.invoke("a", (entry, arguments) -> entry.getValue());

        assertThat(writer.drain()).isEmpty();
    }

    @Test
    void expiryAndClear_areNoDeletes() {
        cache.put("k", "1");
        cache.put("cleared", "1");
        writer.drain();
        cache.clear();
        cache.put("k", "1");
        writer.drain();

        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.sweeper().sweep();
        cache.removeAll();

        assertThat(writer.drain()).isEmpty();
    }

    @Test
    void write_happensBeforeTheValueIsSeen() {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        cache.put("k", "old");
        writer.doingThen(rest -> {
            entered.countDown();
            Tasks.await(go);
        });
        var put = tasks.run(() -> cache.put("k", "new"));
        Tasks.await(entered);

        assertThat(cache.get("k")).isEqualTo("old");
        go.countDown();

        Tasks.result(put);
        assertThat(cache.get("k")).isEqualTo("new");
    }

    /** The writer and the cache see the changes of a key in the same order: the writer runs under the key's lock. */
    @Test
    void write_ofOneKeyByManyThreads_lastWrittenIsWhatTheCacheHolds() {
        var running = new ArrayList<Future<Void>>();
        for (int thread = 0; thread < 8; thread++) {
            int number = thread;
            running.add(tasks.run(() -> {
                for (int call = 0; call < 500; call++) {
                    cache.put("k", number + "." + call);
                }
            }));
        }

        running.forEach(Tasks::result);

        var written = writer.drain();
        assertThat(written).hasSize(4_000);
        assertThat(written.get(written.size() - 1)).isEqualTo("write k=" + cache.get("k"));
    }

    @Test
    void remove_absentKey_isDeletedAllTheSame() {
        assertThat(cache.remove("nowhere")).isFalse();
        assertThat(cache.getAndRemove("nowhere")).isNull();
        assertThat(cache.remove("nowhere", "value")).isFalse();

        assertThat(writer.drain()).containsExactly("delete nowhere", "delete nowhere");
    }

    @Test
    void bulk_isOneCallOfTheWriter() {
        cache.putAll(Map.of("x", "1", "y", "2"));
        cache.removeAll(Set.of("x", "nowhere"));
        cache.removeAll();

        assertThat(writer.drain()).containsExactly("writeAll [x=1, y=2]", "deleteAll [nowhere, x]", "deleteAll [y]");
    }

    @Test
    void writer_usesTheKeyItIsCalledFor_failsInsteadOfWaitingForItself() {
        writer.doingThen(rest -> cache.put("k", "again"));

        assertThatThrownBy(() -> cache.put("k", "1"))
                .isInstanceOf(CacheWriterException.class)
                .hasCauseInstanceOf(CacheDeadlockException.class);

        assertThat(cache.containsKey("k")).isFalse();
    }

    /** The writer of a bulk call runs before any key is locked, so it may use them. */
    @Test
    void bulkWriter_usesTheKeysItIsCalledFor_findsThemFree() {
        var found = new ArrayList<Boolean>();
        cache.put("k", "1");
        writer.doingThen(rest -> found.add(cache.replace("k", "no such value", "new")));

        cache.putAll(Map.of("k", "2"));
        cache.removeAll(Set.of("k"));

        assertThat(found).containsExactly(false, false);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void writer_fails_messageNamesItAndTheMethodButNoContent() {
        writer.failing(new IllegalStateException("not connected"));

        assertThatThrownBy(() -> cache.put("secret key", "secret value"))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining(RecordingWriter.class.getName())
                .hasMessageContaining("write")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> cache.removeAll(Set.of("secret key")))
                .hasMessageContaining("deleteAll")
                .message()
                .doesNotContain("secret");
    }
}
