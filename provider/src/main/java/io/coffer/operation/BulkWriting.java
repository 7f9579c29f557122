package io.coffer.operation;

import static java.util.Objects.requireNonNull;

import io.coffer.common.Failures;
import io.coffer.event.Listeners;
import io.coffer.tier.Entry;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import io.coffer.tier.StoreTier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts many values: one by one in memory, and into a store with one write for many. The keys that are free are held meanwhile; those
 * somebody else holds are put afterwards, one by one, so that nobody waits while he holds a key. Safe for use by several threads.
 */
final class BulkWriting<K, V> {
    /** How many keys are held at most, and how many values a write of the store has. */
    private static final int CHUNK = 1_000;

    private final OperationRunner<K, V> runner;
    private final EntryTable<K, V> entries;
    private final Listeners<K, V> listeners;

    /**
     * Puts the parts together.
     *
     * @param runner writes nothing through: the writer has been told already
     */
    BulkWriting(OperationRunner<K, V> runner, EntryTable<K, V> entries, Listeners<K, V> listeners) {
        this.runner = runner;
        this.entries = entries;
        this.listeners = listeners;
    }

    void putAll(Map<K, Expirable<V>> values, Failures failures) {
        var store = entries.store();
        if (store == null) {
            putEach(values, failures);
            return;
        }
        var chunk = new HashMap<K, Expirable<V>>();
        values.forEach((key, value) -> {
            chunk.put(key, value);
            if (chunk.size() == CHUNK) {
                putChunk(store, chunk, failures);
            }
        });
        putChunk(store, chunk, failures);
    }

    private void putEach(Map<K, Expirable<V>> values, Failures failures) {
        values.forEach((key, value) -> failures.attempt(() -> runner.run(key, Operations.put(value))));
    }

    private void putChunk(StoreTier<K, V> store, Map<K, Expirable<V>> chunk, Failures failures) {
        var alone = new LinkedHashMap<K, Expirable<V>>();
        failures.attempt(() -> putTogether(store, chunk, alone, failures));
        putEach(alone, failures);
        chunk.clear();
    }

    /** What is left for later is busy, or was not taken by the store. */
    private void putTogether(
            StoreTier<K, V> store, Map<K, Expirable<V>> chunk, Map<K, Expirable<V>> later, Failures failures) {
        try (var delivery = listeners.open(); // closed last: waits for the synchronous listeners
                var held = new HeldEntries<>(entries)) { // closed first: unlocks
            chunk.forEach((key, value) -> failures.attempt(() -> {
                if (!held.tryAdd(key)) {
                    later.put(key, value);
                }
            }));
            var decided = new LinkedHashMap<Entry<K, V>, Transition<V, Void>>();
            var afters = new LinkedHashMap<Entry<K, V>, Expirable<V>>();
            held.forEach((key, entry) -> failures.attempt(() -> {
                var value = requireNonNull(chunk.get(key));
                var transition = runner.decide(key, entry, Operations.put(value), delivery);
                var after = transition.after();
                if (after != null && after.expiresAtMillis() != Expirable.PAST) {
                    decided.put(entry, transition);
                    afters.put(entry, after);
                } else if (!runner.complete(entry, transition, delivery)) {
                    later.put(key, value);
                }
            }));
            var written = store.setAll(afters).iterator();
            decided.forEach((entry, transition) -> {
                if (written.next()) {
                    runner.finish(entry, transition, delivery, 0);
                } else {
                    later.put(entry.key(), requireNonNull(chunk.get(entry.key())));
                }
            });
        } finally {
            runner.makeRoom();
        }
    }
}
