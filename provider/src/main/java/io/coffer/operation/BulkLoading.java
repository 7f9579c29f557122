package io.coffer.operation;

import io.coffer.common.Failures;
import io.coffer.event.Listeners;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads many keys with one call of the loader, and still no key twice at a time: the keys that are free are held while they
 * are loaded; those somebody else holds are waited for afterwards, one by one, so that nobody waits while he holds a key.
 *
 * <p>Safe for use by several threads.
 */
public final class BulkLoading<K, V> {
    private final OperationRunner<K, V> runner;
    private final EntryReader<K, V> reader;
    private final EntryTable<K, V> entries;
    private final ValueSource<K, V> source;
    private final Listeners<K, V> listeners;

    /** Puts the parts together. */
    public BulkLoading(
            OperationRunner<K, V> runner,
            EntryReader<K, V> reader,
            EntryTable<K, V> entries,
            ValueSource<K, V> source,
            Listeners<K, V> listeners) {
        this.runner = runner;
        this.reader = reader;
        this.entries = entries;
        this.source = source;
        this.listeners = listeners;
    }

    boolean isReadThrough() {
        return source.isEnabled();
    }

    /**
     * {@code Cache.loadAll}, on the thread that has the time. Who asks for it wants the loader to be asked, and to hear of its
     * failure.
     */
    public void loadAll(Set<K> keys, boolean replaceExisting) {
        if (replaceExisting) {
            replaceAll(source.reloadAll(keys));
        } else {
            var absent = new LinkedHashSet<>(keys);
            absent.removeIf(reader::contains);
            loadAbsent(absent, source::loadAnew, source::loadAllAnew);
        }
    }

    private void replaceAll(Map<K, V> loaded) {
        var failures = new Failures();
        loaded.forEach((key, value) -> failures.attempt(() -> runner.run(key, Operations.loaded(entries.take(value)))));
        failures.throwFirst();
    }

    /** Loads keys that a lookup has not found a moment ago, and returns what there is then. */
    Map<K, V> loadMissed(Set<K> keys) {
        return loadAbsent(keys, source::load, source::loadAll);
    }

    private Map<K, V> loadAbsent(
            Set<K> keys,
            Function<K, @Nullable Expirable<V>> loadOne,
            Function<Set<K>, Function<K, @Nullable Expirable<V>>> loadMany) {
        var found = new HashMap<K, V>();
        var busy = new LinkedHashSet<K>();
        var failures = new Failures();
        failures.attempt(() -> loadFree(keys, busy, found, loadMany));
        for (var key : busy) {
            failures.attempt(() -> put(found, key, runner.load(key, loadOne)));
        }
        failures.throwFirst();
        return found;
    }

    private void loadFree(
            Set<K> keys, Set<K> busy, Map<K, V> found, Function<Set<K>, Function<K, @Nullable Expirable<V>>> loadMany) {
        try (var delivery = listeners.open(); // closed last: waits for the synchronous listeners
                var held = new HeldEntries<>(entries)) { // closed first: unlocks
            for (var key : keys) {
                if (!held.tryAdd(key)) {
                    busy.add(key);
                }
            }
            var loaded = loadMany.apply(held.keysWithout(entry -> runner.live(entry, delivery)));
            var failures = new Failures();
            held.forEach((key, entry) -> failures.attempt(() -> {
                var operation = Operations.<V>loading(() -> loaded.apply(key));
                put(found, key, runner.change(key, entry, operation, delivery).valueAfter());
            }));
            failures.throwFirst();
        } finally {
            runner.makeRoom();
        }
    }

    private static <K, V> void put(Map<K, V> found, K key, @Nullable V value) {
        if (value != null) {
            found.put(key, value);
        }
    }
}
