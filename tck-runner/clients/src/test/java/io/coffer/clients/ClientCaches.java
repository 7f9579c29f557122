package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferCache;
import io.coffer.jcache.CofferCachingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The caches of one test of a client: those of Coffer's default CacheManager, which is the one that clients ask for themselves.
 *
 * <p>What that manager is given as its defaults therefore serves all clients: the build runs all tests once more with a
 * {@code coffer.json} that chooses another store. Every test begins with a manager without caches and without anything on disk, and
 * all managers are closed after it. What a client may expect of either store is told here, and nowhere else.
 */
final class ClientCaches implements BeforeEachCallback, AfterEachCallback {
    /** Where the coffer.json of the mode "log", and the other files of these tests, let stores live. */
    static final Path STORES = Path.of("target", "stores");

    private static final boolean ON_DISK = "log".equals(System.getProperty("clients.store"));

    static final String PROVIDER = CofferCachingProvider.class.getName();

    /** Tells whether caches live on disk: their entries outlive them, and memory above them has a bound that evicts nothing. */
    static boolean areOnDisk() {
        return ON_DISK;
    }

    /** Returns what outlives the manager of its cache on disk, and is absent in memory. */
    static <T> T ifOnDisk(T survivor) {
        return ON_DISK ? survivor : null;
    }

    /** Returns how many of some things there are after a restart: all of them on disk, none in memory. */
    static int countIfOnDisk(int survivors) {
        return ON_DISK ? survivors : 0;
    }

    /** Checks a cache that holds no more than some entries in memory, and was given more. */
    static void assertKeepsTo(int maxEntries, Cache<?, ?> cache, int given) {
        if (ON_DISK) {
            assertThat(cache).as("entries on disk").hasSize(given);
            assertThat(cache.unwrap(CofferCache.class).counters().store().memoryDrops())
                    .as("values that memory has let go of")
                    .isGreaterThanOrEqualTo(given - maxEntries);
        } else {
            assertThat(cache).as("entries in memory").hasSizeBetween(1, maxEntries);
        }
    }

    CachingProvider provider() {
        return Caching.getCachingProvider(PROVIDER);
    }

    /** Returns the default manager; opens it again if a client has closed it. */
    CacheManager manager() {
        return provider().getCacheManager();
    }

    /** Creates a cache with the standard's defaults, as most clients do. */
    <K, V> Cache<K, V> create(String name) {
        return manager().createCache(name, new MutableConfiguration<>());
    }

    /** Creates a cache with the standard's defaults that counts. */
    <K, V> Cache<K, V> createCounting(String name) {
        return manager().createCache(name, new MutableConfiguration<K, V>().setStatisticsEnabled(true));
    }

    /** Ends all managers, as the end of an application does: the caches are to be created anew. */
    void restart() {
        provider().close();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        deleteStores();
        assertThat(manager().getCacheNames()).as("caches of an earlier test").isEmpty();
    }

    /** What an earlier test has left on disk is not what this one begins with. */
    private static void deleteStores() throws IOException {
        if (Files.exists(STORES)) {
            try (var left = Files.walk(STORES)) {
                for (var path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        provider().close();
    }
}
