package io.coffer.operation;

import io.coffer.common.Failures;
import io.coffer.tier.Entry;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Entries that one thread holds at the same time, none of which it has waited for. Closing it unlocks them all. */
final class HeldEntries<K, V> implements AutoCloseable {
    private final EntryTable<K, V> entries;
    private final Map<K, Entry<K, V>> held = new LinkedHashMap<>();

    HeldEntries(EntryTable<K, V> entries) {
        this.entries = entries;
    }

    /** Locks a key and holds it, unless somebody else does. */
    boolean tryAdd(K key) {
        var entry = entries.tryLock(key);
        if (entry != null) {
            held.put(key, entry);
        }
        return entry != null;
    }

    /** Returns the held keys of those entries for which something finds no value. */
    Set<K> keysWithout(Function<Entry<K, V>, @Nullable Expirable<V>> finder) {
        var keys = new LinkedHashSet<K>();
        held.forEach((key, entry) -> {
            if (finder.apply(entry) == null) {
                keys.add(key);
            }
        });
        return keys;
    }

    void forEach(BiConsumer<K, Entry<K, V>> action) {
        held.forEach(action);
    }

    @Override
    public void close() {
        var failures = new Failures();
        held.values().forEach(entry -> failures.attempt(entry::close));
        failures.throwFirst();
    }
}
