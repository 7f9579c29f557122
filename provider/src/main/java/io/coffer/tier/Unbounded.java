package io.coffer.tier;

import io.coffer.common.LogOnce;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** No bound, as users of other providers expect; says so once, when the cache has become large. */
final class Unbounded<K, V> implements Bound<K, V> {
    /** How many entries an unbounded cache may have before a line is logged. */
    static final long LARGE = 100_000;

    private final String cacheName;
    private final LongSupplier size;
    private final LogOnce log = new LogOnce();

    Unbounded(String cacheName, LongSupplier size) {
        this.cacheName = cacheName;
        this.size = size;
    }

    @Override
    public void added(Entry<K, V> entry) {
        if (!log.isTold() && size.getAsLong() > LARGE) {
            log.warn(
                    "Cache \"" + cacheName + "\" has passed " + LARGE + " entries and has no bound: it grows until the"
                            + " heap is full. Set maxEntries or maxBytes (CofferConfiguration.setMaxEntries, setMaxBytes)",
                    null);
        }
    }

    @Override
    public void replaced(Entry<K, V> entry) {}

    @Override
    public void removed(Entry<K, V> entry) {}

    @Override
    public boolean isExceeded() {
        return false;
    }

    @Override
    public @Nullable Entry<K, V> victim() {
        return null;
    }

    @Override
    public boolean admits(int hash) {
        return true;
    }

    @Override
    public long weight() {
        return -1;
    }

    @Override
    public void clear() {}

    @Override
    public void keep(Entry<K, V> victim) {}
}
