package io.coffer.spi;

import org.jspecify.annotations.Nullable;

/**
 * Goes through the entries of a store, in the order that is cheapest for it. For one thread at a time; other threads may write
 * meanwhile. Who ends early has to close it.
 */
public interface StoreCursor extends AutoCloseable {

    /**
     * Returns the next entry, or null when there are no more. An entry that is there all the time is returned exactly once; one that is
     * written or removed meanwhile is returned once or not at all, and then as it was at some moment. Expired ones may be among them.
     *
     * <p>A damaged entry is passed over and counted in {@link StoreCounters#damagedEntries()}.
     *
     * @throws StoreException if the disk fails; the cursor can be asked again
     */
    @Nullable
    StoredEntry next();

    /** Lets go of the files. Closing it twice is the same as once. */
    @Override
    void close();
}
