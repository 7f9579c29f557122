package io.coffer.jcache;

import io.coffer.CofferConfiguration;
import java.io.Serializable;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.spi.CachingProvider;

/**
 * An application that comes and goes: it makes caches of its own classes, uses whatever could hold on to them, and closes its
 * manager. A test loads it by a class loader of its own; it is handed over as a {@code Consumer} of the URI, which all know.
 */
public final class GuestApplication implements Consumer<String> {
    private final ClassLoader loader = getClass().getClassLoader();

    /**
     * A key of the application. Not a record: the JDK itself would keep the last one, since the method handles by which records
     * are compared remember the type that they were last used for.
     */
    public static final class Id implements Serializable {
        private static final long serialVersionUID = 1L;
        private final int number;

        Id(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && id.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** A type that is shared rather than encoded. */
    public enum Kind {
        PLAIN,
        FANCY {
            @Override
            public String toString() {
                return "fancy";
            }
        }
    }

    /** A value of the application, which must be encoded. */
    public static final class Document implements Serializable {
        private static final long serialVersionUID = 1L;
        private final HashMap<Id, byte[]> parts = new HashMap<>();
        private final Kind kind;

        Document(Id id) {
            this.kind = id.number % 2 == 0 ? Kind.PLAIN : Kind.FANCY;
            parts.put(id, new byte[100]);
        }
    }

    /** Hears, both now and later. */
    public static final class Listener
            implements CacheEntryCreatedListener<Id, Document>, CacheEntryExpiredListener<Id, Document> {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends Id, ? extends Document>> events) {
            events.forEach(event -> event.getValue());
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends Id, ? extends Document>> events) {
            events.forEach(event -> event.getOldValue());
        }
    }

    /** Loads on the threads of the manager. */
    public static final class Loader implements CacheLoader<Id, Document> {
        @Override
        public Document load(Id id) {
            return new Document(id);
        }

        @Override
        public Map<Id, Document> loadAll(Iterable<? extends Id> ids) {
            var loaded = new HashMap<Id, Document>();
            ids.forEach(id -> loaded.put(id, new Document(id)));
            return loaded;
        }
    }

    /** Runs the application, with the provider that it finds. */
    @Override
    public void accept(String uri) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            run(Caching.getCachingProvider(CofferCachingProvider.class.getName()), URI.create(uri));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Runs the application with a provider that it shares with others. */
    public void run(CachingProvider provider, URI uri) {
        var manager = provider.getCacheManager(uri, loader);
        use(manager.createCache("documents", configuration().setMaxEntries(10)));
        use(manager.createCache("by-reference", configuration().setStoreByValue(false)));
        use(manager.createCache("by-size", configuration().setMaxBytes(5_000)));
        provider.close(loader);
    }

    private static CofferConfiguration<Id, Document> configuration() {
        var configuration = new CofferConfiguration<Id, Document>()
                .setTypes(Id.class, Document.class)
                .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1)))
                .setCacheLoaderFactory(Loader::new)
                .setReadThrough(true)
                .setStatisticsEnabled(true)
                .setManagementEnabled(true);
        for (boolean isSynchronous : new boolean[] {true, false}) {
            configuration.addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                    Listener::new, () -> event -> true, true, isSynchronous));
        }
        return configuration;
    }

    private static void use(Cache<Id, Document> cache) {
        for (int i = 0; i < 20; i++) {
            var id = new Id(i);
            cache.put(id, new Document(id));
            cache.get(id);
        }
        var id = new Id(100);
        cache.invoke(id, (entry, arguments) -> {
            entry.setValue(new Document(id));
            return null;
        });
        var loaded = new CompletionListenerFuture();
        cache.loadAll(Set.of(id, new Id(101)), true, loaded);
        try {
            loaded.get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The load has failed", e);
        }
        cache.forEach(entry -> entry.getValue());
    }
}
