package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a log is kept. Time and chance come in here, so that one seed is one run.
 *
 * @param cacheName for messages
 * @param description of the types and codecs, see {@link StoreIdentity}
 * @param durability when written entries are synced
 * @param syncIntervalMillis for {@link Durability#INTERVAL}, more than 0
 * @param recovery what opening does about damage
 * @param maxRecordBytes the largest key and value together
 * @param segmentBytesMin how large the segments of a small store are
 * @param segmentBytesMax how large they are at most
 * @param maxDiskBytes how large all files together may be at any moment; {@code Long.MAX_VALUE} for no bound
 * @param rejectsWhenFull whether a write that finds no room fails; else entries leave the disk
 * @param minFreeDiskBytes how much of the file system has to stay free; 0 for no bound
 * @param encryption how what is written is encrypted; null for a log in the clear
 * @param wallClock the time of day
 * @param nanoTime the JVM's timer
 * @param random for the store's id and seed and the segments' salts
 * @param background whether a thread of the store syncs and tidies up; else only {@code LogStore.tick()} does, for tests
 */
record LogOptions(
        String cacheName,
        String description,
        Durability durability,
        long syncIntervalMillis,
        Recovery recovery,
        int maxRecordBytes,
        int segmentBytesMin,
        int segmentBytesMax,
        long maxDiskBytes,
        boolean rejectsWhenFull,
        long minFreeDiskBytes,
        @Nullable StoreEncryption encryption,
        InstantSource wallClock,
        LongSupplier nanoTime,
        RandomGenerator random,
        boolean background) {
    /** How a log in the clear is kept. */
    LogOptions(
            String cacheName,
            String description,
            Durability durability,
            long syncIntervalMillis,
            Recovery recovery,
            int maxRecordBytes,
            int segmentBytesMin,
            int segmentBytesMax,
            long maxDiskBytes,
            boolean rejectsWhenFull,
            long minFreeDiskBytes,
            InstantSource wallClock,
            LongSupplier nanoTime,
            RandomGenerator random,
            boolean background) {
        this(
                cacheName,
                description,
                durability,
                syncIntervalMillis,
                recovery,
                maxRecordBytes,
                segmentBytesMin,
                segmentBytesMax,
                maxDiskBytes,
                rejectsWhenFull,
                minFreeDiskBytes,
                null,
                wallClock,
                nanoTime,
                random,
                background);
    }

    /** Whether every write is synced before its call returns. */
    boolean isAlways() {
        return durability == Durability.ALWAYS;
    }

    /** Whether the files have a bound of any kind. */
    boolean isDiskBounded() {
        return maxDiskBytes < Long.MAX_VALUE || minFreeDiskBytes > 0;
    }

    /** Whether opening may read hints instead of records, so that they are worth writing. */
    boolean wantsHints() {
        return recovery == Recovery.POINT_IN_TIME;
    }
}
