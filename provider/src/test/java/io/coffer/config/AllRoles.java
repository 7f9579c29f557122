package io.coffer.config;

import io.coffer.spi.Codec;
import io.coffer.spi.EntryStore;
import io.coffer.spi.HeapStorage;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.RollbackAnchor;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreOptions;
import io.coffer.spi.Weigher;
import io.coffer.spi.WrappedKey;
import java.util.Collection;
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

/** Whatever a configuration can name a class for, in one; its nested classes are each unfit in one way. */
public abstract class AllRoles
        implements CacheLoader<Object, Object>,
                CacheWriter<Object, Object>,
                CacheEntryCreatedListener<Object, Object>,
                CacheEntryEventFilter<Object, Object>,
                ExpiryPolicy,
                Weigher<Object, Object>,
                Codec<Object>,
                KeyProvider,
                RollbackAnchor,
                Storage {

    private static final HeapStorage STORES = new HeapStorage();

    /** Fit for everything. */
    public static final class Fit extends AllRoles {}

    /** Has no constructor without parameters. */
    public static final class Demanding extends AllRoles {
        public Demanding(String wanted) {
            assert wanted != null;
        }
    }

    /** Has a constructor that only this package may call. */
    public static final class Closed extends AllRoles {
        Closed() {}
    }

    /** Is seen by this package only, but for its constructor. */
    static final class Hidden extends AllRoles {
        public Hidden() {}
    }

    /** Cannot be made an object of. */
    public abstract static class Abstract extends AllRoles {
        public Abstract() {}
    }

    /** Has a constructor that fails. */
    public static final class Failing extends AllRoles {
        public Failing() {
            throw new IllegalStateException("no database");
        }
    }

    /** Fails before its constructor is reached. */
    public static final class FailingAtOnce extends AllRoles {
        private static final String DATABASE = databaseOf(null);
    }

    /** As the other, but a Factory. */
    public static final class FactoryFailingAtOnce implements Factory<AllRoles> {
        private static final long serialVersionUID = 1L;
        private static final String DATABASE = databaseOf(null);

        @Override
        public AllRoles create() {
            return new Fit();
        }
    }

    /** Makes what is fit. */
    public static final class FitFactory implements Factory<AllRoles> {
        private static final long serialVersionUID = 1L;

        @Override
        public AllRoles create() {
            return new Fit();
        }
    }

    /** A Factory with a constructor that fails. */
    public static final class FailingFactory implements Factory<AllRoles> {
        private static final long serialVersionUID = 1L;

        public FailingFactory() {
            throw new IllegalStateException("no database");
        }

        @Override
        public AllRoles create() {
            return new Fit();
        }
    }

    @Override
    public EntryStore open(StoreOptions options) {
        return STORES.open(options);
    }

    @Override
    public boolean delete(StoreOptions options) {
        return STORES.delete(options);
    }

    private static String databaseOf(String name) {
        if (name == null) {
            throw new IllegalStateException("no database");
        }
        return name;
    }

    @Override
    public Object load(Object key) {
        return key;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
        return Map.of();
    }

    @Override
    public void write(Cache.Entry<?, ?> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {}

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}

    @Override
    public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {}

    @Override
    public boolean evaluate(CacheEntryEvent<?, ?> event) {
        return true;
    }

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

    @Override
    public long weigh(Object key, Object value) {
        return 1;
    }

    @Override
    public String keyId() {
        return "none";
    }

    @Override
    public WrappedKey wrap(byte[] key, byte[] context) {
        return new WrappedKey(keyId(), key);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
        return wrapped.bytes();
    }

    @Override
    public long remembered(String counter) {
        return 0;
    }

    @Override
    public void advance(String counter, long number) {}

    @Override
    public byte[] encode(Object object) {
        return new byte[0];
    }

    @Override
    public Object decode(byte[] bytes, ClassLoader loader) {
        return "";
    }
}
