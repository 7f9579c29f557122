package io.coffer.jcache;

import io.coffer.config.ManagerConfiguration;
import io.coffer.expiry.ExpirySweeper;
import io.coffer.expiry.Sweeper;
import io.coffer.lock.WaitGraph;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * Coffer's door: gives out CacheManagers, one for each URI and class loader (JSR-107 section 3).
 *
 * <p>Found by {@code Caching.getCachingProvider()} through the service loader. A class loader is held only while one of its
 * managers is open. Safe for use by several threads.
 */
public final class CofferCachingProvider implements CachingProvider {
    private static final URI DEFAULT_URI = URI.create("coffer");
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final InstantSource clock;
    private final Function<URI, Sweeper> sweepers;
    private final WaitGraph waits = new WaitGraph();
    private final ClassLoader defaultLoader = new ContextClassLoader();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ClassLoader, Map<URI, CofferCacheManager>> managers = new WeakHashMap<>(); // under the lock

    /** Makes a provider; called by the service loader. */
    public CofferCachingProvider() {
        this(InstantSource.system(), uri -> new ExpirySweeper(uri.toString()));
    }

    /** Makes a provider whose time is another one's, and is swept when somebody else wants it. */
    CofferCachingProvider(InstantSource clock, Function<URI, Sweeper> sweepers) {
        this.clock = clock;
        this.sweepers = sweepers;
    }

    /**
     * Returns the manager of a URI and class loader; opens it if there is none.
     *
     * @param uri where {@code coffer.json} is, or only a name; null for the file at the root of the class path, if there is one.
     *     Another fragment makes another manager of the same file: {@code classpath:coffer.json#second}
     * @param classLoader finds classes and resources; null for the one of whoever calls
     * @param properties override the file: {@code coffer.caches.books.maxEntries}; null for none
     * @throws javax.cache.CacheException if the configuration is missing or has errors, naming all of them
     */
    @Override
    public CacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
        var managerUri = uri == null ? DEFAULT_URI : uri;
        var loader = classLoader == null ? defaultLoader : classLoader;
        var known = find(managerUri, loader);
        if (known != null) {
            return sameManager(known, properties);
        }
        return addUnlessKnown(
                newManager(managerUri, loader, copyOf(properties))); // made outside the lock: it reads a file
    }

    private @Nullable CofferCacheManager find(URI uri, ClassLoader loader) {
        lock.lock();
        try {
            return openAmong(managers.getOrDefault(loader, Map.of()), uri);
        } finally {
            lock.unlock();
        }
    }

    private CofferCacheManager addUnlessKnown(CofferCacheManager made) {
        lock.lock();
        try {
            var ofLoader = managers.computeIfAbsent(made.getClassLoader(), any -> new HashMap<>());
            var known = openAmong(ofLoader, made.getURI());
            if (known == null) {
                ofLoader.put(made.getURI(), made);
            }
            return known == null ? made : known;
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable CofferCacheManager openAmong(Map<URI, CofferCacheManager> ofLoader, URI uri) {
        var known = ofLoader.get(uri);
        return known == null || known.isClosed() ? null : known;
    }

    private CofferCacheManager newManager(URI uri, ClassLoader loader, Properties properties) {
        var settings = ManagerConfiguration.read(uri, uri.equals(DEFAULT_URI), loader, properties, System::getenv);
        return new CofferCacheManager(this, uri, loader, properties, settings, clock, sweepers.apply(uri), waits);
    }

    private static Properties copyOf(@Nullable Properties properties) {
        var own = new Properties();
        if (properties != null) {
            own.putAll(properties);
            properties
                    .stringPropertyNames() // also those that are only defaults
                    .forEach(name -> own.setProperty(name, properties.getProperty(name)));
        }
        return own;
    }

    /** Properties are no part of a manager's identity (JSR-107, CachingProvider.getCacheManager). */
    private static CofferCacheManager sameManager(CofferCacheManager known, @Nullable Properties properties) {
        if (properties != null && !properties.equals(known.getProperties())) {
            LOG.log(
                    Level.WARNING,
                    "CacheManager \"{0}\" is open already, with other properties; those given now are not used",
                    known.getURI());
        }
        return known;
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        return defaultLoader;
    }

    @Override
    public URI getDefaultURI() {
        return DEFAULT_URI;
    }

    @Override
    public Properties getDefaultProperties() {
        return new Properties();
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        return getCacheManager(uri, classLoader, null);
    }

    @Override
    public CacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    /** Closes all managers; the provider can be used again afterwards. */
    @Override
    public void close() {
        List<CofferCacheManager> open = new ArrayList<>();
        lock.lock();
        try {
            managers.values().forEach(ofLoader -> open.addAll(ofLoader.values()));
        } finally {
            lock.unlock();
        }
        open.forEach(
                CofferCacheManager::close); // outside the lock: a manager that closes comes back here to be forgotten
    }

    @Override
    public void close(@Nullable ClassLoader classLoader) {
        managersOf(classLoader).forEach(CofferCacheManager::close);
    }

    @Override
    public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        var closed = uri == null ? DEFAULT_URI : uri;
        for (var manager : managersOf(classLoader)) {
            if (manager.getURI().equals(closed)) {
                manager.close();
            }
        }
    }

    private List<CofferCacheManager> managersOf(@Nullable ClassLoader classLoader) {
        lock.lock();
        try {
            return List.copyOf(managers.getOrDefault(classLoader == null ? defaultLoader : classLoader, Map.of())
                    .values());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a manager that has been closed, unless another one is there under its URI already. */
    void forget(CofferCacheManager manager) {
        lock.lock();
        try {
            managers.values().forEach(ofLoader -> ofLoader.remove(manager.getURI(), manager));
            managers.values().removeIf(Map::isEmpty);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isSupported(OptionalFeature feature) {
        return feature == OptionalFeature.STORE_BY_REFERENCE;
    }

    @Override
    public String toString() {
        var version = getClass().getPackage().getImplementationVersion();
        return version == null ? "Coffer" : "Coffer " + version;
    }
}
