package io.coffer.operation;

import io.coffer.expiry.ExpiryTimes;
import io.coffer.spi.StoredEntry;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import io.coffer.tier.StoreTier;
import io.coffer.tier.StoreTier.Restored;
import java.util.Iterator;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the store what memory does not have, without a lock: the ground floor under {@link EntryReader}. What turns out to need
 * the lock of a key is done if that is free, else left to its holder. Safe for use by several threads.
 */
public final class StoreReader<K, V> {
    private final EntryTable<K, V> entries;
    private final StoreTier<K, V> store;
    private final ExpiryTimes expiry;
    private final ValueSource<K, V> source;
    private final OperationRunner<K, V> runner;
    private final @Nullable RefreshAhead<K, V> refreshAhead; // null where nothing is to be

    /** Puts the parts together. */
    public StoreReader(
            EntryTable<K, V> entries,
            StoreTier<K, V> store,
            ExpiryTimes expiry,
            ValueSource<K, V> source,
            OperationRunner<K, V> runner,
            @Nullable RefreshAhead<K, V> refreshAhead) {
        this.entries = entries;
        this.store = store;
        this.expiry = expiry;
        this.source = source;
        this.runner = runner;
        this.refreshAhead = refreshAhead;
    }

    /** Returns what the store has of a key, if it lives by the store's deadline; else null. */
    @Nullable
    Restored<V> read(K key) {
        try {
            var read = store.read(key);
            if (read == null) {
                return null;
            }
            if (!expiry.isPast(read.expiresAtMillis())) {
                return store.restore(read);
            }
        } catch (CacheException e) {
            seeTo(key, e);
            return null;
        }
        if (!source.isEnabled()) { // else the load that follows drops it
            runner.dropExpired(key);
        }
        return null;
    }

    /** Reads once more under the lock, where the rule for failures may change what is there. */
    private void seeTo(K key, CacheException failure) {
        var entry = entries.tryLock(key);
        if (entry == null) {
            store.missed(failure);
            return;
        }
        try (entry) {
            var stored = entry.unread();
            if (stored != null) {
                entry.fetch(stored);
            }
        }
    }

    /** Returns the version and deadline of what lives by the store's deadline, or null. Reads no value. */
    @Nullable
    Expirable<V> peek(K key) {
        var found = store.peek(key);
        return found == null || expiry.isPast(found.expiresAtMillis()) ? null : found;
    }

    /** Accesses what was read: its deadline may move, it may be refreshed, and memory may take it in. */
    V hit(K key, Restored<V> read) {
        boolean isKept = (expiry.isTouchedByAccess() || entries.admits(key)) && keep(key, read);
        if (refreshAhead != null) {
            refreshAhead.hit(key, isKept ? read.kept() : read.version());
        }
        return read.value();
    }

    /** Accesses what a walk through all entries has met: that says little of what will be wanted next, so memory stays as it is. */
    V pass(K key, Restored<V> read) {
        if (expiry.isTouchedByAccess()) { // a deadline moves in memory
            keep(key, read);
        }
        return read.value();
    }

    private boolean keep(K key, Restored<V> read) {
        var entry = entries.tryLock(key);
        if (entry == null) {
            return false;
        }
        boolean isKept;
        try (entry) {
            isKept = entry.adopt(read);
            var current = entry.current();
            if (isKept && current != null) {
                expiry.touch(entry, current);
            }
        }
        runner.makeRoom();
        return isKept;
    }

    /** Returns all live values, those that only the store has among them. */
    Iterator<Peeked<K, V>> iterator() {
        return new StoreIterator<>(entries, store, expiry);
    }

    /** Counts what lives in the store, reading it through. */
    long count() {
        long live = 0;
        try (var scan = store.scan(this)) {
            for (var read = scan.next(); read != null; read = scan.next()) {
                live += isLive(read) ? 1 : 0;
            }
        }
        return live;
    }

    private boolean isLive(StoredEntry read) {
        var key = store.keyOf(read);
        var entry = key == null ? null : entries.find(key);
        var current = entry == null ? null : entry.current();
        return key != null && !expiry.isPast(current == null ? read.expiresAtMillis() : current.expiresAtMillis());
    }
}
