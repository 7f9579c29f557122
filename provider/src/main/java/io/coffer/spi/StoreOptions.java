package io.coffer.spi;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a store needs to know of its cache.
 *
 * @param cacheName for messages
 * @param folder where its files live; nobody else's are there
 * @param holder who opens it, for the message to a second one
 * @param description the types and codecs of its entries; a store that was made with another one is refused
 * @param durability when written entries are synced
 * @param syncInterval for {@link Durability#INTERVAL}, more than 0
 * @param recovery what to do about damage
 * @param maxRecordBytes the largest key and value together
 * @param maxDiskBytes how large all files together may be at any moment; {@code Long.MAX_VALUE} for no bound
 * @param rejectsWhenFull what a store does that has reached one of its bounds: true if a write that finds no room fails, as on a full
 *     disk; false if the oldest entries that were not used lately leave the disk
 * @param minFreeDiskBytes how much of the file system has to stay free: with less, the disk counts as full; 0 for no bound
 * @param encryption how it encrypts; null for a store in the clear
 * @param wallClock the time of day; the store's own clock follows it
 */
public record StoreOptions(
        String cacheName,
        Path folder,
        String holder,
        String description,
        Durability durability,
        Duration syncInterval,
        Recovery recovery,
        int maxRecordBytes,
        long maxDiskBytes,
        boolean rejectsWhenFull,
        long minFreeDiskBytes,
        @Nullable StoreEncryption encryption,
        InstantSource wallClock) {
    /** Checks that nothing is null but {@code encryption}. */
    public StoreOptions {
        requireNonNull(cacheName, "cacheName == null");
        requireNonNull(folder, "folder == null");
        requireNonNull(holder, "holder == null");
        requireNonNull(description, "description == null");
        requireNonNull(durability, "durability == null");
        requireNonNull(syncInterval, "syncInterval == null");
        requireNonNull(recovery, "recovery == null");
        requireNonNull(wallClock, "wallClock == null");
    }
}
