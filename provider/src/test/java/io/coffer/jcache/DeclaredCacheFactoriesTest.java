package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CacheDeadlockException;
import io.coffer.testing.Tasks;
import io.coffer.testing.Threads;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while a cache that the file names is made: by several threads, by a factory that fails or goes round in a circle. */
class DeclaredCacheFactoriesTest {
    @TempDir
    Path folder;

    private final Tasks tasks = new Tasks();
    private DeclaredCaches caches;
    private CacheManager manager;

    @BeforeEach
    void open() {
        caches = new DeclaredCaches(folder);
        manager = caches.manager();
    }

    @AfterEach
    void close() {
        tasks.close();
        caches.close();
    }

    @Test
    void getCache_eightThreadsAtOnce_makeOneCache() {
        for (int round = 0; round < 50; round++) {
            int before = caches.made().get();
            var seen = ConcurrentHashMap.<Cache<?, ?>>newKeySet();

            Threads.race(8, number -> () -> seen.add(manager.getCache("books")));

            assertThat(seen).hasSize(1);
            assertThat(caches.made()).hasValue(before + 1);
            manager.destroyCache("books");
        }
    }

    @Test
    void getCache_factoryAsksForItsOwnCache_saysThatItWaitsForItself() {
        caches.onCreate(() -> {
            manager.getCache("books");
            return new DeclaredCaches.Echo();
        });

        assertThatThrownBy(() -> manager.getCache("books"))
                .isExactlyInstanceOf(CacheDeadlockException.class)
                .hasMessage("Cache \"books\" is being made by the caller itself."
                        + " Its factories must not ask for the cache they are made for");
        assertMadeByTheNextCall();
    }

    @Test
    void getCache_factoryCreatesItsOwnCache_saysWhoIsMakingIt() {
        caches.onCreate(() -> {
            manager.createCache("books", new MutableConfiguration<>());
            return new DeclaredCaches.Echo();
        });

        assertThatThrownBy(() -> manager.getCache("books"))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage(caches.existsAlready("by getCache, since coffer.json names it"));
        assertMadeByTheNextCall();
    }

    @Test
    void getCache_factoryAsksForAnotherDeclaredCache_getsIt() {
        caches.onCreate(() -> {
            assertThat(manager.<Object, Object>getCache("songs")).isNotNull();
            return new DeclaredCaches.Echo();
        });

        assertThat(manager.<Object, Object>getCache("books")).isNotNull();
    }

    @Test
    void getCache_factoryFails_leavesTheNameFreeAndIsAskedAgain() {
        caches.onCreate(() -> {
            throw new IllegalStateException("no database");
        });

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> manager.getCache("books")).hasStackTraceContaining("no database");
            assertThat(manager.getCacheNames()).containsExactly("books", "songs");
        }
        assertMadeByTheNextCall();
    }

    @Test
    void getCache_factoryFailsWhileOthersWait_eachTriesForItself() {
        var tries = new AtomicInteger();
        caches.onCreate(() -> {
            if (tries.incrementAndGet() <= 3) {
                throw new IllegalStateException("no database");
            }
            return new DeclaredCaches.Echo();
        });
        var failures = new AtomicInteger();

        Threads.race(8, number -> () -> {
            try {
                assertThat(manager.<Object, Object>getCache("books")).isNotNull();
            } catch (RuntimeException e) {
                assertThat(e).hasStackTraceContaining("no database");
                failures.incrementAndGet();
            }
        });

        assertThat(failures).hasValue(3);
        assertThat(tries).hasValue(4);
    }

    @Test
    void close_whileAnotherThreadMakesACache_leavesNoneOpen() {
        var making = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var loader = new DeclaredCaches.Echo();
        caches.onCreate(() -> {
            making.countDown();
            Tasks.await(closed);
            return loader;
        });

        var getting = tasks.start(() -> manager.getCache("books"));
        Tasks.await(making);
        manager.close();
        closed.countDown();

        assertThat(Tasks.failure(getting))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("CacheManager " + manager.getURI() + " is closed; ask the CachingProvider for it again");
        assertThat(loader.closed).hasValue(1);
    }

    private void assertMadeByTheNextCall() {
        caches.onCreate(DeclaredCaches.Echo::new);
        assertThat(DeclaredCaches.maxEntriesOf(manager.getCache("books"))).isEqualTo(5);
    }
}
