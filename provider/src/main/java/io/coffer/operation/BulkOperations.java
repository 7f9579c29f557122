package io.coffer.operation;

import io.coffer.common.Failures;
import io.coffer.event.EventKind;
import io.coffer.event.Listeners;
import io.coffer.integration.CofferEntry;
import io.coffer.integration.WriteThrough;
import io.coffer.management.CacheStatistics;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import io.coffer.tier.StoreTier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;

/**
 * The operations on many keys: the operation on one key, many times, with the loader and the writer called once for all. A failure
 * for one key, of a listener for example, does not keep the others from being done; the first is thrown in the end.
 *
 * <p>None is atomic as a whole (JSR-107 section 4.5). Safe for use by several threads.
 */
public final class BulkOperations<K, V> {
    /** How many keys of a store are removed at a time. */
    private static final int CHUNK = 1_000;

    private final OperationRunner<K, V> runner;
    private final OperationRunner<K, V> written;
    private final EntryReader<K, V> reader;
    private final EntryTable<K, V> entries;
    private final ValueSource<K, V> source;
    private final BulkLoading<K, V> loading;
    private final BulkWriting<K, V> writing;
    private final WriteThrough<K, V> writer;
    private final Listeners<K, V> listeners;
    private final CacheStatistics statistics;

    /** Puts the parts together. */
    public BulkOperations(
            OperationRunner<K, V> runner,
            EntryReader<K, V> reader,
            EntryTable<K, V> entries,
            ValueSource<K, V> source,
            BulkLoading<K, V> loading,
            WriteThrough<K, V> writer,
            Listeners<K, V> listeners,
            CacheStatistics statistics) {
        this.runner = runner;
        this.reader = reader;
        this.written = runner.withoutWriter();
        this.entries = entries;
        this.source = source;
        this.loading = loading;
        this.writer = writer;
        this.writing = new BulkWriting<>(written, entries, listeners);
        this.listeners = listeners;
        this.statistics = statistics;
    }

    /** {@code Cache.getAll}. */
    public Map<K, V> getAll(Set<K> keys) {
        var found = new HashMap<K, V>();
        var missing = new LinkedHashSet<K>();
        var failures = new Failures();
        for (var key : keys) {
            failures.attempt(() -> {
                var value = reader.find(key);
                if (value == null) {
                    missing.add(key);
                } else {
                    found.put(key, value);
                }
            });
        }
        if (!missing.isEmpty() && loading.isReadThrough()) {
            failures.attempt(() -> found.putAll(loading.loadMissed(missing)));
        }
        failures.throwFirst();
        return found;
    }

    /** {@code Cache.putAll}: what the writer has not written is not put. */
    public void putAll(Map<K, Expirable<V>> values) {
        var unwritten = new ArrayList<Cache.Entry<? extends K, ? extends V>>();
        if (writer.isEnabled()) {
            values.forEach((key, value) -> unwritten.add(new CofferEntry<>(key, value.value())));
        }
        var failures = new Failures();
        writeThrough(() -> writer.writeAll(unwritten), unwritten, failures);
        var rest = new HashMap<>(values);
        unwritten.forEach(entry -> rest.remove(entry.getKey()));
        writing.putAll(rest, failures);
        failures.throwFirst();
    }

    /** {@code Cache.removeAll(keys)}: what the writer has not deleted is not removed. */
    public void removeAll(Set<? extends K> keys) {
        var undeleted = new ArrayList<K>(writer.isEnabled() ? keys : List.of());
        var failures = new Failures();
        writeThrough(() -> writer.deleteAll(undeleted), undeleted, failures);
        var rest = new HashSet<>(undeleted);
        for (var key : keys) {
            if (!rest.contains(key)) {
                failures.attempt(() -> written.run(key, Operations.removal()));
            }
        }
        failures.throwFirst();
    }

    /** {@code Cache.removeAll()}: what has expired is not removed, so the writer hears nothing of it. */
    public void removeAll() {
        if (!isRemovedAtOnce()) {
            removeEach();
        }
        if (source.remembers()) {
            entries.iterator().forEachRemaining(runner::dropExpired); // or it would be remembered after this
            source.forgetAll();
        }
    }

    /** A store is emptied with one record if nobody has to be told of the entries. */
    private boolean isRemovedAtOnce() {
        var store = entries.store();
        if (store == null || writer.isEnabled() || listeners.hear(EventKind.REMOVED)) {
            return false;
        }
        long live = statistics.isEnabled() ? reader.countStored() : 0;
        if (!isClearedAtOnce(store)) {
            return false;
        }
        statistics.countRemovals(live);
        return true;
    }

    /** The keys of a memory cache are removed together, as the writer wants to see them; a store has more than would fit into memory. */
    private void removeEach() {
        int most = entries.store() == null ? Integer.MAX_VALUE : CHUNK;
        var failures = new Failures();
        var keys = new LinkedHashSet<K>();
        reader.iterator().forEachRemaining(peeked -> {
            keys.add(entries.copyOf(peeked.key()));
            if (keys.size() == most) {
                failures.attempt(() -> removeAll(keys));
                keys.clear();
            }
        });
        failures.attempt(() -> removeAll(keys));
        failures.throwFirst();
    }

    /** {@code Cache.clear}: no event, no count, no writer. */
    public void clear() {
        var store = entries.store();
        if (store == null || !isClearedAtOnce(store)) {
            clearEach();
        }
        source.forgetAll();
    }

    /** First the store, then memory; false if the store cannot, and then nothing has changed. */
    private boolean isClearedAtOnce(StoreTier<K, V> store) {
        entries.requireNoneHeld();
        if (!store.clear()) {
            return false;
        }
        var failures = new Failures();
        entries.iterator().forEachRemaining(entry -> failures.attempt(() -> runner.forget(entry.key())));
        failures.throwFirst();
        return true;
    }

    /** Each key once, or what was put after its removal would go, too; a store that fails is gone through first. */
    private void clearEach() {
        var failures = new Failures();
        if (entries.store() != null) {
            reader.iterator()
                    .forEachRemaining(
                            peeked -> failures.attempt(() -> runner.run(peeked.key(), Operations.clearing())));
        }
        entries.iterator()
                .forEachRemaining(entry -> failures.attempt(() -> runner.run(entry.key(), Operations.clearing())));
        failures.throwFirst();
    }

    /** Calls the writer. If it returns, everything is done; if it fails, what it left in the collection is not. */
    private static void writeThrough(Runnable call, Collection<?> undone, Failures failures) {
        try {
            call.run();
            undone.clear();
        } catch (CacheWriterException e) {
            failures.add(e);
        }
    }
}
