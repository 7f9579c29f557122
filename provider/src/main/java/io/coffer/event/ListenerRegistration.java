package io.coffer.event;

import io.coffer.CacheEntryEvictedListener;
import io.coffer.common.LogOnce;
import io.coffer.common.UserCloseable;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;

/** One listener with its filter: the only place that calls them, and so the one that says what their failures mean. */
final class ListenerRegistration<K, V> {
    /** How many notifications may wait before a caller has to wait for its own to be told. */
    private static final int BACKLOG_MAX = 10_000;

    /** The last notification for each key that is still to be told: the next one for that key comes after it. */
    private final ConcurrentHashMap<K, Notification<K, V>> lasts = new ConcurrentHashMap<>();

    private final AtomicInteger backlog = new AtomicInteger();
    private final CacheEntryListenerConfiguration<K, V> configuration;
    private final boolean isSynchronous; // the configuration may be changed by whoever gets hold of it
    private final CacheEntryListener<? super K, ? super V> listener;
    private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
    private final LogOnce log = new LogOnce();
    private final LogOnce filterLog = new LogOnce();
    private volatile boolean closed; // set once; no event is delivered after it

    ListenerRegistration(String cacheName, CacheEntryListenerConfiguration<K, V> configuration) {
        this.configuration = configuration;
        this.isSynchronous = configuration.isSynchronous();
        this.listener = made(cacheName, configuration.getCacheEntryListenerFactory());
        this.filter = makeFilter();
    }

    private static <L> L made(String cacheName, Factory<L> factory) {
        var made = factory.create();
        if (made == null) {
            throw new IllegalArgumentException("Cache \"" + cacheName + "\": the listener factory "
                    + factory.getClass().getName() + " has made null");
        }
        return made;
    }

    private @Nullable CacheEntryEventFilter<? super K, ? super V> makeFilter() {
        var factory = configuration.getCacheEntryEventFilterFactory();
        try {
            return factory == null ? null : factory.create();
        } catch (RuntimeException | Error e) {
            UserCloseable.close(listener);
            throw e;
        }
    }

    CacheEntryListenerConfiguration<K, V> configuration() {
        return configuration;
    }

    /** Makes a notification the last one of its key, and returns the one it comes after. */
    @Nullable
    Notification<K, V> enqueue(K key, Notification<K, V> notification) {
        var previous = lasts.put(key, notification);
        backlog.incrementAndGet();
        return previous;
    }

    /** Forgets a notification that has been told. */
    void dequeue(K key, Notification<K, V> notification) {
        backlog.decrementAndGet();
        lasts.remove(key, notification);
    }

    /** Tells whether so many notifications wait that no more should come. */
    boolean isBehind() {
        return backlog.get() > BACKLOG_MAX;
    }

    boolean isSynchronous() {
        return isSynchronous;
    }

    /** A listener hears of what its interfaces name, and of nothing else. */
    boolean hears(EventKind kind) {
        return switch (kind) {
            case CREATED -> listener instanceof CacheEntryCreatedListener;
            case UPDATED -> listener instanceof CacheEntryUpdatedListener;
            case REMOVED -> listener instanceof CacheEntryRemovedListener;
            case EXPIRED -> listener instanceof CacheEntryExpiredListener;
            case EVICTED -> listener instanceof CacheEntryEvictedListener;
        };
    }

    /**
     * Tells the listener.
     *
     * @throws CacheEntryListenerException if it failed
     */
    void tell(EntryEvent<K, V> event) {
        if (closed || !accepts(event) || closed) { // again: a filter may take its time
            return;
        }
        try {
            dispatch(event);
        } catch (CacheEntryListenerException e) {
            throw e;
        } catch (Exception e) {
            throw new CacheEntryListenerException(
                    "Listener " + listener.getClass().getName() + " failed for " + event, e);
        }
    }

    /** Tells the listener where nobody waits for it: a failure is logged, in full the first time. */
    void tellAlone(EntryEvent<K, V> event) {
        try {
            tell(event);
        } catch (CacheEntryListenerException | Error e) {
            log.warn("A listener failed for " + event + "; nobody waited for it", e);
        }
    }

    /** A filter that fails has not accepted; what happened to the entry has happened all the same. */
    private boolean accepts(EntryEvent<K, V> event) {
        if (filter == null) {
            return true;
        }
        try {
            return filter.evaluate(event);
        } catch (Exception e) {
            filterLog.warn("Filter " + filter.getClass().getName() + " failed; the event is not delivered", e);
            return false;
        }
    }

    @SuppressWarnings("unchecked") // a listener is registered for K and V, and hears(kind) was true
    private void dispatch(EntryEvent<K, V> event) {
        List<CacheEntryEvent<? extends K, ? extends V>> events = List.of(event);
        switch (event.kind()) {
            case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
            case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
            case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
            case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
            case EVICTED -> ((CacheEntryEvictedListener<K, V>) listener).onEvicted(events);
        }
    }

    /** Two registrations are the same if their configurations are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListenerRegistration<?, ?> that && configuration.equals(that.configuration);
    }

    @Override
    public int hashCode() {
        return configuration.hashCode();
    }

    /** Delivers nothing any more, and closes listener and filter if they can be closed (JSR-107, Cache.close). */
    void close() {
        closed = true;
        UserCloseable.close(listener);
        UserCloseable.close(filter);
    }
}
