package io.coffer.config;

import static java.util.stream.Collectors.joining;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.spi.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** Takes a snapshot of the configuration that a caller gives, and refuses one that could not work, wherever it comes from. */
public final class ConfigurationCheck {
    private static final StoreConfiguration DEFAULT_STORE = StoreConfiguration.log();
    private static final int RECORDS_ON_DISK_MIN = 8; // so that room can be made without emptying most of the disk

    private ConfigurationCheck() {}

    /**
     * Returns a copy of what the caller wants, so that he may go on to change his own (JSR-107, CacheManager.createCache).
     *
     * @throws IllegalArgumentException if it is made for another provider
     */
    public static <K, V> CofferConfiguration<K, V> copyOf(String cacheName, Configuration<K, V> wanted) {
        ForeignConfiguration.refuseClass(cacheName, wanted.getClass());
        return wanted instanceof CompleteConfiguration<K, V> complete
                ? new CofferConfiguration<>(complete)
                : new CofferConfiguration<K, V>()
                        .setTypes(wanted.getKeyType(), wanted.getValueType())
                        .setStoreByValue(wanted.isStoreByValue());
    }

    /**
     * Refuses a configuration that contradicts itself.
     *
     * @throws IllegalArgumentException naming all contradictions
     */
    public static void check(String cacheName, CofferConfiguration<?, ?> configuration) {
        var contradictions = contradictions(configuration);
        if (!contradictions.isEmpty()) {
            throw new IllegalArgumentException("Cache \"" + cacheName + "\" "
                    + contradictions.stream().map(Contradiction::text).collect(joining("; it ")));
        }
    }

    /**
     * Settings that do not go together.
     *
     * @param about the one that the text begins with
     * @param settings which
     * @param text goes on from the name of the cache
     */
    record Contradiction(String about, Set<String> settings, String text) {}

    /** Returns what in a configuration contradicts something else in it. */
    static List<Contradiction> contradictions(CofferConfiguration<?, ?> configuration) {
        var found = new ArrayList<Contradiction>();
        if (configuration.isReadThrough() && configuration.getCacheLoaderFactory() == null) {
            found.add(new Contradiction(
                    "readThrough",
                    Set.of("readThrough", "loader"),
                    "is read-through without a CacheLoader: set loader (setCacheLoaderFactory)"));
        }
        if (configuration.isWriteThrough() && configuration.getCacheWriterFactory() == null) {
            found.add(new Contradiction(
                    "writeThrough",
                    Set.of("writeThrough", "writer"),
                    "is write-through without a CacheWriter: set writer (setCacheWriterFactory)"));
        }
        if (configuration.getWeigher() != null && configuration.getMaxBytes() == 0) {
            found.add(new Contradiction(
                    "weigher",
                    Set.of("weigher", "maxBytes"),
                    "has a weigher but no maxBytes to weigh for: set maxBytes (setMaxBytes)"));
        }
        var store = configuration.getStore();
        if (configuration.getMaxBytes() > 0
                && configuration.getWeigher() == null
                && !configuration.isStoreByValue()
                && store == null) {
            found.add(new Contradiction(
                    "maxBytes",
                    Set.of("maxBytes", "weigher", "storeByValue", "store"),
                    "is bounded by maxBytes and stores by reference, so that nothing is encoded whose size"
                            + " could be taken: set weigher (setWeigher), or maxEntries instead (setMaxEntries)"));
        }
        if (store != null) {
            checkStore(store, configuration.getWeigher() != null, found);
            checkDisk(store, found);
            EncryptionSettings.check(configuration, found);
        }
        if (!configuration.isReadThrough()) {
            checkLoading("refreshAhead", configuration.getRefreshAhead(), found);
            checkLoading("staleIfError", configuration.getStaleIfError(), found);
            checkLoading("negativeCaching", configuration.getNegativeCaching(), found);
        }
        return found;
    }

    private static void checkStore(StoreConfiguration store, boolean hasWeigher, List<Contradiction> found) {
        if (hasWeigher) {
            found.add(new Contradiction(
                    "weigher",
                    Set.of("store", "weigher"),
                    "has a store and a weigher, but what memory holds of a store is measured by its encoded size:"
                            + " leave weigher out (setWeigher)"));
        }
        boolean isIntervalSet = !store.getSyncInterval().equals(DEFAULT_STORE.getSyncInterval());
        if (isIntervalSet && store.getDurability() != Durability.INTERVAL) {
            found.add(new Contradiction(
                    "syncInterval",
                    Set.of("syncInterval", "durability"),
                    "has a syncInterval, but its durability is another than interval: leave one of them out"
                            + " (setSyncInterval, setDurability)"));
        }
    }

    private static void checkDisk(StoreConfiguration store, List<Contradiction> found) {
        boolean isRecordSet = store.getMaxRecordBytes() != DEFAULT_STORE.getMaxRecordBytes();
        long least = (long) RECORDS_ON_DISK_MIN * store.getMaxRecordBytes();
        if (isRecordSet && store.getMaxDiskBytes() > 0 && store.getMaxDiskBytes() < least) {
            found.add(new Contradiction(
                    "maxDiskBytes",
                    Set.of("maxDiskBytes", "maxRecordBytes"),
                    "has a maxDiskBytes of less than " + RECORDS_ON_DISK_MIN
                            + " times its maxRecordBytes, so that few entries of that size would fill the disk:"
                            + " raise maxDiskBytes (setMaxDiskBytes), or lower maxRecordBytes (setMaxRecordBytes)"));
        }
        if (store.getOnFull() == OnFull.REJECT && !StoreSettings.isBounded(store)) {
            found.add(new Contradiction(
                    "onFull",
                    Set.of("onFull", "maxDiskBytes", "minFreeDiskBytes"),
                    "has onFull, but neither maxDiskBytes nor minFreeDiskBytes, so that nothing comes of it: set one of"
                            + " them (setMaxDiskBytes, setMinFreeDiskBytes), or leave onFull out (setOnFull)"));
        }
    }

    private static void checkLoading(String setting, @Nullable Duration value, List<Contradiction> found) {
        if (value != null) {
            found.add(new Contradiction(
                    setting,
                    Set.of(setting, "readThrough"),
                    "has " + setting + " but is not read-through, so that no miss would load: set readThrough"
                            + " (setReadThrough) and loader (setCacheLoaderFactory)"));
        }
    }
}
