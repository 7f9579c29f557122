package io.coffer.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferCache;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.Tasks;
import io.coffer.testing.Threads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hit shortly before the deadline reloads the entry in the background. Entries live for ten seconds, the last two count. */
class RefreshAheadTest {
    private static final javax.cache.expiry.Duration TEN = new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10);

    private final CacheFixture fixture = new CacheFixture();
    private final RecordingLoader loader =
            new RecordingLoader().with("k", "old").with("l", "L");
    private final CofferCache<String, String> cache = create(new CreatedExpiryPolicy(TEN));

    private CofferCache<String, String> create(ExpiryPolicy policy) {
        return fixture.reading(
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(() -> policy)
                        .setRefreshAhead(Duration.ofSeconds(2)),
                loader);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void pass(long millis) {
        fixture.clock().advance(Duration.ofMillis(millis));
    }

    /** Until then, what time it is for a reload that is running is not certain. */
    private void awaitRestInTheBackground() {
        var threads = "coffer-" + fixture.manager().getURI();
        Tasks.awaitThat(
                () -> Threads.named(threads).stream()
                        .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING),
                "the end of what runs in the background");
    }

    private void awaitRefreshes(long count) {
        Tasks.awaitThat(() -> cache.counters().refreshes() == count, "refresh " + count);
    }

    @Test
    void get_deadlineIsNear_returnsAtOnceAndReloadsInTheBackground() {
        cache.get("k");
        loader.with("k", "new");
        var listener = CacheFixture.listen(cache);
        pass(8_001);

        assertThat(cache.get("k")).isEqualTo("old");
        awaitRefreshes(1);

        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(cache.expiresAt("k")).isEqualTo(fixture.clock().instant().plusSeconds(10));
        assertThat(listener.drain()).containsExactly("UPDATED k: old -> new");
        assertThat(loader.drain()).containsExactly("load k", "load k");
        assertThat(fixture.counts("c")).isEqualTo("2h 1m 0p 0r 0e");
    }

    @Test
    void get_deadlineIsFar_loadsNothing() {
        cache.get("k");
        pass(8_000);

        cache.get("k");

        assertThat(cache.counters().loads()).isEqualTo(1);
    }

    @Test
    void getAll_deadlineIsNear_reloadsAsWell() {
        cache.getAll(Set.of("k", "l"));
        loader.with("k", "new");
        pass(9_000);

        assertThat(cache.getAll(Set.of("k", "l"))).containsEntry("k", "old");

        awaitRefreshes(2);
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void get_manyThreadsWhileReloading_reloadOnce() {
        cache.get("k");
        pass(9_000);
        var mayEnd = new CountDownLatch(1);
        loader.drain();
        loader.doingFirst(() -> Tasks.await(mayEnd));

        Threads.race(8, any -> () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(cache.get("k")).isEqualTo("old");
            }
        });
        mayEnd.countDown();

        awaitRefreshes(1);
        assertThat(loader.drain()).containsExactly("load k");
    }

    @Test
    void put_whileReloading_waitsAndWins() {
        cache.get("k");
        pass(9_000);
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        loader.with("k", "loaded").doingFirst(() -> {
            begun.countDown();
            Tasks.await(mayEnd);
        });
        cache.get("k");
        Tasks.await(begun);
        try (var tasks = new Tasks()) {
            var put = tasks.startParked(() -> cache.getAndPut("k", "mine"));
            mayEnd.countDown();

            assertThat(Tasks.result(put)).isEqualTo("loaded");
            assertThat(cache.get("k")).isEqualTo("mine");
        }
    }

    @Test
    void get_loaderFails_keepsTheEntryUntilItsDeadlineAndTriesAgainAfterASecond() {
        try (var log = new CapturedLog()) {
            cache.get("k");
            pass(8_500);
            loader.doingFirst(() -> {
                throw new IllegalStateException("no connection");
            });

            cache.get("k");
            Tasks.awaitThat(() -> cache.counters().loadFailures() == 1, "the failure");
            awaitRestInTheBackground(); // the pause begins after the warning
            assertThat(log.warnings())
                    .containsExactly("Cache \"c\": an entry could not be refreshed ahead of its deadline");
            pass(500);
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.counters().loads()).as("within the pause").isEqualTo(2);
            pass(501);
            Tasks.awaitThat(
                    () -> "old".equals(cache.get("k")) && cache.counters().loadFailures() == 2, "the second try");
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void get_loaderFindsNothing_keepsTheEntryUntilItsDeadline() {
        cache.put("m", "M");
        pass(9_000);
        assertThat(cache.get("m")).isEqualTo("M");
        Tasks.awaitThat(() -> loader.calls().contains("load m"), "the reload");

        pass(999);
        assertThat(cache.get("m")).isEqualTo("M");
        pass(1);
        assertThat(cache.get("m")).isNull();
        assertThat(cache.counters().refreshes()).isZero();
    }

    @Test
    void remove_beforeTheReloadBegins_isNotUndone() {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        cache.get("k");
        pass(9_000);
        try (var tasks = new Tasks()) {
            var holder = tasks.run(() -> cache.invoke("k", (entry, arguments) -> {
                begun.countDown();
                Tasks.await(mayEnd);
                entry.remove();
                return null;
            }));
            Tasks.await(begun);
            cache.get("k");
            mayEnd.countDown();
            Tasks.result(holder);
        }

        fixture.close(); // waits for what runs in the background
        assertThat(loader.calls()).containsExactly("load k");
    }

    @Test
    void get_expiresWhileTheReloadWaits_isCreatedAnew() {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        cache.get("k");
        loader.with("k", "new");
        var listener = CacheFixture.listen(cache);
        pass(9_000);
        try (var tasks = new Tasks()) {
            var holder = tasks.run(() -> cache.invoke("k", (entry, arguments) -> {
                begun.countDown();
                Tasks.await(mayEnd);
                return null;
            }));
            Tasks.await(begun);
            cache.get("k");
            pass(1_000);
            mayEnd.countDown();
            Tasks.result(holder);
        }

        awaitRefreshes(1);
        assertThat(listener.drain()).containsExactly("EXPIRED k: old", "CREATED k: new");
    }

    @Test
    void get_accessMovesTheDeadline_stillReplacesTheValueThatWasSeen() {
        fixture.manager().destroyCache("c");
        var sliding = create(new AccessedExpiryPolicy(TEN));
        sliding.get("k");
        loader.with("k", "new");
        pass(9_000);

        sliding.get("k");

        Tasks.awaitThat(() -> "new".equals(sliding.get("k")), "the new value");
    }

    @Test
    void get_eternalEntryAndEndlessTimeAhead_isNeverReloaded() {
        fixture.manager().destroyCache("c");
        var eternal = fixture.reading(
                CacheFixture.<String, String>configuration().setRefreshAhead(Duration.ofSeconds(Long.MAX_VALUE)),
                loader);
        eternal.put("k", "v");

        assertThat(eternal.get("k")).isEqualTo("v");
        eternal.close(); // waits for what runs in the background
        assertThat(loader.calls()).isEmpty();
    }

    @Test
    void get_eternalEntry_isNeverReloaded() {
        cache.put("k", "v", java.time.Instant.MAX);

        pass(Duration.ofDays(1_000).toMillis());

        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(loader.calls()).isEmpty();
    }
}
