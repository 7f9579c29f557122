package io.coffer.jcache;

import static java.util.Objects.requireNonNull;

import io.coffer.CofferConfiguration;
import io.coffer.common.Unwrap;
import io.coffer.config.ConfigurationCheck;
import io.coffer.config.ManagerConfiguration;
import io.coffer.expiry.Sweeper;
import io.coffer.lock.WaitGraph;
import io.coffer.store.log.LogStorage;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one URI and class loader, by name (JSR-107 section 3.2). Opening a manager reads its
 * configuration, touches nothing else on disk and starts no thread; making a cache with a store opens that.
 *
 * <p>A closed manager throws IllegalStateException, whatever else is wrong. Safe for use by several threads.
 */
@SuppressWarnings("NullAway") // JSR-107 returns null for what is absent; the API is not annotated
public final class CofferCacheManager implements CacheManager {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final CofferCachingProvider provider;
    private final URI uri;
    private final WeakReference<ClassLoader> loader;
    private final Properties properties;
    private final Environment environment;
    private final ManagerConfiguration settings;
    private final CacheRegistry caches;
    private final KeyHolders keys;
    private final AtomicBoolean closed = new AtomicBoolean();

    CofferCacheManager(
            CofferCachingProvider provider,
            URI uri,
            ClassLoader loader,
            Properties properties,
            ManagerConfiguration settings,
            InstantSource clock,
            Sweeper sweeper,
            WaitGraph waits) {
        this.provider = provider;
        this.uri = uri;
        this.loader = new WeakReference<>(loader);
        this.properties = properties;
        this.settings = settings;
        this.caches = new CacheRegistry(uri.toString(), waits);
        var context = new LoaderContext(this::getClassLoader);
        var background = new BackgroundExecutor(uri.toString(), context);
        this.keys = new KeyHolders(context);
        var places = new StorePlaces(uri, context, settings, clock, keys, LogStorage::new);
        this.environment = new Environment(uri, context, background, sweeper, waits, clock, places);
    }

    @Override
    public CachingProvider getCachingProvider() {
        return provider;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    /** Returns the class loader of the manager, or null if it is gone, and with it whoever could use the manager. */
    @Override
    public ClassLoader getClassLoader() {
        return loader.get();
    }

    @Override
    public Properties getProperties() {
        return properties;
    }

    /** Makes a cache. What the configuration leaves at its default is filled in from {@code coffer.json}, if there is one. */
    @Override
    public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(String cacheName, C configuration) {
        checkOpen();
        requireNonNull(cacheName, "cacheName == null");
        requireNonNull(configuration, "configuration == null");
        var origin = "by createCache on thread \"" + Thread.currentThread().getName() + "\"";
        return unlessClosed(caches.create(cacheName, origin, () -> make(cacheName, configuration)));
    }

    private <K, V> CheckedCache<K, V> make(String cacheName, Configuration<K, V> wanted) {
        var configuration = settings.fillIn(
                cacheName,
                ConfigurationCheck.copyOf(cacheName, wanted),
                environment.context().loader().get());
        ConfigurationCheck.check(cacheName, configuration);
        return new CheckedCache<>(this, cacheName, CacheLife.withStandardListeners(configuration), environment);
    }

    /** A manager may have been closed while the cache was made. */
    private <C extends CheckedCache<?, ?>> C unlessClosed(C cache) {
        if (closed.get()) {
            cache.close();
            checkOpen();
        }
        return cache;
    }

    /** Returns a cache, made now if {@code coffer.json} declares it and it was not asked for before; else null. */
    private @Nullable CheckedCache<?, ?> find(String cacheName) {
        checkOpen();
        var known = caches.get(requireNonNull(cacheName, "cacheName == null"));
        if (known != null || !settings.cacheNames().contains(cacheName)) {
            return known;
        }
        var origin = "by getCache, since " + settings.source() + " names it";
        return unlessClosed(caches.getOrCreate(cacheName, origin, () -> make(cacheName, new CofferConfiguration<>())));
    }

    @Override
    @SuppressWarnings("unchecked") // checkTypes has seen to it
    public <K, V> Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
        checkOpen();
        requireNonNull(keyType, "keyType == null");
        requireNonNull(valueType, "valueType == null");
        var cache = find(cacheName);
        if (cache != null) {
            cache.checkTypes(keyType, valueType);
        }
        return (Cache<K, V>) cache;
    }

    /** Returns a cache, whatever its types (since JSR-107 1.1), or null. */
    @Override
    @SuppressWarnings("unchecked") // the caller says so, as the API has it
    public <K, V> Cache<K, V> getCache(String cacheName) {
        return (Cache<K, V>) find(cacheName);
    }

    /**
     * Returns the names at this moment, those of {@code coffer.json} among them; the result does not change and cannot be changed.
     */
    @Override
    public Iterable<String> getCacheNames() {
        checkOpen();
        return names();
    }

    private Set<String> names() {
        var names = new TreeSet<>(settings.cacheNames());
        names.addAll(caches.names());
        return Collections.unmodifiableSet(names);
    }

    /**
     * Closes a cache and deletes its store; also the store of a cache that is not open, or that nobody has made since this program
     * runs. A cache that lives in memory leaves the disk alone.
     *
     * @throws StoreException if somebody else has the store open, or if it cannot be deleted
     */
    @Override
    public void destroyCache(String cacheName) {
        checkOpen();
        var origin = "by destroyCache on thread \"" + Thread.currentThread().getName() + "\"";
        caches.whileReserved(requireNonNull(cacheName, "cacheName == null"), origin, () -> destroy(cacheName));
    }

    private void destroy(String cacheName) {
        var cache = caches.get(cacheName);
        if (cache == null) {
            environment.places().delete(cacheName);
            return;
        }
        var store = cache.life().store();
        cache.close();
        if (store != null) {
            environment.places().delete(cacheName, store);
        }
    }

    @Override
    public void enableManagement(String cacheName, boolean enabled) {
        existing(cacheName).life().enableManagement(enabled);
    }

    @Override
    public void enableStatistics(String cacheName, boolean enabled) {
        existing(cacheName).life().enableStatistics(enabled);
    }

    private CheckedCache<?, ?> existing(String cacheName) {
        var cache = find(cacheName);
        if (cache == null) {
            throw new IllegalArgumentException(
                    "There is no cache \"" + cacheName + "\" in CacheManager " + uri + "; there are " + names());
        }
        return cache;
    }

    /** Closes the manager and its caches, in bounded time; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                caches.forEach(this::closeQuietly);
                environment.background().close();
                keys.close();
            } finally {
                provider.forget(this);
            }
        }
    }

    /** A cache that fails to close must not keep the others open (JSR-107, CacheManager.close). */
    private void closeQuietly(@Nullable CheckedCache<?, ?> cache) {
        try {
            cache.close();
        } catch (Exception | Error e) {
            LOG.log(Level.WARNING, "Closing " + cache + " failed", e);
        }
    }

    /** Frees the name of a cache that has been closed, unless another one has it already. */
    void forget(CheckedCache<?, ?> cache) {
        caches.forget(cache);
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrap.as(type, this, toString());
    }

    @Override
    public String toString() {
        return "CacheManager " + uri + (closed.get() ? " (closed)" : "");
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("CacheManager " + uri + " is closed; ask the CachingProvider for it again");
        }
    }
}
