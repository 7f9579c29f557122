package io.coffer.jcache;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.spi.EntryStore;
import io.coffer.spi.HeapStorage;
import io.coffer.spi.HeapStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreOptions;
import io.coffer.testing.FakeClock;
import io.coffer.testing.ManualSweeper;
import io.coffer.testing.MemoryOnly;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.RecordingLoader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A manager of Coffer whose clock and sweeper a test holds in its hands. Its URI is its own, so that tests do not meet in JMX.
 *
 * <p>With the system property {@code coffer.fixture=stored}, every cache has a store, and memory for so few entries that most are
 * only there: what the tests claim of caches holds for these as well. Those that claim something of memory are {@link MemoryOnly}.
 */
public final class CacheFixture implements AutoCloseable {
    private static final boolean STORED = "stored".equals(System.getProperty("coffer.fixture"));
    private static final int ENTRIES_IN_MEMORY = 2;

    private final HeapStorage storage = new HeapStorage();
    private volatile HeapStore lastStore;
    private final FakeClock clock = new FakeClock();
    private final ManualSweeper sweeper = new ManualSweeper();
    private final URI uri = URI.create("fixture-" + UUID.randomUUID());
    private final CofferCachingProvider provider = new CofferCachingProvider(clock, any -> sweeper);
    private final CacheManager manager = provider.getCacheManager(uri, null);

    public CofferCachingProvider provider() {
        return provider;
    }

    public CacheManager manager() {
        return manager;
    }

    public FakeClock clock() {
        return clock;
    }

    public ManualSweeper sweeper() {
        return sweeper;
    }

    /** Returns a configuration to go on with: by value, statistics on. */
    public static <K, V> CofferConfiguration<K, V> configuration() {
        return new CofferConfiguration<K, V>().setStatisticsEnabled(true);
    }

    public <K, V> Cache<K, V> create(String name, Configuration<K, V> configuration) {
        return manager.createCache(name, completed(configuration));
    }

    /** Tells whether this is a run in which every cache has a store. */
    public static boolean isStored() {
        return STORED;
    }

    /** Returns the configuration itself or, if this is a run in which every cache has a store, one with a store. */
    public <K, V> Configuration<K, V> completed(Configuration<K, V> configuration) {
        return STORED ? stored(configuration) : configuration;
    }

    /** Makes a cache that has a store, whatever the other caches of this run have. */
    public <K, V> CofferCache<K, V> createStored(String name, CofferConfiguration<K, V> configuration) {
        return beyond(manager.createCache(name, stored(configuration)));
    }

    private <K, V> CofferConfiguration<K, V> stored(Configuration<K, V> wanted) {
        var configuration = wanted instanceof CompleteConfiguration<K, V> complete
                ? new CofferConfiguration<>(complete)
                : new CofferConfiguration<K, V>()
                        .setTypes(wanted.getKeyType(), wanted.getValueType())
                        .setStoreByValue(wanted.isStoreByValue());
        if (configuration.getStore() == null) {
            configuration.setStore(store());
        }
        if (configuration.getMaxEntries() == 0 && configuration.getMaxBytes() == 0) {
            configuration.setMaxEntries(ENTRIES_IN_MEMORY);
        }
        return configuration;
    }

    /** Returns how caches of this fixture have a store; they go on with it when they are made again. */
    public StoreConfiguration store() {
        return StoreConfiguration.of(() -> new Remembering()).setAllow("io.coffer.**");
    }

    /** Returns the store that was opened last. */
    public HeapStore lastStore() {
        return lastStore;
    }

    /** Remembers the store that it opens. */
    private final class Remembering implements Storage {

        @Override
        public EntryStore open(StoreOptions options) {
            lastStore = storage.open(options);
            return lastStore;
        }

        @Override
        public boolean delete(StoreOptions options) {
            return storage.delete(options);
        }
    }

    /** Returns what opens the stores, to make them fail. */
    public HeapStorage storage() {
        return storage;
    }

    /** Makes a cache that loads what is missing, and returns it with what Coffer has beyond the standard. */
    public CofferCache<String, String> reading(
            CofferConfiguration<String, String> configuration, RecordingLoader loader) {
        return beyond(create("c", configuration.setReadThrough(true).setCacheLoaderFactory(loader.factory())));
    }

    /** Returns a cache with what Coffer has beyond the standard. */
    @SuppressWarnings("unchecked") // a class literal has no parameters
    public static <K, V> CofferCache<K, V> beyond(Cache<K, V> cache) {
        return cache.unwrap(CofferCache.class);
    }

    /** Registers a new synchronous listener that is told the old values. */
    public static <K, V> RecordingListener<K, V> listen(Cache<K, V> cache) {
        var listener = new RecordingListener<K, V>();
        cache.registerCacheEntryListener(listener.configuration(true));
        return listener;
    }

    /** Reads a counter as JMX shows it, such as {@code "CacheHits"}. */
    public Number statistic(String cacheName, String attribute) {
        try {
            var name = new ObjectName("javax.cache:type=CacheStatistics,CacheManager=" + uri + ",Cache=" + cacheName);
            return (Number) ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
        } catch (JMException e) {
            throw new AssertionError("No statistics of cache " + cacheName, e);
        }
    }

    /** Hits, misses, puts, removals, evictions: {@code "1h 0m 2p 0r 0e"}. */
    public String counts(String cacheName) {
        return statistic(cacheName, "CacheHits") + "h " + statistic(cacheName, "CacheMisses") + "m "
                + statistic(cacheName, "CachePuts") + "p " + statistic(cacheName, "CacheRemovals") + "r "
                + statistic(cacheName, "CacheEvictions") + "e";
    }

    @Override
    public void close() {
        provider.close();
    }
}
