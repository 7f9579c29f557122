package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.expiry.Sweeper;
import io.coffer.testing.FakeClock;
import io.coffer.testing.ManualSweeper;
import io.coffer.testing.Threads;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How managers and caches end while others are at work. */
class ManagerLifeTest {
    private final ManualSweeper sweeper = new ManualSweeper();
    private final URI uri = URI.create("life-test-" + UUID.randomUUID());

    /** Called before a cache is added to the sweeper: that is, in the middle of its creation. */
    private final AtomicReference<Runnable> inBetween = new AtomicReference<>(() -> {});

    private final CofferCachingProvider provider = new CofferCachingProvider(new FakeClock(), any -> new Sweeper() {
        @Override
        public void add(Runnable sweep) {
            inBetween.get().run();
            sweeper.add(sweep);
        }

        @Override
        public void remove(Runnable sweep) {
            sweeper.remove(sweep);
        }
    });

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager manager() {
        return provider.getCacheManager(uri, null);
    }

    private static CompleteConfiguration<String, Integer> visible() {
        return new MutableConfiguration<String, Integer>()
                .setStatisticsEnabled(true)
                .setManagementEnabled(true)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
    }

    private Set<ObjectName> beans() {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("javax.cache:CacheManager=" + uri + ",*"), null);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    private void assertNothingIsLeft() {
        assertThat(beans()).isEmpty();
        assertThat(sweeper.size()).isZero();
    }

    @Test
    void close_manager_leavesNothing() {
        var manager = manager();
        manager.createCache("a", visible());
        manager.createCache("b", visible());
        assertThat(beans()).hasSize(4);
        assertThat(sweeper.size()).isEqualTo(2);

        manager.close();

        assertNothingIsLeft();
    }

    @Test
    void createCache_managerClosesMeanwhile_leavesNothingBehind() throws Exception {
        var manager = manager();
        var closer = new Thread(manager::close);
        inBetween.set(() -> startAndLetRun(closer));

        var failure = catchThrowable(() -> manager.createCache("c", visible()));
        closer.join(120_000);

        assertThat(closer.isAlive()).isFalse();
        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertNothingIsLeft();
    }

    @Test
    void createCache_cacheIsDestroyedMeanwhile_leavesNothingBehind() throws Exception {
        var manager = manager();
        var destroyer = new Thread(() -> manager.destroyCache("c"));
        inBetween.set(() -> startAndLetRun(destroyer));

        manager.createCache("c", visible());
        destroyer.join(120_000);

        assertThat(destroyer.isAlive()).isFalse();
        assertThat(manager.<Object, Object>getCache("c")).isNull();
        assertNothingIsLeft();
    }

    /** Goes on when the other has done it, or has to wait for us. */
    private static void startAndLetRun(Thread other) {
        other.start();
        Threads.await(
                "the other thread",
                () -> Set.of(Thread.State.TERMINATED, Thread.State.WAITING, Thread.State.TIMED_WAITING)
                        .contains(other.getState()));
    }

    @Test
    void createAndClose_manyThreads_leaveNothingBehind() {
        for (int round = 0; round < 100; round++) {
            var manager = manager();

            Threads.race(4, thread -> () -> {
                if (thread == 0) {
                    manager.close();
                    return;
                }
                try {
                    var cache = manager.createCache("c" + thread % 2, visible());
                    manager.enableStatistics(cache.getName(), thread == 1);
                    cache.put("k", 1);
                    manager.destroyCache(cache.getName());
                } catch (IllegalStateException | IllegalArgumentException | CacheException e) {
                    // Which of them came first is not said.
                    assertThat(e).hasMessageNotContaining("null");
                }
            });

            assertThat(manager.isClosed()).isTrue();
            assertNothingIsLeft();
        }
    }

    @Test
    void createCache_sameNameByManyThreads_oneSucceeds() {
        var manager = manager();
        for (int round = 0; round < 100; round++) {
            var name = "c" + round;
            var created = new AtomicInteger();

            Threads.race(4, thread -> () -> {
                try {
                    manager.createCache(name, visible());
                    created.incrementAndGet();
                } catch (CacheException e) {
                    assertThat(e).hasMessageContaining("exists already");
                }
            });

            assertThat(created).as("round %d", round).hasValue(1);
        }
        assertThat(beans()).hasSize(200);
    }

    @Test
    void enableStatistics_closedMeanwhile_showsNothing() {
        var manager = manager();
        for (int round = 0; round < 200; round++) {
            var cache = manager.createCache("c", visible());

            Threads.race(2, thread -> () -> {
                if (thread == 0) {
                    cache.close();
                    return;
                }
                try {
                    manager.enableStatistics("c", false);
                    manager.enableStatistics("c", true);
                    manager.enableManagement("c", false);
                    manager.enableManagement("c", true);
                } catch (IllegalArgumentException | IllegalStateException e) {
                    assertThat(cache.isClosed()).isTrue();
                }
            });

            assertThat(beans()).as("round %d", round).isEmpty();
        }
    }

    @Test
    void close_managerTwiceAtOnce_closesOnce() {
        for (int round = 0; round < 50; round++) {
            var manager = manager();
            manager.createCache("c", visible());

            Threads.race(3, thread -> manager::close);

            assertNothingIsLeft();
        }
    }
}
