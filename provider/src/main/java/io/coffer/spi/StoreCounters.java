package io.coffer.spi;

/**
 * What a store says of itself. The numbers need not belong to one moment.
 *
 * @param entries how many entries there are, as {@link EntryStore#size()}
 * @param diskBytes the size of all its files; 0 if it has none
 * @param heapBytes what its index takes on the heap, by estimate
 * @param failedWrites how many writes and removals have failed since it was opened
 * @param failedReads how many reads the disk has refused since it was opened
 * @param damagedEntries how many entries were found damaged since it was opened, while opening too
 * @param syncs how often written bytes were synced since it was opened
 * @param evictedEntries how many entries have left the disk for want of room since it was opened
 * @param tamperedEntries how many entries were found since it was opened that somebody has changed who did not have the key
 */
public record StoreCounters(
        long entries,
        long diskBytes,
        long heapBytes,
        long failedWrites,
        long failedReads,
        long damagedEntries,
        long syncs,
        long evictedEntries,
        long tamperedEntries) {
    /** Counters of a store that does not encrypt, and so cannot tell tampering. */
    public StoreCounters(
            long entries,
            long diskBytes,
            long heapBytes,
            long failedWrites,
            long failedReads,
            long damagedEntries,
            long syncs,
            long evictedEntries) {
        this(entries, diskBytes, heapBytes, failedWrites, failedReads, damagedEntries, syncs, evictedEntries, 0);
    }
}
