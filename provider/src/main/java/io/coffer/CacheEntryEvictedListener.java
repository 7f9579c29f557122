package io.coffer;

import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;

/**
 * Hears of entries that a bounded cache has evicted for want of room. Registered as every listener is, by
 * {@code Cache.registerCacheEntryListener} or the configuration.
 *
 * <p>The standard has no type for such an event, so {@code getEventType()} of it is REMOVED. An eviction has no caller who could
 * wait for it: it is told in the background, also to a synchronous listener, and in the order of the events of its key. What
 * has expired is not evicted, but EXPIRED.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
@FunctionalInterface
public interface CacheEntryEvictedListener<K, V> extends CacheEntryListener<K, V> {

    /**
     * Called after entries have been evicted.
     *
     * @param events the events, each with the last value both as value and as old value; never null
     * @throws CacheEntryListenerException if it fails, which is logged
     */
    void onEvicted(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) throws CacheEntryListenerException;
}
