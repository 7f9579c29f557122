package io.coffer.testing;

import java.util.function.Consumer;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** Hands every event to a function of the test. */
public final class CallbackListener<K, V>
        implements CacheEntryCreatedListener<K, V>,
                CacheEntryUpdatedListener<K, V>,
                CacheEntryRemovedListener<K, V>,
                CacheEntryExpiredListener<K, V> {
    private final Consumer<CacheEntryEvent<? extends K, ? extends V>> callback;

    private CallbackListener(Consumer<CacheEntryEvent<? extends K, ? extends V>> callback) {
        this.callback = callback;
    }

    /** Returns the registration of a listener whose caller waits for it. */
    public static <K, V> MutableCacheEntryListenerConfiguration<K, V> synchronous(
            Consumer<CacheEntryEvent<? extends K, ? extends V>> callback) {
        var listener = new CallbackListener<K, V>(callback);
        return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true);
    }

    /** Returns the registration of a listener for whom nobody waits. */
    public static <K, V> MutableCacheEntryListenerConfiguration<K, V> asynchronous(
            Consumer<CacheEntryEvent<? extends K, ? extends V>> callback) {
        var listener = new CallbackListener<K, V>(callback);
        return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, false);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(callback);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(callback);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(callback);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(callback);
    }
}
