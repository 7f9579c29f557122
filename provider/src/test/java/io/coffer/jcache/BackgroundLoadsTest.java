package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListener;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a loadAll that is running when its cache or its manager is closed. */
class BackgroundLoadsTest {
    private static final long SECONDS_MAX = 60;
    private static final int TRIES = 20;

    private final URI uri = URI.create("loads-test-" + UUID.randomUUID());
    private final CofferCachingProvider provider = new CofferCachingProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager manager() {
        return provider.getCacheManager(uri, null);
    }

    @Test
    void close_loadAllIsRunning_waitsForItAndItsListenerHears() throws Exception {
        var loader = new BlockingLoader();
        var cache = cacheWith(loader);
        var future = new CompletionListenerFuture();
        cache.loadAll(Set.of("k"), false, future);
        assertThat(loader.begun.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        var waited = new CompletableFuture<Duration>();
        var closer = new Thread(() -> {
            long start = System.nanoTime();
            cache.close();
            waited.complete(Duration.ofNanos(System.nanoTime() - start));
        });
        closer.start();
        Threads.await(
                "the wait for the load", () -> closer.getState() == Thread.State.TIMED_WAITING || waited.isDone());
        if (waited.isDone()) { // it may give up while this thread has to stand
            assertThat(waited.get()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }

        loader.mayEnd.countDown();
        waited.get(SECONDS_MAX, TimeUnit.SECONDS);

        future.get(SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(loader.interrupted).hasValue(0);
    }

    /** A load within a load, on the same thread since no other is free: closing the cache there must not wait for itself. */
    @Test
    void awaitEnd_withinALoadAfterAnotherWithinIt_waitsForNobody() {
        var executor = new BackgroundExecutor(
                "test", new LoaderContext(() -> getClass().getClassLoader()));
        executor.close(); // so that the caller runs everything himself

        var shortest = Duration.ofDays(1);
        for (int i = 0; i < TRIES && shortest.toSeconds() > 0; i++) { // who waits for himself does so each time
            var time = timeOfAwaitingWithin(executor);
            shortest = time.compareTo(shortest) < 0 ? time : shortest;
        }

        assertThat(shortest).isLessThan(Duration.ofSeconds(1));
    }

    private static Duration timeOfAwaitingWithin(BackgroundExecutor executor) {
        var loads = new BackgroundLoads("c", executor);
        var nanos = new AtomicLong();
        loads.start(
                () -> {
                    loads.start(() -> {}, null);
                    long start = System.nanoTime();
                    loads.awaitEnd();
                    nanos.set(System.nanoTime() - start);
                },
                null);
        return Duration.ofNanos(nanos.get());
    }

    @Test
    void tryStart_noThreadOrClosed_runsNothing() {
        var executor = new BackgroundExecutor(
                "test", new LoaderContext(() -> getClass().getClassLoader()));
        executor.close();
        var loads = new BackgroundLoads("c", executor);
        var runs = new AtomicInteger();

        assertThat(loads.tryStart(runs::incrementAndGet)).isFalse();
        loads.awaitEnd();
        assertThat(loads.tryStart(runs::incrementAndGet)).isFalse();
        assertThat(runs).hasValue(0);
    }

    /** What waits for ever must not keep a server from stopping. Takes as long as the manager's patience: four seconds. */
    @Test
    void close_loadAllNeverEnds_endsInBoundedTimeAndTheListenerHears() throws Exception {
        var loader = new BlockingLoader();
        var cache = cacheWith(loader);
        var told = new AtomicInteger();
        var heard = new CountDownLatch(1);
        cache.loadAll(Set.of("k"), false, new CompletionListener() {
            @Override
            public void onCompletion() {
                told.incrementAndGet();
                heard.countDown();
            }

            @Override
            public void onException(Exception e) {
                told.incrementAndGet();
                heard.countDown();
            }
        });
        assertThat(loader.begun.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        manager().close();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);

        assertThat(seconds).isLessThan(SECONDS_MAX);
        assertThat(heard.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        Threads.awaitEndOf("coffer-" + uri);
        assertThat(told).hasValue(1);
        assertThat(loader.interrupted).hasValue(1);
    }

    private Cache<String, Integer> cacheWith(CacheLoader<String, Integer> loader) {
        return manager()
                .createCache("c", new MutableConfiguration<String, Integer>().setCacheLoaderFactory(() -> loader));
    }

    /** Loads until it may end, or is interrupted. */
    private static final class BlockingLoader implements CacheLoader<String, Integer> {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        final AtomicInteger interrupted = new AtomicInteger();

        @Override
        public Integer load(String key) {
            begun.countDown();
            try {
                if (!mayEnd.await(3 * SECONDS_MAX, TimeUnit.SECONDS)) {
                    throw new AssertionError("Nobody lets it end");
                }
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw new IllegalStateException(e);
            }
            return 1;
        }

        @Override
        public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            return Map.of("k", load("k"));
        }
    }
}
