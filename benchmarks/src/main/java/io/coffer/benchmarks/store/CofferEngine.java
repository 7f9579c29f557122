package io.coffer.benchmarks.store;

import io.coffer.crypto.KeyFile;
import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreOptions;
import io.coffer.spi.StoredEntry;
import io.coffer.store.log.LogStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Coffer's log store, below JCache: in the clear, or encrypted with the key of a file. */
final class CofferEngine implements Engine {
    private static final int RECORD_BYTES_MAX = 64 << 20;

    private final EntryStore store;

    private CofferEngine(EntryStore store) {
        this.store = store;
    }

    static Engine open(Path folder, Durability durability, Records records) {
        return open(folder, durability, (StoreEncryption) null);
    }

    /** The key file lies beside the store's own folder, and so is in every copy of a filled store. */
    static Engine openEncrypted(Path folder, Durability durability, Records records) {
        Path keyFile = folder.resolve("key");
        var keys = Files.exists(keyFile) ? KeyFile.at(keyFile) : KeyFile.create(keyFile);
        try {
            Path own = Files.createDirectories(folder.resolve("entries"));
            return open(own, durability, new StoreEncryption(keys, null, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null is in the clear. */
    private static Engine open(Path folder, Durability durability, StoreEncryption encryption) {
        return new CofferEngine(new LogStorage()
                .open(new StoreOptions(
                        "benchmark",
                        folder,
                        "the benchmarks",
                        "bytes under bytes",
                        durability,
                        Duration.ofSeconds(1),
                        Recovery.POINT_IN_TIME,
                        RECORD_BYTES_MAX,
                        Long.MAX_VALUE,
                        false,
                        0,
                        encryption,
                        InstantSource.system())));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        if (store.write(key, EntryStore.ANY, value, EntryStore.ETERNAL) == EntryStore.LOST) {
            throw new IllegalStateException("A write without a condition was lost");
        }
    }

    @Override
    public byte[] get(byte[] key) {
        StoredEntry entry = store.read(key);
        return entry == null ? null : entry.value();
    }

    @Override
    public void sync() {
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
