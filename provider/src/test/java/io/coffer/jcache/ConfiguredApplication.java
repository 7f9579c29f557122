package io.coffer.jcache;

import io.coffer.codec.JavaCodec;
import io.coffer.spi.Codec;
import io.coffer.spi.Weigher;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** The classes of an application whose {@code coffer.json} names them all. A test loads them by a class loader of their own. */
public final class ConfiguredApplication {

    private ConfiguredApplication() {}

    /** A key. */
    public static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key;
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    /** A value that Java serialization writes. */
    public static final class Value implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** A value that only JSON can write. */
    public static final class Bean {
        public int number = 7;
    }

    /** A codec of the application. */
    public static final class OwnCodec implements Codec<Object> {
        private final JavaCodec<Object> java = new JavaCodec<>();

        @Override
        public byte[] encode(Object object) {
            return java.encode(object);
        }

        @Override
        public Object decode(byte[] bytes, ClassLoader loader) {
            return java.decode(bytes, loader);
        }
    }

    /** A weigher of the application. */
    public static final class OwnWeigher implements Weigher<Object, Object> {
        @Override
        public long weigh(Object key, Object value) {
            return 10;
        }
    }

    /** A loader of the application. */
    public static final class OwnLoader implements CacheLoader<Object, Object> {
        @Override
        public Object load(Object key) {
            return new Value();
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            var loaded = new HashMap<Object, Object>();
            keys.forEach(key -> loaded.put(key, new Value()));
            return loaded;
        }
    }

    /** A factory of the application. */
    public static final class LoaderFactory implements Factory<CacheLoader<Object, Object>> {
        private static final long serialVersionUID = 1L;

        @Override
        public CacheLoader<Object, Object> create() {
            return new OwnLoader();
        }
    }

    /** A writer of the application, which throws all away. */
    public static final class OwnWriter implements CacheWriter<Object, Object> {
        @Override
        public void write(Cache.Entry<?, ?> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
            entries.clear();
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.clear();
        }
    }

    /** A policy of the application. */
    public static final class OwnPolicy implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return Duration.ONE_MINUTE;
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }
    }

    /** A listener of the application. */
    public static final class OwnListener implements CacheEntryCreatedListener<Object, Object> {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(CacheEntryEvent::getValue);
        }
    }

    /** A filter of the application. */
    public static final class OwnFilter implements CacheEntryEventFilter<Object, Object> {
        @Override
        public boolean evaluate(CacheEntryEvent<?, ?> event) {
            return true;
        }
    }
}
