package io.coffer.tier;

import static java.util.Objects.requireNonNull;

import io.coffer.CacheDeadlockException;
import io.coffer.lock.WaitGraph;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache in memory, found by key, changed only under the lock of their key.
 *
 * <p>There is exactly one entry for a key at a time, so its lock is the key's; it is exact (no two keys share one), exclusive
 * and not re-entrant. Safe for use by several threads.
 */
public final class EntryTable<K, V> {
    private final ConcurrentHashMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();
    private final String cacheName;
    private final StoredForm<K> keys;
    private final StoredForm<V> values;
    private final Bound<K, V> bound;
    private final TimerWheel<K, V> timers;
    private final WaitGraph waits;
    private final @Nullable StoreTier<K, V> store; // null where entries live in memory only

    /** Makes an empty table of entries that live in memory only; see below. */
    public EntryTable(
            String cacheName,
            StoredForm<K> keys,
            StoredForm<V> values,
            Limits<K, V> limits,
            InstantSource clock,
            WaitGraph waits) {
        this(cacheName, keys, values, limits, clock, waits, null);
    }

    /**
     * Makes an empty table.
     *
     * @param cacheName for messages
     * @param keys how keys lie in memory
     * @param values how values lie in memory
     * @param limits how many entries or bytes it may hold
     * @param clock tells the time
     * @param waits who waits for whom, among all caches whose locks a thread may hold at once
     * @param store what lies below memory, or null
     */
    public EntryTable(
            String cacheName,
            StoredForm<K> keys,
            StoredForm<V> values,
            Limits<K, V> limits,
            InstantSource clock,
            WaitGraph waits,
            @Nullable StoreTier<K, V> store) {
        this.cacheName = cacheName;
        this.keys = keys;
        this.values = values;
        this.waits = waits;
        this.store = store;
        this.timers = new TimerWheel<>(clock.millis());
        ToLongFunction<Entry<K, V>> weight = limits.weight(cacheName, keys);
        this.bound = limits.isBounded()
                ? new EvictionPolicy<>(limits, weight)
                : new Unbounded<>(cacheName, entries::mappingCount);
    }

    /** Returns the name of the cache, for messages. */
    public String cacheName() {
        return cacheName;
    }

    /** Returns the entry of a key, or null; it may be a placeholder, and its value expired. */
    public @Nullable Entry<K, V> find(K key) {
        return entries.get(key);
    }

    /**
     * Locks the entry of a key, waiting for whoever holds it; an absent key gets a placeholder.
     *
     * @return the entry, to be closed by the caller
     * @throws CacheDeadlockException if the caller, or somebody who waits for the caller, holds it
     */
    public Entry<K, V> lock(K key) {
        while (true) {
            var entry = entries.get(key);
            if (entry == null) {
                entry = addPlaceholder(key);
                if (entry != null) {
                    return entry;
                }
            } else {
                acquire(entry);
                if (!entry.isRetired()) {
                    return entry;
                }
                entry.unlockRetired();
                entries.remove(key, entry); // gone already, unless its key was changed while it lay here
            }
        }
    }

    /** Adds an entry that the caller holds, and that knows what the store has; null if somebody was faster. */
    private @Nullable Entry<K, V> addPlaceholder(K key) {
        var placeholder = new Entry<>(keys.copy(key), this);
        placeholder.tryLock();
        if (entries.putIfAbsent(placeholder.key(), placeholder) != null) {
            return null;
        }
        if (store != null) {
            lookUp(placeholder, store);
        }
        return placeholder;
    }

    private void lookUp(Entry<K, V> placeholder, StoreTier<K, V> below) {
        try {
            placeholder.setSide(below.find(below.encodedKey(placeholder.key())));
        } catch (RuntimeException | Error e) { // a key that cannot be encoded; a store that is closed
            placeholder.close();
            throw e;
        }
    }

    /** Locks the entry of a key as {@link #lock} does, or returns null if somebody holds it. Never waits. */
    public @Nullable Entry<K, V> tryLock(K key) {
        while (true) {
            var entry = entries.get(key);
            if (entry == null) {
                entry = addPlaceholder(key);
                if (entry != null) {
                    return entry;
                }
            } else if (tryLock(entry)) {
                return entry;
            } else if (entries.get(key) == entry) {
                return null;
            }
        }
    }

