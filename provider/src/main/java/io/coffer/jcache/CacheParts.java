package io.coffer.jcache;

import io.coffer.CacheCounters;
import io.coffer.common.Failures;
import io.coffer.event.Listeners;
import io.coffer.management.CacheStatistics;
import io.coffer.management.MBeans;
import io.coffer.management.RareEvent;
import io.coffer.operation.BulkLoading;
import io.coffer.operation.BulkOperations;
import io.coffer.operation.EntryReader;
import io.coffer.operation.Invocations;
import io.coffer.operation.OperationRunner;
import io.coffer.operation.Recall;
import io.coffer.operation.StoredExpiry;
import io.coffer.spi.StoreKeys;
import io.coffer.tier.EntryTable;
import io.coffer.tier.StoreTier;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The layers below one cache, put together.
 *
 * @param storedExpiry the expiry of what only the store has, null without a store
 * @param recall what is remembered beside the entries, or null
 * @param clock measures the deadlines
 * @param canExpire whether the cache may hold anything that expires, so that it must be swept
 */
record CacheParts<K, V>(
        EntryTable<K, V> entries,
        EntryReader<K, V> reader,
        OperationRunner<K, V> runner,
        @Nullable StoredExpiry<K, V> storedExpiry,
        BulkOperations<K, V> bulk,
        BulkLoading<K, V> loading,
        Invocations<K, V> invocations,
        Listeners<K, V> listeners,
        CacheStatistics statistics,
        MBeans beans,
        BackgroundLoads loads,
        @Nullable Recall<K, V> recall,
        UserParts userParts,
        InstantSource clock,
        boolean canExpire) {

    /** Reads the counters. */
    CacheCounters counters() {
        var store = entries.store();
        return new CacheCounters(
                entries.size(),
                entries.weight(),
                statistics.hits(),
                statistics.misses(),
                statistics.puts(),
                statistics.removals(),
                statistics.evictions(),
                statistics.countOf(RareEvent.EXPIRATION),
                statistics.countOf(RareEvent.LOAD),
                statistics.countOf(RareEvent.LOAD_FAILURE),
                statistics.countOf(RareEvent.REFRESH),
                statistics.countOf(RareEvent.STALE_SERVED),
                statistics.countOf(RareEvent.ABSENCE_SERVED),
                store == null ? CacheCounters.Store.NONE : counters(store));
    }

    private CacheCounters.Store counters(StoreTier<K, V> store) {
        var ofStore = store.counters();
        return new CacheCounters.Store(
                statistics.countOf(RareEvent.STORE_READ),
                statistics.countOf(RareEvent.STORE_READ_FAILURE),
                statistics.countOf(RareEvent.STORE_WRITE_FAILURE),
                statistics.countOf(RareEvent.UNDECODABLE),
                statistics.countOf(RareEvent.MEMORY_DROP),
                ofStore.evictedEntries(),
                ofStore.diskBytes(),
                ofStore.tamperedEntries());
    }

    /** Returns what can be done about the keys of the store, or null if there are none. */
    @Nullable
    StoreKeys encryptionKeys() {
        var store = entries.store();
        return store == null ? null : store.keys();
    }

    /** Drops what has expired and nobody has looked at. */
    void sweep() {
        var failures = new Failures();
        failures.attempt(reader::sweep);
        if (storedExpiry != null) {
            failures.attempt(storedExpiry::sweep);
        }
        failures.throwFirst();
    }

    /** Takes note that listeners have come or gone. */
    void noteListeners() {
        if (storedExpiry != null) {
            storedExpiry.attend();
        }
    }

    /** Tells whether the entries survive the cache. */
    boolean isPersistent() {
        return entries.store() != null;
    }

    /** Closes the store, if there is one, and lets go of all entries: the cache has ended. */
    void close() {
        try (var store = entries.store()) {
            if (store != null) {
                entries.forgetAll(); // tells the store the deadlines that it has not heard of
            }
        } finally {
            entries.abandon();
            if (recall != null) {
                recall.abandon();
            }
        }
    }
}
