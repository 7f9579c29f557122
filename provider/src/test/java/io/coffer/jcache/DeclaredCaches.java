package io.coffer.jcache;

import io.coffer.CofferConfiguration;
import io.coffer.testing.CofferJson;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;

/** A manager whose file names two caches: {@code songs}, and {@code books}, whose loader comes from a factory of the test. */
final class DeclaredCaches implements AutoCloseable {
    /** A file can name a class only, so this is where a test reaches the factory. */
    private static final AtomicReference<Supplier<CacheLoader<Object, Object>>> ON_CREATE = new AtomicReference<>();

    private final CofferCachingProvider provider = new CofferCachingProvider();
    private final AtomicInteger made = new AtomicInteger();
    private final CacheManager manager;

    /** A factory as a file may name it. */
    public static final class LoaderFactory implements Factory<CacheLoader<Object, Object>> {
        private static final long serialVersionUID = 1L;

        @Override
        public CacheLoader<Object, Object> create() {
            return ON_CREATE.get().get();
        }
    }

    /** Loads the key itself, and knows how often it was closed. */
    static final class Echo implements CacheLoader<Object, Object>, Closeable {
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public Object load(Object key) {
            return key;
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            return Map.of();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** Opens the manager; its file is written into a folder. */
    DeclaredCaches(Path folder) {
        onCreate(() -> {
            made.incrementAndGet();
            return new Echo();
        });
        var uri = CofferJson.write(folder, """
                { "caches": { "songs": { "statistics": true },
                              "books": { "maxEntries": 5, "loader": "%s" } } }""".formatted(LoaderFactory.class.getName()));
        manager = open(uri, new Properties());
    }

    /** Opens another manager of the same provider. */
    CacheManager open(URI uri, Properties properties) {
        return provider.getCacheManager(uri, DeclaredCaches.class.getClassLoader(), properties);
    }

    CacheManager manager() {
        return manager;
    }

    /** Says what the factory does from now on. */
    void onCreate(Supplier<CacheLoader<Object, Object>> action) {
        ON_CREATE.set(action);
    }

    /** Tells how often the factory has made something, until a test told it otherwise. */
    AtomicInteger made() {
        return made;
    }

    @SuppressWarnings("unchecked") // as it is with all that is asked for by class
    static CofferConfiguration<?, ?> configurationOf(Cache<?, ?> cache) {
        return cache.getConfiguration(CofferConfiguration.class);
    }

    static long maxEntriesOf(Cache<?, ?> cache) {
        return configurationOf(cache).getMaxEntries();
    }

    /** Returns what createCache says if books are there. */
    String existsAlready(String origin) {
        return "Cache \"books\" exists already in CacheManager " + manager.getURI() + ": it was made " + origin
                + ". Use getCache, or destroyCache first. If you asked only once, look for a second place that makes it"
                + " (spring.cache.cache-names beside a JCacheManagerCustomizer), or for a second application context of this JVM"
                + " that uses the same CacheManager";
    }

    @Override
    public void close() {
        provider.close();
    }
}
