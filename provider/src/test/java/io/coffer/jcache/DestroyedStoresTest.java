package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.spi.EntryStore;
import io.coffer.spi.HeapStorage;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreOptions;
import io.coffer.testing.CofferJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manager does to stores on disk: nothing before a cache is made, and they go with destroyCache only. */
class DestroyedStoresTest {
    private static final String OURS = "\"store\": \"" + Recorded.class.getName() + "\"";

    private final CofferCachingProvider provider = new CofferCachingProvider();

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        Recorded.DELETED.clear();
        Recorded.atDelete = () -> {};
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager manager(String text) {
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.resolve("stores").toString());
        return provider.getCacheManager(
                CofferJson.write(folder, text), DestroyedStoresTest.class.getClassLoader(), properties);
    }

    /** Notes what is deleted. */
    public static final class Recorded implements Storage {
        static final List<String> DELETED = new CopyOnWriteArrayList<>();
        static volatile Runnable atDelete = () -> {};
        private static final HeapStorage HEAP = new HeapStorage();

        @Override
        public EntryStore open(StoreOptions options) {
            return HEAP.open(options);
        }

        @Override
        public boolean delete(StoreOptions options) {
            atDelete.run();
            DELETED.add(options.cacheName() + " in " + options.folder().getFileName());
            return HEAP.delete(options);
        }
    }

    @Test
    void getCacheManager_storeInTheDefaults_touchesNoDisk() {
        var manager = manager("{ \"defaults\": { \"store\": \"log\" }, \"caches\": { \"books\": {} } }");

        assertThat(manager.getCacheNames()).containsExactly("books");
        assertThat(folder.resolve("stores")).doesNotExist();
    }

    @Test
    void getCacheNames_strayFolders_areNotCaches() throws IOException {
        Files.createDirectories(folder.resolve("stores").resolve("films"));

        assertThat(manager("{ \"caches\": { \"books\": {} } }").getCacheNames()).containsExactly("books");
    }

    @Test
    void destroyCache_openCache_deletesItsStore() {
        var manager = manager("{ }");
        Factory<Recorded> factory = Recorded::new;
        var cache = manager.createCache("Books", new CofferConfiguration<>().setStore(StoreConfiguration.of(factory)));

        manager.destroyCache("Books");

        assertThat(cache.isClosed()).isTrue();
        assertThat(Recorded.DELETED).containsExactly("Books in %42ooks");
        assertThat(manager.getCacheNames()).isEmpty();
    }

    @Test
    void close_openCache_keepsItsStore() {
        var manager = manager(CofferJson.ofBooks(OURS));

        manager.getCache("books").close();
        manager.getCache("books");
        manager.close();

        assertThat(Recorded.DELETED).isEmpty();
    }

    @Test
    void destroyCache_cacheOfTheFileThatIsNotOpen_deletesItsStore() {
        manager(CofferJson.ofBooks(OURS)).destroyCache("books");

        assertThat(Recorded.DELETED).containsExactly("books in books");
    }

    @Test
    void destroyCache_unnamedCacheThatIsNotOpen_deletesTheStoreOfTheDefaults() {
        manager("{ \"defaults\": { " + OURS + " } }").destroyCache("films");

        assertThat(Recorded.DELETED).containsExactly("films in films");
    }

    @Test
    void destroyCache_cacheInMemory_leavesTheDiskAlone() throws IOException {
        var stray = Files.createDirectories(folder.resolve("stores").resolve("books"));
        var manager = manager("{ }");
        manager.createCache("books", new MutableConfiguration<>());

        manager.destroyCache("books");
        manager.destroyCache("neverMade");

        assertThat(stray).isEmptyDirectory();
        assertThat(Recorded.DELETED).isEmpty();
    }

    @Test
    void destroyCache_storeThatCannotBeDeleted_reachesTheCallerAndTheNameIsFree() {
        var manager = manager(CofferJson.ofBooks(OURS));
        var failure = new StoreException(StoreException.Kind.FAILED, "no disk");
        manager.getCache("books");
        Recorded.atDelete = () -> {
            throw failure;
        };

        assertThatThrownBy(() -> manager.destroyCache("books")).isSameAs(failure);
        assertThat(manager.getCache("books").isClosed()).isFalse();
    }

    /** Else the new cache would find the old entries, or lose its files while it is open. */
    @Test
    void createCache_whileAnotherThreadDestroysTheStore_waitsForThat() throws Exception {
        var manager = manager(CofferJson.ofBooks(OURS));
        var deleting = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Recorded.atDelete = () -> {
            deleting.countDown();
            awaitUninterrupted(goOn);
        };
        var destroying = new Thread(() -> manager.destroyCache("books"), "destroying");
        destroying.start();
        deleting.await();
        var making = new FutureTask<>(() -> {
            manager.createCache("books", new MutableConfiguration<>());
            return List.copyOf(Recorded.DELETED);
        });
        var maker = new Thread(making, "making");
        maker.start();
        while (maker.getState() != Thread.State.WAITING && !making.isDone()) {
            Thread.onSpinWait();
        }

        goOn.countDown();

        assertThat(making.get()).as("deleted before the cache was made").containsExactly("books in books");
        destroying.join();
        assertThat(manager.getCache("books").isClosed()).isFalse();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
