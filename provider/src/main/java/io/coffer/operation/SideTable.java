package io.coffer.operation;

import io.coffer.common.Failures;
import io.coffer.common.Millis;
import io.coffer.tier.Entry;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Something that is remembered of keys beside the entries of a cache, for a time: bounded and swept as the cache is, but
 * nobody hears of it and nothing is counted. Its locks are the last that a thread takes. Safe for use by several threads.
 */
public final class SideTable<K, T> {
    private final EntryTable<K, T> entries;
    private final long keptMillis;
    private final InstantSource clock;
    private final Eviction<K, T> eviction;

    /**
     * Makes a side table of an empty table.
     *
     * @param keptMillis for how long something is remembered
     */
    public SideTable(EntryTable<K, T> entries, long keptMillis, InstantSource clock) {
        this.entries = entries;
        this.keptMillis = keptMillis;
        this.clock = clock;
        this.eviction = new Eviction<>(entries, SideTable::dropAndUnlock);
    }

    /** Returns what is remembered of a key, with the deadline of the memory, or null. */
    @Nullable
    Expirable<T> find(K key) {
        var entry = entries.find(key);
        var found = entry == null ? null : entry.current();
        return found == null || isPast(found) ? null : found;
    }

    private boolean isPast(Expirable<T> found) {
        return found.expiresAtMillis() <= clock.millis();
    }

    /** Remembers something of a key in place of what was; its time runs from the moment that is given. */
    void put(K key, Expirable<T> value, long fromMillis) {
        try (var entry = entries.lock(key)) {
            entry.set(entry.current(), value.expiringAt(Millis.after(fromMillis, keptMillis)));
        }
        eviction.makeRoom();
    }

    /** As {@link #put}, of an object that is not yet in its stored form; its time runs from now. */
    void put(K key, T value) {
        put(key, entries.take(value), clock.millis());
    }

    void forget(K key) {
        if (entries.find(key) != null) {
            dropAndUnlock(entries.lock(key));
        }
    }

    private static <K, T> void dropAndUnlock(Entry<K, T> locked) {
        try (locked) {
            var current = locked.current();
            if (current != null) {
                locked.set(current, null);
            }
        }
    }

    void clear() {
        entries.iterator().forEachRemaining(entry -> forget(entry.key()));
    }

    /** Drops what has been remembered for long enough. */
    void sweep() {
        var failures = new Failures();
        for (var entry : entries.due(clock.millis())) {
            failures.attempt(() -> {
                if (entries.lockDue(entry)) {
                    sweep(entry);
                }
            });
        }
        failures.throwFirst();
    }

    private void sweep(Entry<K, T> locked) {
        try (locked) {
            var current = locked.current();
            if (current != null && isPast(current)) {
                locked.set(current, null);
            }
        }
    }

    /** Lets go of everything: the cache has ended. */
    void abandon() {
        entries.abandon();
    }
}
