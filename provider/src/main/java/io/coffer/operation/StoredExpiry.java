package io.coffer.operation;

import io.coffer.common.Failures;
import io.coffer.event.EventKind;
import io.coffer.event.Listeners;
import io.coffer.tier.StoreExpired;
import io.coffer.tier.StoreTier;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The expiry of what only the store has: at each sweep it asks the store for keys whose deadline has passed, and has each dropped as
 * any expired entry is, under the lock of its key. Only while somebody wants to hear of it; else the store drops them by itself, and
 * nothing is read.
 *
 * <p>A sweep sees to 10,000 entries at most, so those of other caches need not wait for long. Safe for use by several threads.
 */
public final class StoredExpiry<K, V> {
    private static final int KEYS = 1_000; // as many are held at once
    private static final int ROUNDS = 10;

    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final StoreTier<K, V> store;
    private final StoreExpired<K> expired;
    private final ValueSource<K, V> source;
    private final OperationRunner<K, V> runner;
    private final Listeners<K, V> listeners;
    private final ReentrantLock lock = new ReentrantLock(); // the store hears last what was found out last

    /** Puts the parts together. */
    public StoredExpiry(
            StoreTier<K, V> store, ValueSource<K, V> source, OperationRunner<K, V> runner, Listeners<K, V> listeners) {
        this.store = store;
        this.expired = store.expired();
        this.source = source;
        this.runner = runner;
        this.listeners = listeners;
    }

    /** Looks whether somebody wants to hear of what expires, and tells the store. To be called when listeners have come or gone. */
    public boolean attend() {
        lock.lock();
        try {
            boolean isWanted = listeners.hear(EventKind.EXPIRED) || source.keepsExpired();
            expired.keep(isWanted);
            return isWanted;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what has expired and nobody has met. */
    public void sweep() {
        var failures = new Failures();
        failures.attempt(() -> sweep(failures));
        if (store.isClosed()) {
            LOG.log(System.Logger.Level.DEBUG, "A cache was closed while it was swept"); // that is what has failed
        } else {
            failures.throwFirst();
        }
    }

    private void sweep(Failures failures) {
        int found = attend() ? KEYS : 0;
        for (int i = 0; i < ROUNDS && found == KEYS; i++) {
            var keys = expired.keys(KEYS);
            for (var key : keys) {
                if (!store.isClosed()) {
                    failures.attempt(() -> runner.sweep(key));
                }
            }
            found = keys.size();
        }
    }
}
