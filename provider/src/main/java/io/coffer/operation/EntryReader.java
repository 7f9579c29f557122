package io.coffer.operation;

import static java.util.Objects.requireNonNull;

import io.coffer.expiry.ExpiryTimes;
import io.coffer.management.CacheStatistics;
import io.coffer.tier.Entry;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads without a lock: whatever only looks at a cache, and {@code get} until it has to load. Safe for use by several threads. */
public final class EntryReader<K, V> {
    private final EntryTable<K, V> entries;
    private final ExpiryTimes expiry;
    private final ValueSource<K, V> source;
    private final CacheStatistics statistics;
    private final OperationRunner<K, V> runner;
    private final @Nullable RefreshAhead<K, V> refreshAhead; // null where nothing is to be
    private final @Nullable StoreReader<K, V> below; // null where entries live in memory only

    /** Puts the parts together. */
    public EntryReader(
            EntryTable<K, V> entries,
            ExpiryTimes expiry,
            ValueSource<K, V> source,
            CacheStatistics statistics,
            OperationRunner<K, V> runner,
            @Nullable RefreshAhead<K, V> refreshAhead,
            @Nullable StoreReader<K, V> below) {
        this.entries = entries;
        this.expiry = expiry;
        this.source = source;
        this.statistics = statistics;
        this.runner = runner;
        this.refreshAhead = refreshAhead;
        this.below = below;
    }

    /** {@code Cache.get}. */
    public @Nullable V get(K key) {
        var value = find(key);
        return value == null && source.isEnabled() ? runner.load(key) : value;
    }

    /** Looks a value up, counting a hit or a miss, and loads nothing. */
    @Nullable
    V find(K key) {
        return statistics.isEnabled() ? findCounted(key) : look(key);
    }

    private @Nullable V findCounted(K key) {
        long start = statistics.start();
        V value = null;
        try {
            value = look(key);
            return value;
        } finally { // also if a listener of EXPIRED fails
            if (value == null) {
                statistics.countMiss();
            } else {
                statistics.countHit();
            }
            statistics.timeGet(start);
        }
    }

    private @Nullable V look(K key) {
        var entry = entries.find(key);
        if (entry == null) {
            return below == null ? null : lookBelow(key, below);
        }
        var live = expiry.live(entry);
        return live == null ? miss(key, entry) : hit(entry, live);
    }

    private V hit(Entry<K, V> entry, Expirable<V> live) {
        if (refreshAhead != null) {
            refreshAhead.hit(entry.key(), live);
        }
        expiry.touch(entry, live);
        entry.hit();
        return live.value();
    }

    /** What has expired is dropped, by the load that follows if there is one. What its holder reads from disk just now has not. */
    private @Nullable V miss(K key, Entry<K, V> entry) {
        if (below != null && !expiry.isExpired(entry)) {
            return lookBelow(key, below);
        }
        if (entry.current() != null && !source.isEnabled()) {
            runner.dropExpired(entry);
        }
        return null;
    }

    /** What was read is right if memory has nothing of the key afterwards, either; else memory is. */
    private @Nullable V lookBelow(K key, StoreReader<K, V> store) {
        while (true) {
            var read = store.read(key);
            var entry = entries.find(key);
            if (entry == null || entry.current() == null) {
                return read == null ? null : store.hit(key, read);
            }
            var live = expiry.live(entry);
            if (live != null) {
                return hit(entry, live);
            }
            if (expiry.isExpired(entry)) {
                return null;
            }
        }
    }

    /** {@code Cache.containsKey}: no access, no count (JSR-107 sections 6.2 and 10). */
    public boolean contains(K key) {
        return peek(key) != null;
    }

    /** Returns the live value of a key and its deadline, or null: no access, no count. A value on disk is not read: it has the deadline alone. */
    public @Nullable Expirable<V> peek(K key) {
        while (true) {
            var entry = entries.find(key);
            var live = entry == null ? null : expiry.live(entry);
            if (live != null || below == null || (entry != null && expiry.isExpired(entry))) {
                return live;
            }
            var stored = below.peek(key);
            entry = entries.find(key);
            if (entry == null || entry.current() == null) {
                return stored;
            }
        }
    }

    /** Drops what has expired and nobody has looked at. */
    public void sweep() {
        runner.sweep();
        source.sweep();
        if (refreshAhead != null) {
            refreshAhead.sweep();
        }
    }

    /** Returns the live values, weakly consistent, to be {@link #access accessed} or passed by. */
    public Iterator<Peeked<K, V>> iterator() {
        return below == null ? new PeekingIterator<>(entries.iterator(), expiry) : below.iterator();
    }

    /** Accesses what has been seen: it counts as a hit, and its deadline may move if it is there still. */
    public V access(Peeked<K, V> peeked) {
        statistics.countHit();
        var entry = peeked.entry();
        if (entry == null) {
            return requireNonNull(below).pass(peeked.key(), requireNonNull(peeked.read()));
        }
        if (expiry.live(entry) == peeked.seen()) {
            expiry.touch(entry, peeked.seen());
        }
        entry.hit();
        return peeked.seen().value();
    }

    /** Counts the live entries of a store, reading it through. */
    long countStored() {
        return requireNonNull(below).count();
    }
}
