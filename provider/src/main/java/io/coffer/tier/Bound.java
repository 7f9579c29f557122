package io.coffer.tier;

import org.jspecify.annotations.Nullable;

/** Keeps the books on how much a table holds, and says what must go. Told of each change under the entry's lock. */
sealed interface Bound<K, V> permits Unbounded, EvictionPolicy {

    /** The entry was absent and has a value now. */
    void added(Entry<K, V> entry);

    /** The entry has another value than before. */
    void replaced(Entry<K, V> entry);

    /** The entry has become absent. */
    void removed(Entry<K, V> entry);

    /** Tells whether there is more than there may be. */
    boolean isExceeded();

    /** Chooses an entry to evict and takes it off the books, or returns null when there is room. */
    @Nullable
    Entry<K, V> victim();

    /** Tells whether a value that was read from below should be taken in. If not, it should the next time. */
    boolean admits(int hash);

    /** Returns the sum of the weights, or -1 if nothing is weighed. */
    long weight();

    /** Takes everything off the books. */
    void clear();

    /** Takes a victim that could not be evicted back onto the books. */
    void keep(Entry<K, V> victim);
}
