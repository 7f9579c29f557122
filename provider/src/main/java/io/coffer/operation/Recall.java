package io.coffer.operation;

import io.coffer.tier.Expirable;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a cache remembers so that the CacheLoader need not be asked or may fail: values that have expired, and keys for which
 * the loader has found nothing. Told of each change under the lock of its key. Safe for use by several threads.
 */
public final class Recall<K, V> {
    private final @Nullable SideTable<K, V> expired;
    private final @Nullable SideTable<K, Boolean> absent;
    private final InstantSource clock;

    /**
     * Makes a memory of two tables, null for what is not to be remembered.
     *
     * @param expired holds what has expired, for as long as it may be served after its deadline
     * @param absent holds the keys without a value, for as long as the loader is not to be asked again
     */
    public Recall(@Nullable SideTable<K, V> expired, @Nullable SideTable<K, Boolean> absent, InstantSource clock) {
        this.expired = expired;
        this.absent = absent;
        this.clock = clock;
    }

    /** Tells whether it is interested in what has expired. */
    boolean keepsExpired() {
        return expired != null;
    }

    /** Keeps aside what has expired; what was served stale is aside still, until its own end. */
    void keepAside(K key, Expirable<V> ended) {
        if (expired != null && !ended.isStale()) {
            expired.put(key, ended, ended.endedAtMillis(clock.millis()));
        }
    }

    /** Returns what may be served although it has expired, with the deadline until which it may, or null. */
    @Nullable
    Expirable<V> findExpired(K key) {
        return expired == null ? null : expired.find(key);
    }

    /** Notes that the loader has found nothing: what was there before is not to be served any more. */
    void noteAbsence(K key) {
        if (expired != null) {
            expired.forget(key);
        }
        if (absent != null) {
            absent.put(key, Boolean.TRUE);
        }
    }

    /** Tells whether the loader has found nothing a short while ago. */
    boolean isAbsent(K key) {
        return absent != null && absent.find(key) != null;
    }

    /** Forgets a key: there is something newer to be said of it. */
    void forget(K key) {
        if (expired != null) {
            expired.forget(key);
        }
        if (absent != null) {
            absent.forget(key);
        }
    }

    /** Forgets all keys. */
    void clear() {
        if (expired != null) {
            expired.clear();
        }
        if (absent != null) {
            absent.clear();
        }
    }

    /** Drops what has been remembered for long enough. */
    void sweep() {
        if (expired != null) {
            expired.sweep();
        }
        if (absent != null) {
            absent.sweep();
        }
    }

    /** Lets go of everything: the cache has ended. */
    public void abandon() {
        if (expired != null) {
            expired.abandon();
        }
        if (absent != null) {
            absent.abandon();
        }
    }
}
