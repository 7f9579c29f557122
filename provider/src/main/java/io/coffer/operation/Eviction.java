package io.coffer.operation;

import io.coffer.tier.Entry;
import io.coffer.tier.EntryTable;
import java.util.function.Consumer;

/** Makes room in a table that holds too much. Safe for use by several threads. */
final class Eviction<K, V> {
    private static final int ATTEMPTS = 16;

    private final EntryTable<K, V> entries;
    private final Consumer<Entry<K, V>> evict;

    /**
     * Makes the eviction of a table.
     *
     * @param evict makes an entry absent that is locked, and unlocks it
     */
    Eviction(EntryTable<K, V> entries, Consumer<Entry<K, V>> evict) {
        this.entries = entries;
        this.evict = evict;
    }

    /** Evicts while there is too much; gives up for now when it meets only entries that are in use. */
    void makeRoom() {
        for (int attempts = ATTEMPTS; attempts > 0 && entries.isOverfull(); ) {
            var victim = entries.victim();
            if (victim == null) {
                return;
            }
            if (entries.tryLock(victim)) {
                evict.accept(victim);
            } else {
                entries.keep(victim);
                attempts--;
            }
        }
    }
}
