package io.coffer.tier;

import io.coffer.spi.StoreCursor;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** A walk through all entries of a store, in its own order. For one thread; lets go of its files at the end, or when it is closed. */
public final class StoreScan implements AutoCloseable {
    private final StoreCursor cursor;
    private final StoreFailures failures;
    private boolean ended;

    StoreScan(StoreCursor cursor, StoreFailures failures) {
        this.cursor = cursor;
        this.failures = failures;
    }

    /**
     * Returns the next entry, expired or not, or null at the end. Where the disk refuses, it ends: the rest are misses.
     *
     * @throws StoreException if it refuses and the cache is strict
     */
    public @Nullable StoredEntry next() {
        var read = ended ? null : tryNext();
        if (read == null) {
            close();
        }
        return read;
    }

    private @Nullable StoredEntry tryNext() {
        try {
            return cursor.next();
        } catch (StoreException e) {
            failures.readFailed(e);
            return null;
        }
    }

    @Override
    public void close() {
        ended = true;
        cursor.close();
    }
}