    /** Locks an entry if it is free and still in the table. Never waits. */
    public boolean tryLock(Entry<K, V> entry) {
        if (!entry.tryLock()) {
            return false;
        }
        if (entry.isRetired()) {
            entry.unlockRetired();
            return false;
        }
        return true;
    }

    private void acquire(Entry<K, V> entry) {
        if (entry.tryLock()) {
            return;
        }
        if (!waits.enter(entry)) {
            throw deadlock(entry);
        }
        try {
            entry.acquire(1);
        } finally {
            waits.leave();
        }
    }

    private CacheDeadlockException deadlock(Entry<K, V> entry) {
        return new CacheDeadlockException("Cache \"" + cacheName + "\": the key is held by "
                + (Thread.currentThread().equals(entry.owner())
                        ? "the caller itself"
                        : "a thread that waits for the caller")
                + ". An EntryProcessor, CacheLoader or CacheWriter must not change the key it is called for, and must"
                + " use other keys in one fixed order");
    }

    /** Returns the entries, weakly consistent; placeholders and expired ones among them. */
    public Iterator<Entry<K, V>> iterator() {
        return entries.values().iterator();
    }

    /** Returns the number of entries, including the few placeholders and those that expired but were not yet swept. */
    public long size() {
        return store == null ? entries.mappingCount() : store.size();
    }

    /** Returns what lies below memory, or null if entries live in memory only. */
    public @Nullable StoreTier<K, V> store() {
        return store;
    }

    /** For entries that know a side of the store. */
    StoreChanges<K, V> changes() {
        return requireNonNull(store).changes();
    }

    /** Tells whether memory should take in what a reader has found in the store: not if it is full and the key was not met lately. */
    public boolean admits(K key) {
        return bound.admits(key.hashCode());
    }

    /** Returns the sum of the weights of the entries, or -1 if they are not bounded by bytes. */
    public long weight() {
        return bound.weight();
    }

    /** Refuses a caller who holds an entry and is about to wait for all of them, as {@link #lock} would. */
    public void requireNoneHeld() {
        for (var entry : entries.values()) {
            if (Thread.currentThread().equals(entry.owner())) {
                throw deadlock(entry);
            }
        }
    }

    /** Lets memory forget all entries that nobody holds. For persistent caches. */
    public void forgetAll() {
        for (var entry : entries.values()) {
            if (tryLock(entry)) {
                try (entry) {
                    entry.forget();
                }
            }
        }
    }

    /** Lets go of all entries: the cache has ended, and whoever still holds it must not hold them. */
    public void abandon() {
        entries.clear();
        timers.clear();
        bound.clear();
    }

    /** Returns a key for a caller to keep. */
    public K copyOf(K key) {
        return keys.copy(key);
    }

    /** Returns the entries whose timer has run out, most of them expired; for each, {@link #lockDue} must be called. */
    public List<Entry<K, V>> due(long nowMillis) {
        return timers.due(nowMillis);
    }

    /** Locks an entry that is due. If its lock is taken, it will be due again soon. */
    public boolean lockDue(Entry<K, V> entry) {
        if (!entry.tryLock()) {
            timers.retry(entry); // also if it is absent now: its holder may just be writing another value
            return false;
        }
        if (entry.isRetired()) {
            entry.unlockRetired();
            return false;
        }
        timers.disarm(entry);
        return true;
    }

    /** Tells whether the cache holds more than it may. */
    public boolean isOverfull() {
        return bound.isExceeded();
    }

    /** Chooses an entry to evict, or returns null when there is room; it must be made absent, or {@link #keep kept}. */
    public @Nullable Entry<K, V> victim() {
        return bound.victim();
    }

    /** Takes back the choice of a victim whose lock was taken. */
    public void keep(Entry<K, V> victim) {
        bound.keep(victim);
    }

    /**
     * Takes a caller's value in; it has no deadline until the expiry policy has spoken ({@link Expirable#UNSET}).
     *
     * @throws javax.cache.CacheException if it cannot be stored by value
     */
    public Expirable<V> take(V value) {
        return store == null ? values.take(value) : store.take(value);
    }

    TimerWheel<K, V> timers() {
        return timers;
    }

    Bound<K, V> bound() {
        return bound;
    }

    void retire(Entry<K, V> entry) {
        timers.cancel(entry);
        entries.remove(entry.key(), entry);
    }
}
