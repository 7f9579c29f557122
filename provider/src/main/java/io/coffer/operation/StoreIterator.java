package io.coffer.operation;

import io.coffer.expiry.ExpiryTimes;
import io.coffer.spi.StoredEntry;
import io.coffer.tier.Entry;
import io.coffer.tier.EntryTable;
import io.coffer.tier.StoreScan;
import io.coffer.tier.StoreTier;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the live values of a persistent cache without accessing them: in the order of the store, each as memory has it if it
 * does. Takes little memory however many there are. For one thread.
 */
final class StoreIterator<K, V> implements Iterator<Peeked<K, V>> {
    /*
     * Hits may have moved a deadline in memory beyond that in the store, which may drop the entry then, until the next hit or the
     * sweeper puts it back. So at last those values in memory are visited whose deadline in the store has passed, but for those that
     * the store has shown all the same.
     */
    private final EntryTable<K, V> entries;
    private final StoreTier<K, V> store;
    private final ExpiryTimes expiry;
    private final StoreScan scan;
    private final Set<K> shownLate = new HashSet<>(); // bounded by what memory holds
    private @Nullable Iterator<Entry<K, V>> memory; // once the store has been gone through
    private @Nullable Peeked<K, V> next;

    StoreIterator(EntryTable<K, V> entries, StoreTier<K, V> store, ExpiryTimes expiry) {
        this.entries = entries;
        this.store = store;
        this.expiry = expiry;
        this.scan = store.scan(this);
    }

    @Override
    public boolean hasNext() {
        return look() != null;
    }

    @Override
    public Peeked<K, V> next() {
        var found = look();
        if (found == null) {
            throw new NoSuchElementException("There are no more entries");
        }
        next = null;
        return found;
    }

    private @Nullable Peeked<K, V> look() {
        if (next == null && memory == null) {
            next = nextOfStore();
        }
        if (next == null) {
            next = nextOfMemory();
        }
        return next;
    }

    private @Nullable Peeked<K, V> nextOfStore() {
        for (var read = scan.next(); read != null; read = scan.next()) {
            var peeked = peek(read);
            if (peeked != null) {
                return peeked;
            }
        }
        return null;
    }

    private @Nullable Peeked<K, V> peek(StoredEntry read) {
        var key = store.keyOf(read);
        if (key == null) {
            return null;
        }
        var entry = entries.find(key);
        var live = entry == null ? null : expiry.live(entry);
        if (entry != null && live != null) {
            if (read.expiresAtMillis() < live.expiresAtMillis()) {
                shownLate.add(entry.key());
            }
            return new Peeked<>(entry.key(), live, entry, null);
        }
        if (entry != null && expiry.isExpired(entry)) {
            return null;
        }
        return expiry.isPast(read.expiresAtMillis()) ? null : restored(key, read);
    }

    private @Nullable Peeked<K, V> restored(K key, StoredEntry read) {
        try {
            var restored = store.restore(read);
            return new Peeked<>(key, restored.kept(), null, restored);
        } catch (CacheException e) {
            store.missed(e); // whoever asks for the key removes it
            return null;
        }
    }

    private @Nullable Peeked<K, V> nextOfMemory() {
        if (memory == null) {
            memory = entries.iterator();
        }
        while (memory.hasNext()) {
            var entry = memory.next();
            var live = expiry.live(entry);
            if (live != null && entry.isOutliving(store.clock().millis()) && !shownLate.contains(entry.key())) {
                return new Peeked<>(entry.key(), live, entry, null);
            }
        }
        return null;
    }
}
