package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * H2's MVStore. Without syncs it keeps what was put in its heap for up to a second before it writes; a process that dies loses that.
 * Where each put has to be safe it commits and syncs each. Encrypted, it writes through its own AES-128 in XTS mode, which nothing
 * authenticates.
 */
final class MvStoreEngine implements Engine {
    private static final int CACHE_MEGABYTES = 64;

    private final MVStore store;
    private final MVMap<byte[], byte[]> map;
    private final boolean syncsEachPut;

    private MvStoreEngine(MVStore store, boolean syncsEachPut) {
        this.store = store;
        this.syncsEachPut = syncsEachPut;
        this.map = store.openMap(
                "entries",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    static Engine open(Path folder, Durability durability, Records records) {
        return open(folder, durability, new MVStore.Builder());
    }

    static Engine openEncrypted(Path folder, Durability durability, Records records) {
        return open(folder, durability, new MVStore.Builder().encryptionKey("benchmark".toCharArray()));
    }

    private static Engine open(Path folder, Durability durability, MVStore.Builder builder) {
        var store = builder.fileName(folder.resolve("entries.mv").toString())
                .cacheSize(CACHE_MEGABYTES)
                .open();
        return new MvStoreEngine(store, durability == Durability.ALWAYS);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        map.put(key, value);
        if (syncsEachPut) {
            store.commit();
            store.sync();
        }
    }

    /** The array belongs to the store; a copy is what a caller of the others gets. */
    @Override
    public byte[] get(byte[] key) {
        byte[] value = map.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public void sync() {
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
