package io.coffer.event;

import io.coffer.common.Failures;
import io.coffer.lock.WaitGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one operation: collected under the lock of their key, told when it is closed, after unlocking.
 *
 * <p>For one thread. Closing it waits for the synchronous listeners; for an asynchronous one only if it is far behind.
 */
public final class Delivery<K, V> implements AutoCloseable {
    private final Listeners<K, V> listeners;
    private final List<ListenerRegistration<K, V>> registrations;
    private final boolean hasCaller;
    private final List<Notification<K, V>> notifications = new ArrayList<>();

    Delivery(Listeners<K, V> listeners, List<ListenerRegistration<K, V>> registrations, boolean hasCaller) {
        this.listeners = listeners;
        this.registrations = registrations;
        this.hasCaller = hasCaller;
    }

    /** Tells whether anybody hears of a kind of events. */
    public boolean hears(EventKind kind) {
        for (var registration : registrations) {
            if (registration.hears(kind)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds an event, to be told to those who hear of its kind.
     *
     * @param kind what happened
     * @param key the key as the table holds it
     * @param value gives the value, or the last one
     * @param oldValue gives the value before, or is null if there was none
     */
    public void add(EventKind kind, K key, Supplier<V> value, @Nullable Supplier<V> oldValue) {
        for (var registration : registrations) {
            if (registration.hears(kind)) {
                var event = listeners.event(kind, key, value, oldValue);
                var teller = hasCaller && registration.isSynchronous() ? Thread.currentThread() : null;
                notifications.add(new Notification<>(registration, key, event, teller));
            }
        }
    }

    /**
     * Tells the listeners; every one of them, also after a failure.
     *
     * @throws javax.cache.event.CacheEntryListenerException the first failure of a synchronous listener, others suppressed
     */
    @Override
    public void close() {
        if (!notifications.isEmpty()) {
            tell(listeners.waits(), listeners.executor());
        }
    }

    private void tell(WaitGraph waits, Executor executor) {
        var failures = new Failures();
        for (var notification : notifications) {
            failures.attempt(() -> tell(notification, waits, executor));
        }
        failures.throwFirst();
    }

    private void tell(Notification<K, V> notification, WaitGraph waits, Executor executor) {
        if (hasCaller && notification.isSynchronous()) {
            notification.tellNow(waits);
        } else {
            notification.tellLater(executor);
            if (notification.isBehind()) {
                notification.await(waits);
            }
        }
    }
}
