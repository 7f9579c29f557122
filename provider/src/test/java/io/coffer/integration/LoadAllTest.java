package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code loadAll} goes on by itself, and tells its listener exactly once how it ended, however it ends. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoadAllTest {
    private final CacheFixture fixture = new CacheFixture();
    private final CapturedLog log = new CapturedLog();
    private final Tasks tasks = new Tasks();
    private final RecordingLoader loader = new RecordingLoader().with("a", "A").with("b", "B");
    private final Cache<String, String> cache = create("c");
    private final Completion completion = new Completion();

    /** Writes down each call, and does not mind a second one, so that the test may. */
    private static final class Completion implements CompletionListener {
        private final List<Object> calls = new CopyOnWriteArrayList<>();
        private final CountDownLatch called = new CountDownLatch(1);

        @Override
        public void onCompletion() {
            calls.add("completed");
            called.countDown();
        }

        @Override
        public void onException(Exception failure) {
            calls.add(failure);
            called.countDown();
        }
    }

    private Cache<String, String> create(String name) {
        return fixture.create(
                name, CacheFixture.<String, String>configuration().setCacheLoaderFactory(loader.factory()));
    }

    @AfterEach
    void close() {
        tasks.close();
        fixture.close();
        log.close();
    }

    /** Waits for the call, and for all that runs in the background, so that a second call would be seen. */
    private List<Object> callsAtEnd() {
        Tasks.await(completion.called);
        fixture.manager().close();
        return completion.calls;
    }

    private Map<String, String> contents() {
        var contents = new HashMap<String, String>();
        cache.forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
        return contents;
    }

    @Test
    void loadAll_notReplacing_loadsWhatIsMissingAndCountsNothing() {
        cache.put("a", "old");
        var listener = CacheFixture.listen(cache);

        cache.loadAll(Set.of("a", "b", "unknown"), false, completion);

        Tasks.await(completion.called);
        assertThat(contents()).isEqualTo(Map.of("a", "old", "b", "B"));
        assertThat(loader.drain()).containsExactly("loadAll [b, unknown]");
        assertThat(listener.drain()).containsExactly("CREATED b: B");
        assertThat(fixture.counts("c")).as("two hits of the test's own").isEqualTo("2h 0m 1p 0r 0e");
        assertThat(callsAtEnd()).containsExactly("completed");
    }

    @Test
    void loadAll_replacing_loadsEverythingAndLeavesWhatTheLoaderHasNot() {
        cache.put("a", "old");
        cache.put("unknown", "old");
        var listener = CacheFixture.listen(cache);

        cache.loadAll(Set.of("a", "b", "unknown"), true, completion);

        Tasks.await(completion.called);
        assertThat(contents()).isEqualTo(Map.of("a", "A", "b", "B", "unknown", "old"));
        assertThat(listener.drain()).containsExactlyInAnyOrder("UPDATED a: old -> A", "CREATED b: B");
        assertThat(callsAtEnd()).containsExactly("completed");
    }

    @Test
    void loadAll_everythingIsThere_completesWithoutTheLoader() {
        cache.put("a", "old");

        cache.loadAll(Set.of("a"), false, completion);

        assertThat(callsAtEnd()).containsExactly("completed");
        assertThat(loader.drain()).isEmpty();
    }

    @Test
    void loadAll_noKeys_completes() {
        cache.loadAll(Set.of(), true, completion);

        assertThat(callsAtEnd()).containsExactly("completed");
    }

    @Test
    void loadAll_noLoader_completes() {
        Cache<String, String> plain = fixture.create("plain", CacheFixture.configuration());

        plain.loadAll(Set.of("a"), true, completion);

        assertThat(callsAtEnd()).containsExactly("completed");
    }

    @Test
    void loadAll_loaderFails_listenerIsGivenTheFailureAndNothingIsStored() {
        loader.doingFirst(() -> {
            throw new IllegalStateException("not connected");
        });

        cache.loadAll(Set.of("a", "b"), false, completion);

        Tasks.await(completion.called);
        assertThat(contents()).isEmpty();
        assertThat(callsAtEnd())
                .singleElement()
                .isInstanceOfSatisfying(
                        CacheLoaderException.class,
                        failure -> assertThat(failure).hasRootCauseMessage("not connected"));
    }

    @Test
    void loadAll_loaderThrowsError_listenerIsToldAllTheSame() {
        loader.doingFirst(() -> {
            throw new NoClassDefFoundError("com.acme.Missing");
        });

        cache.loadAll(Set.of("a", "b"), true, completion);

        assertThat(callsAtEnd())
                .singleElement()
                .isInstanceOfSatisfying(
                        CacheLoaderException.class,
                        failure -> assertThat(failure).hasRootCauseInstanceOf(NoClassDefFoundError.class));
    }

    @Test
    void loadAll_listenerItselfFails_isNotToldTwice() {
        var calls = new ArrayList<String>();
        var called = new CountDownLatch(1);
        cache.loadAll(Set.of("a"), true, new CompletionListener() {
            @Override
            public void onCompletion() {
                calls.add("completed");
                called.countDown();
                throw new IllegalStateException("the listener's");
            }

            @Override
            public void onException(Exception failure) {
                calls.add("failed");
            }
        });
        Tasks.await(called);
        Tasks.awaitThat(() -> !log.warnings().isEmpty(), "a warning");
        fixture.manager().close();

        assertThat(calls).containsExactly("completed");
        assertThat(log.warnings()).anyMatch(warning -> warning.contains("\"c\"") && warning.contains("loadAll"));
    }

    @Test
    void loadAll_withoutListener_loadsAndLogsAFailure() {
        cache.loadAll(Set.of("a"), true, null);
        Tasks.awaitThat(() -> cache.containsKey("a"), "the key to be loaded");
        loader.doingFirst(() -> {
            throw new IllegalStateException("not connected");
        });

        cache.loadAll(Set.of("b"), true, null);

        Tasks.awaitThat(() -> !log.warnings().isEmpty(), "a warning");
        assertThat(log.warnings()).allMatch(warning -> warning.contains("\"c\"") && warning.contains("loadAll"));
    }

    @Test
    void loadAll_returnsBeforeTheLoadEnds() {
        var go = new CountDownLatch(1);
        loader.doingFirst(() -> Tasks.await(go));

        cache.loadAll(Set.of("a"), true, completion);

        assertThat(completion.calls).isEmpty();
        go.countDown();
        assertThat(callsAtEnd()).containsExactly("completed");
    }

    @Test
    void loadAll_allThreadsAreBusy_isDoneByTheCallerAndListenerToldOnce() {
        int threads = 64;
        var busy = new CountDownLatch(threads);
        var go = new CountDownLatch(1);
        loader.doingFirst(() -> {
            busy.countDown();
            Tasks.await(go);
        });
        for (int i = 0; i < threads; i++) {
            cache.loadAll(Set.of("busy " + i), true, null);
        }
        Tasks.await(busy);
        loader.doingFirst(() -> {});

        cache.loadAll(Set.of("a"), true, completion);

        assertThat(completion.calls).containsExactly("completed");
        assertThat(cache.get("a")).isEqualTo("A");
        go.countDown();
        assertThat(callsAtEnd()).containsExactly("completed");
    }

    @Test
    void loadAll_closedCache_throwsAndTellsNobody() {
        cache.close();

        assertThatThrownBy(() -> cache.loadAll(Set.of("a"), true, completion))
                .isInstanceOf(IllegalStateException.class);

        assertThat(completion.calls).isEmpty();
    }

    /** Unless it has waited for two seconds, after which it may give up: so long a busy machine may let a thread stand. */
    @Test
    void close_whileLoading_waitsForTheLoadAndItsListener() {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        loader.doingFirst(() -> {
            entered.countDown();
            Tasks.await(go);
        });
        cache.loadAll(Set.of("a"), true, completion);
        Tasks.await(entered);
        var close = tasks.startParked(() -> {
            long start = System.nanoTime();
            cache.close();
            boolean mayHaveGivenUp = System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(2);
            return mayHaveGivenUp ? List.of("completed") : List.copyOf(completion.calls);
        });

        go.countDown();

        assertThat(Tasks.result(close)).containsExactly("completed");
        assertThat(callsAtEnd()).containsExactly("completed");
    }

    /** The only test that takes two seconds: as long as close waits for a load that does not end. */
    @Test
    void close_loadDoesNotEnd_closesAllTheSameAndListenerIsToldOnceLater() {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        loader.doingFirst(() -> {
            entered.countDown();
            Tasks.await(go);
        });
        cache.loadAll(Set.of("a"), true, completion);
        Tasks.await(entered);

        cache.close();

        assertThat(cache.isClosed()).isTrue();
        assertThat(completion.calls).isEmpty();
        go.countDown();
        assertThat(callsAtEnd()).hasSize(1);
    }
}
