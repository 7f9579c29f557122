package io.coffer;

/**
 * What a cache holds and what has happened in it, at one moment: more than JMX shows.
 *
 * <p>Hits, misses, puts, removals and evictions are those of JMX: they are counted only while statistics are enabled, and set
 * to zero by its {@code clear}. All others are counted always.
 *
 * @param entries the number of entries, in a persistent cache those on disk, including those that have expired and were not yet swept;
 *     an estimate
 * @param bytes the sum of the weights of the entries in memory; -1 says that they are not weighed, and so nothing of their size,
 *     since no {@code maxBytes} bounds the cache. A persistent one that nobody bounds at all has such a bound by itself
 * @param hits the lookups that found something
 * @param misses the lookups that found nothing
 * @param puts the values put, not counting those that were loaded
 * @param removals the entries removed by the cache's user
 * @param evictions the entries removed for want of room
 * @param expirations the entries that have expired, once they were met or swept
 * @param loads the calls of the CacheLoader, for one key or for many
 * @param loadFailures those of them that failed
 * @param refreshes the entries that were replaced ahead of their deadline
 * @param staleServed how often a value that had expired was put back since the loader failed
 * @param absencesServed the lookups for which the loader was not called, as it had found nothing a short while ago
 * @param store what has happened between memory and disk; {@link Store#NONE} without a store
 */
public record CacheCounters(
        long entries,
        long bytes,
        long hits,
        long misses,
        long puts,
        long removals,
        long evictions,
        long expirations,
        long loads,
        long loadFailures,
        long refreshes,
        long staleServed,
        long absencesServed,
        Store store) {

    /**
     * What has happened between memory and disk.
     *
     * @param reads the values that memory did not have and that were read from disk
     * @param readFailures the values that could not be read, or were found damaged
     * @param writeFailures the values, removals and deadlines that could not be written
     * @param undecodable the keys and values that were read but could not be decoded, since their class has changed
     * @param memoryDrops the values that memory let go of for want of room, while the disk keeps them; these are no evictions
     * @param diskEvictions the entries that have left the disk for want of room there, see {@code maxDiskBytes}
     * @param diskBytes the size of all files
     * @param tampered the entries of an encrypted cache that somebody has changed on disk who does not have the key
     */
    public record Store(
            long reads,
            long readFailures,
            long writeFailures,
            long undecodable,
            long memoryDrops,
            long diskEvictions,
            long diskBytes,
            long tampered) {
        /** Nothing has happened. */
        public static final Store NONE = new Store(0, 0, 0, 0, 0, 0, 0, 0);
    }
}
