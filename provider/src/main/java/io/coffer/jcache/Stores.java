package io.coffer.jcache;

import io.coffer.CofferConfiguration;
import io.coffer.EncryptionConfiguration.Memory;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnLocked;
import io.coffer.StoreConfiguration.OnUndecodable;
import io.coffer.codec.JavaCodec;
import io.coffer.crypto.Algorithms;
import io.coffer.crypto.HeapSeal;
import io.coffer.management.CacheStatistics;
import io.coffer.management.RareEvent;
import io.coffer.spi.Codec;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.tier.Limits;
import io.coffer.tier.StoreFailures;
import io.coffer.tier.StoreIncident;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** What the configuration of a cache means for its store: opens it, and knows the codecs, bounds and rules that go with it. */
final class Stores {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    /** What the memory of a persistent cache holds if nobody bounds it: enough to be fast, and no danger to the heap. */
    private static final long DEFAULT_ENTRIES = 10_000;

    private static final long DEFAULT_SHARE_OF_HEAP = 16;

    private Stores() {}

    /**
     * Opens the store of a cache, or returns null if it shall live in memory, or has to as somebody else has the store and the cache
     * is configured to live with that.
     *
     * @throws StoreException if it cannot be opened
     */
    static @Nullable EntryStore open(
            String cacheName, CofferConfiguration<?, ?> configuration, Environment environment) {
        var wanted = configuration.getStore();
        var place = environment.places().of(cacheName, configuration);
        if (wanted == null || place == null) {
            return null;
        }
        try {
            return place.open();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.LOCKED) {
                throw e;
            }
            if (wanted.getOnLocked() != OnLocked.MEMORY) {
                throw StorePlace.inUse(e);
            }
            LOG.log(
                    Level.WARNING,
                    "Cache \"" + cacheName
                            + "\" lives in memory only until it is closed, as \"onLocked\": \"memory\" says: "
                            + e.getMessage());
            return null;
        }
    }

    /**
     * Tells whether all that the store has, or a cache in its stead, was authenticated, so that Java serialization needs no list of classes.
     * An encrypted store that was in the clear may still have what anybody can have written.
     */
    static boolean isTrusted(CofferConfiguration<?, ?> configuration, @Nullable EntryStore opened) {
        var store = configuration.getStore();
        var keys = opened == null ? null : opened.keys();
        return store != null
                && store.getEncryption() != null
                && (opened == null || (keys != null && keys.plainSegments() == 0));
    }

    /**
     * Returns the codec of keys or values; without one, Java serialization, of classes that may be read back from the store.
     *
     * @param isTrusted whether these are all, unless some are named
     */
    static <T> Codec<T> codec(
            StoreConfiguration store, @Nullable Codec<T> configured, Class<T> type, boolean isTrusted) {
        if (configured != null && !(configured instanceof JavaCodec)) {
            return configured;
        }
        return isTrusted && store.getAllow().isEmpty() ? new JavaCodec<>() : JavaCodec.filtered(store.getAllow(), type);
    }

    /** Returns what seals the values of a cache in memory, or null if they lie there as they are. */
    static @Nullable HeapSeal seal(CofferConfiguration<?, ?> configuration) {
        var store = configuration.getStore();
        var encryption = store == null ? null : store.getEncryption();
        return encryption != null && encryption.getMemory() == Memory.SEALED
                ? new HeapSeal(Algorithms.of(encryption.getJcaProvider()))
                : null;
    }

    /** Returns the rule for what the store cannot do. */
    static StoreFailures failures(String cacheName, StoreConfiguration store, CacheStatistics statistics) {
        return new StoreFailures(
                cacheName,
                store.isStrict(),
                store.getOnUndecodable() == OnUndecodable.THROW,
                incident -> statistics.count(counted(incident)));
    }

    private static RareEvent counted(StoreIncident incident) {
        return switch (incident) {
            case READ -> RareEvent.STORE_READ;
            case READ_FAILED -> RareEvent.STORE_READ_FAILURE;
            case WRITE_FAILED -> RareEvent.STORE_WRITE_FAILURE;
            case UNDECODABLE -> RareEvent.UNDECODABLE;
        };
    }

    /** Returns the limits of the memory above a store, which is never without a bound. */
    static <K, V> Limits<K, V> bounded(Limits<K, V> configured) {
        return configured.maxEntries() == Limits.NONE && configured.maxBytes() == Limits.NONE
                ? new Limits<>(DEFAULT_ENTRIES, Runtime.getRuntime().maxMemory() / DEFAULT_SHARE_OF_HEAP, null)
                : configured;
    }
}
