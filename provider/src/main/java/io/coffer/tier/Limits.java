package io.coffer.tier;

import io.coffer.common.LogOnce;
import io.coffer.spi.Weigher;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much a cache may hold in memory.
 *
 * @param maxEntries the number of entries, or {@link #NONE}
 * @param maxBytes the sum of the weights, or {@link #NONE}
 * @param weigher tells the weight of an entry; null for the size of its stored form
 */
public record Limits<K, V>(
        long maxEntries, long maxBytes, @Nullable Weigher<K, V> weigher) {
    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /** How many absences a cache remembers that has no bound of its own. */
    private static final long ABSENCES_MAX = 100_000;

    /** What an entry takes on the heap beside its key and value: its place in the table, the queue and the wheel. */
    static final int ENTRY_OVERHEAD = 160;

    boolean isBounded() {
        return maxEntries != NONE || maxBytes != NONE;
    }

    /** Returns the limits for keys without values: a user's weigher cannot weigh them, and they are never without a bound. */
    public Limits<K, Boolean> ofAbsences() {
        long bytes = weigher == null ? maxBytes : NONE;
        return new Limits<>(maxEntries == NONE && bytes == NONE ? ABSENCES_MAX : maxEntries, bytes, null);
    }

    /** Returns the function that weighs an entry: constant where nothing is bounded by bytes. */
    ToLongFunction<Entry<K, V>> weight(String cacheName, StoredForm<K> keys) {
        if (maxBytes == NONE) {
            return entry -> 1;
        }
        return weigher == null ? entry -> ENTRY_OVERHEAD + sizeOf(entry, keys) : guarded(cacheName, weigher);
    }

    /** What has a store counts with the bytes that the store holds of it. */
    private static <K, V> long sizeOf(Entry<K, V> entry, StoredForm<K> keys) {
        var side = entry.side();
        return side == null
                ? keys.take(entry.key()).size() + sizeOf(entry.current())
                : side.key().length + (long) side.valueBytes();
    }

    private static long sizeOf(@Nullable Expirable<?> expirable) {
        return expirable == null ? 0 : expirable.size();
    }

    /** What a failing weigher cannot weigh is too heavy: it is evicted at once, so the bound holds.  */
    private ToLongFunction<Entry<K, V>> guarded(String cacheName, Weigher<K, V> user) {
        var log = new LogOnce();
        return entry -> {
            var current = entry.current();
            try {
                return current == null ? 0 : Math.max(0, user.weigh(entry.key(), current.value()));
            } catch (Exception | Error e) {
                log.warn(
                        "Cache \"" + cacheName + "\": Weigher "
                                + user.getClass().getName() + " failed; what it cannot weigh is not kept",
                        e);
                return Long.MAX_VALUE;
            }
        };
    }
}
