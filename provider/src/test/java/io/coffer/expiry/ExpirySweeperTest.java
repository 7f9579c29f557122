package io.coffer.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CofferCachingProvider;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.Threads;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;

/** The thread that sweeps, in real time. */
class ExpirySweeperTest {
    private final String name = "test-" + UUID.randomUUID();
    private final String threadName = "coffer-sweeper-" + name;
    private final ExpirySweeper sweeper = new ExpirySweeper(name);

    /** A sweep that tells how often it was called. */
    private static final class Counting implements Runnable {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void run() {
            calls.incrementAndGet();
        }

        void awaitAnother() {
            int seen = calls.get();
            Threads.await("another sweep", () -> calls.get() > seen);
        }
    }

    @Test
    void add_first_startsADaemonThatHoldsNobodysLoader() {
        assertThat(Threads.named(threadName)).isEmpty();
        var sweep = new Counting();

        sweeper.add(sweep);

        var threads = Threads.named(threadName);
        assertThat(threads).hasSize(1);
        assertThat(threads.get(0).isDaemon()).isTrue();
        assertThat(threads.get(0).getContextClassLoader()).isNull();
        sweep.awaitAnother();
        sweeper.remove(sweep);
        Threads.awaitEndOf(threadName);
    }

    @Test
    void add_several_shareOneThread() {
        var first = new Counting();
        var second = new Counting();

        sweeper.add(first);
        sweeper.add(second);

        assertThat(Threads.named(threadName)).hasSize(1);
        first.awaitAnother();
        second.awaitAnother();
        sweeper.remove(first);
        second.awaitAnother();
        sweeper.remove(second);
        Threads.awaitEndOf(threadName);
    }

    @Test
    void remove_lastThenAdd_startsAgain() {
        var sweep = new Counting();
        for (int i = 0; i < 3; i++) {
            sweeper.add(sweep);
            sweep.awaitAnother();
            sweeper.remove(sweep);
        }

        Threads.awaitEndOf(threadName);
    }

    @Test
    void remove_immediatelyAfterAdd_neverLosesTheNext() {
        var sweep = new Counting();
        for (int i = 0; i < 200; i++) {
            sweeper.add(sweep);
            sweeper.remove(sweep);
        }
        sweeper.add(sweep);

        sweep.awaitAnother();
        assertThat(Threads.named(threadName)).hasSize(1);

        sweeper.remove(sweep);
        Threads.awaitEndOf(threadName);
    }

    @Test
    void sweep_fails_isTriedAgainAndTheOthersAreSwept() {
        try (var log = new CapturedLog()) {
            var calls = new CountDownLatch(3);
            Runnable failing = () -> {
                calls.countDown();
                if (calls.getCount() % 2 == 0) {
                    throw new IllegalStateException("no");
                }
                throw new AssertionError("no");
            };
            var other = new Counting();
            sweeper.add(failing);
            sweeper.add(other);

            Threads.await("three failures", () -> calls.getCount() == 0);
            other.awaitAnother();

            sweeper.remove(failing);
            sweeper.remove(other);
            Threads.awaitEndOf(threadName);
            assertThat(log.warnings()).hasSizeGreaterThanOrEqualTo(3).allMatch(line -> line.contains("sweep"));
        }
    }

    @Test
    void interrupt_byAStranger_doesNotEndTheSweeping() {
        var sweep = new Counting();
        sweeper.add(sweep);

        for (int i = 0; i < 5; i++) {
            Threads.named(threadName).get(0).interrupt();
            sweep.awaitAnother();
        }

        assertThat(Threads.named(threadName)).hasSize(1);
        sweeper.remove(sweep);
        Threads.awaitEndOf(threadName);
    }

    /** The lock of the sweeper is held while the set asks for a hash code: the moment to interrupt the waiting thread. */
    @Test
    void interrupt_whileTheLastIsRemoved_doesNotPreventTheNextStart() {
        var isRemoving = new AtomicBoolean();
        var sweep = new Runnable() {
            @Override
            public void run() {}

            @Override
            public boolean equals(Object other) {
                return this == other;
            }

            @Override
            public int hashCode() {
                if (isRemoving.get()) {
                    var thread = Threads.named(threadName).get(0);
                    thread.interrupt();
                    Threads.await("the wait for the lock", () -> thread.getState() == Thread.State.WAITING);
                }
                return 1;
            }
        };
        sweeper.add(sweep);
        Threads.await("the pause", () -> Threads.named(threadName).get(0).getState() == Thread.State.TIMED_WAITING);
        isRemoving.set(true);
        sweeper.remove(sweep);
        Threads.awaitEndOf(threadName);

        var next = new Counting();
        sweeper.add(next);

        next.awaitAnother();
        sweeper.remove(next);
        Threads.awaitEndOf(threadName);
    }

    @Test
    void manager_hasAThread_whileOneOfItsCachesCanExpire() {
        var provider = new CofferCachingProvider();
        var manager = provider.getCacheManager(URI.create(name), null);
        manager.createCache("eternal", new MutableConfiguration<>());
        assertThat(Threads.named(threadName)).isEmpty();

        create(manager, "one");
        create(manager, "two");
        assertThat(Threads.named(threadName)).hasSize(1);

        manager.destroyCache("one");
        assertThat(Threads.named(threadName)).hasSize(1);

        manager.getCache("two").close();
        Threads.awaitEndOf(threadName);

        create(manager, "three");
        assertThat(Threads.named(threadName)).hasSize(1);
        provider.close();
        Threads.awaitEndOf(threadName);
    }

    @Test
    void entry_expiresUnseen_isAnnouncedWithinSeconds() throws InterruptedException {
        var provider = new CofferCachingProvider();
        var cache = create(provider.getCacheManager(URI.create(name), null), "c");
        var told = new CountDownLatch(1);
        CacheEntryExpiredListener<String, String> listener = events -> events.forEach(event -> told.countDown());
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, true));

        cache.put("k", "v");

        assertThat(told.await(120, TimeUnit.SECONDS)).isTrue();
        provider.close();
    }

    private static Cache<String, String> create(CacheManager manager, String cacheName) {
        return manager.createCache(
                cacheName,
                new MutableConfiguration<String, String>()
                        .setExpiryPolicyFactory(
                                CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 50))));
    }
}
