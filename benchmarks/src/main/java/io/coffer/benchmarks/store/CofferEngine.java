package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreOptions;
import io.coffer.spi.StoredEntry;
import io.coffer.store.log.LogStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Coffer's log store, below JCache. */
final class CofferEngine implements Engine {
    private static final int RECORD_BYTES_MAX = 64 << 20;

    private final EntryStore store;

    private CofferEngine(EntryStore store) {
        this.store = store;
    }

    static Engine open(Path folder, Durability durability, Records records) {
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
                        null,
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
