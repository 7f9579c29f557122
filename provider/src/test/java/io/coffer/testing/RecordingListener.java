package io.coffer.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** Writes down every event, in the order of arrival, as in {@code "UPDATED k: old -> new"}. */
public final class RecordingListener<K, V>
        implements CacheEntryCreatedListener<K, V>,
                CacheEntryUpdatedListener<K, V>,
                CacheEntryRemovedListener<K, V>,
                CacheEntryExpiredListener<K, V> {
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    /** Returns what has arrived since the last call; more may arrive meanwhile. */
    public List<String> drain() {
        var drained = new ArrayList<String>();
        for (var event = events.poll(); event != null; event = events.poll()) {
            drained.add(event);
        }
        return drained;
    }

    /** Returns a configuration that registers this very object. */
    public MutableCacheEntryListenerConfiguration<K, V> configuration(boolean isSynchronous) {
        return new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(this), null, true, isSynchronous);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> created) {
        created.forEach(event -> events.add("CREATED " + event.getKey() + ": " + event.getValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> updated) {
        updated.forEach(event ->
                events.add("UPDATED " + event.getKey() + ": " + event.getOldValue() + " -> " + event.getValue()));
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> removed) {
        removed.forEach(event -> events.add("REMOVED " + event.getKey() + ": " + event.getOldValue()));
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> expired) {
        expired.forEach(event -> events.add("EXPIRED " + event.getKey() + ": " + event.getOldValue()));
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(this));
    }
}
