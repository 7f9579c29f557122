package io.coffer.event;

import io.coffer.lock.WaitGraph;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import org.jspecify.annotations.Nullable;

/** The listeners of one cache. Safe for use by several threads. */
public final class Listeners<K, V> implements Closeable {
    private final Cache<K, V> source;
    private final UnaryOperator<K> copyOfKey;
    private final WaitGraph waits;
    private final Executor executor;
    private final Delivery<K, V> none;
    private final CopyOnWriteArrayList<ListenerRegistration<K, V>> registrations = new CopyOnWriteArrayList<>();

    /**
     * Makes an empty set of listeners.
     *
     * @param source the cache that events name as their source
     * @param copyOfKey gives a key that a listener may keep
     * @param waits who waits for whom
     * @param executor tells asynchronous listeners, and synchronous ones of what happened without a caller
     */
    public Listeners(Cache<K, V> source, UnaryOperator<K> copyOfKey, WaitGraph waits, Executor executor) {
        this.source = source;
        this.copyOfKey = copyOfKey;
        this.waits = waits;
        this.executor = executor;
        this.none = new Delivery<>(this, List.of(), true);
    }

    /**
     * Adds a listener, made by its factory.
     *
     * @throws IllegalArgumentException if an equal configuration is there already, or its factory makes nothing
     */
    public void add(CacheEntryListenerConfiguration<K, V> configuration) {
        if (configuration.getCacheEntryListenerFactory() == null) {
            throw refusal("the listener configuration has no factory; call setCacheEntryListenerFactory");
        }
        if (registrations.stream().anyMatch(known -> known.configuration().equals(configuration))) {
            throw registeredAlready();
        }
        var registration = new ListenerRegistration<>(source.getName(), configuration);
        if (!registrations.addIfAbsent(registration)) {
            registration.close(); // another thread was faster
            throw registeredAlready();
        }
    }

    private IllegalArgumentException registeredAlready() {
        return refusal("this listener configuration is registered already; deregister it first");
    }

    private IllegalArgumentException refusal(String problem) {
        return new IllegalArgumentException("Cache \"" + source.getName() + "\": " + problem);
    }

    /** Removes and closes the listener of a configuration, if there is one. */
    public void remove(CacheEntryListenerConfiguration<K, V> configuration) {
        for (var registration : registrations) {
            if (registration.configuration().equals(configuration) && registrations.remove(registration)) {
                registration.close();
            }
        }
    }

    /**
     * Begins to collect the events of an operation; costs nothing while nobody listens. Told are those who are registered now: what
     * they hear of is known before the operation begins.
     */
    public Delivery<K, V> open() {
        return registrations.isEmpty() ? none : new Delivery<>(this, List.copyOf(registrations), true);
    }

    /** Begins to collect the events of what happens without a caller: nobody waits for the listeners. */
    public Delivery<K, V> openInBackground() {
        return registrations.isEmpty() ? none : new Delivery<>(this, List.copyOf(registrations), false);
    }

    /** Tells whether anybody hears of a kind of events. */
    public boolean hear(EventKind kind) {
        return open().hears(kind);
    }

    /** Removes and closes all listeners; no event is delivered after it. */
    @Override
    public void close() {
        for (var registration : registrations) {
            if (registrations.remove(registration)) {
                registration.close();
            }
        }
    }

    EntryEvent<K, V> event(EventKind kind, K key, Supplier<V> value, @Nullable Supplier<V> oldValue) {
        return new EntryEvent<>(source, kind, () -> copyOfKey.apply(key), value, oldValue);
    }

    WaitGraph waits() {
        return waits;
    }

    Executor executor() {
        return executor;
    }
}
