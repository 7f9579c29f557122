package io.coffer.jcache;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.StoreConfiguration.OnLocked;
import io.coffer.codec.BytesCodec;
import io.coffer.codec.JavaCodec;
import io.coffer.codec.JsonCodec;
import io.coffer.codec.StringCodec;
import io.coffer.config.ManagerConfiguration;
import io.coffer.spi.Codec;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreOptions;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the caches of a manager have their stores. Looks at the disk only to delete. Safe for use by several threads. */
final class StorePlaces {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private static final Map<Class<?>, String> CODEC_NAMES = Map.of(
            JavaCodec.class, "java", JsonCodec.class, "json", BytesCodec.class, "bytes", StringCodec.class, "string");

    private final URI managerUri;
    private final LoaderContext context;
    private final ManagerConfiguration settings;
    private final InstantSource clock;
    private final KeyHolders keys;
    private final Supplier<? extends Storage> logs;

    /**
     * Knows the places.
     *
     * @param keys has the keys of encrypted stores
     * @param logs makes the storage of the log store
     */
    StorePlaces(
            URI managerUri,
            LoaderContext context,
            ManagerConfiguration settings,
            InstantSource clock,
            KeyHolders keys,
            Supplier<? extends Storage> logs) {
        this.managerUri = managerUri;
        this.context = context;
        this.settings = settings;
        this.clock = clock;
        this.keys = keys;
        this.logs = logs;
    }

    /** Returns where the store of a cache is, or null if the cache shall live in memory. */
    @Nullable
    StorePlace of(String cacheName, CofferConfiguration<?, ?> configuration) {
        var store = configuration.getStore();
        return store == null
                ? null
                : place(cacheName, store, description(configuration), keys.of(cacheName, store.getEncryption()));
    }

    /**
     * Deletes the store of a cache that is not open: of the kind that the file says or, if it says none, a log.
     *
     * @throws StoreException if somebody has it open, or if it cannot be deleted
     */
    void delete(String cacheName) {
        var store = settings.storeOf(cacheName, context.loader().get());
        if (store != null) {
            delete(cacheName, store);
        } else if (settings.hasFolderOf(cacheName)) {
            delete(cacheName, StoreConfiguration.log());
        }
    }

    /**
     * Deletes the store of a cache that has been closed.
     *
     * @throws StoreException if somebody else has it open and that is not what the cache was told to live with; or if it cannot be
     *     deleted
     */
    void delete(String cacheName, StoreConfiguration store) {
        try {
            place(cacheName, store, "", null).delete(); // nobody needs a key for that
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.LOCKED) {
                throw e;
            }
            if (store.getOnLocked() != OnLocked.MEMORY) {
                throw StorePlace.inUse(e);
            }
            LOG.log(
                    Level.WARNING,
                    "Cache \"" + cacheName + "\" is destroyed, but its files are left to who has them: "
                            + e.getMessage());
        }
    }

    private StorePlace place(
            String cacheName, StoreConfiguration store, String description, @Nullable StoreEncryption encryption) {
        return new StorePlace(
                storage(cacheName, store),
                new StoreOptions(
                        cacheName,
                        settings.folderOf(cacheName),
                        "cache \"" + cacheName + "\" of CacheManager " + managerUri + " for " + loaderName(),
                        description,
                        store.getDurability(),
                        store.getSyncInterval(),
                        store.getRecovery(),
                        store.getMaxRecordBytes(),
                        store.getMaxDiskBytes() == 0 ? Long.MAX_VALUE : store.getMaxDiskBytes(),
                        store.getOnFull() == OnFull.REJECT,
                        store.getMinFreeDiskBytes(),
                        encryption,
                        clock));
    }

    private Storage storage(String cacheName, StoreConfiguration store) {
        var factory = store.getStorage();
        if (factory == null) {
            return logs.get();
        }
        Storage storage = context.call(factory::create);
        if (storage == null) {
            throw new IllegalArgumentException("Cache \"" + cacheName + "\": the factory "
                    + factory.getClass().getName() + " has made null instead of a Storage");
        }
        return storage;
    }

    /** Tells the loaders of two deployments apart; what they say of themselves may have many lines. */
    private String loaderName() {
        var loader = context.loader().get();
        if (loader == null) {
            return "a class loader that is gone";
        }
        return loader instanceof ContextClassLoader
                ? "the context class loader"
                : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
    }

    /** Types and codecs: what an entry's bytes mean. Compared with that of an existing store, so its wording must stay. */
    private static String description(CofferConfiguration<?, ?> configuration) {
        return "key " + configuration.getKeyType().getTypeName() + " by " + nameOf(configuration.getKeyCodec())
                + ", value " + configuration.getValueType().getTypeName() + " by " + nameOf(configuration.getCodec());
    }

    private static String nameOf(@Nullable Codec<?> codec) {
        return codec == null
                ? "java"
                : CODEC_NAMES.getOrDefault(codec.getClass(), codec.getClass().getName());
    }
}
