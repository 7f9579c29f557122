package io.coffer.jcache;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** All that a user can give to a cache in one object, so that each role can be closed and counted. */
final class UserPart
        implements CacheLoader<String, Integer>,
                CacheWriter<String, Integer>,
                ExpiryPolicy,
                CacheEntryCreatedListener<String, Integer>,
                CacheEntryEventFilter<String, Integer>,
                Closeable {
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public void close() throws IOException {
        closed.incrementAndGet();
    }

    @Override
    public Integer load(String key) {
        return 1;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
        return Map.of();
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {}

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}

    @Override
    public Duration getExpiryForCreation() {
        return Duration.ETERNAL;
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
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {}

    @Override
    public boolean evaluate(CacheEntryEvent<? extends String, ? extends Integer> event) {
        return true;
    }
}
