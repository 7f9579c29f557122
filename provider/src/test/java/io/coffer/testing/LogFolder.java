package io.coffer.testing;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreOptions;
import io.coffer.store.log.LogStorage;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the log of one cache in a folder of a test, wherever its manager would put it. Safe for use by several threads. */
public final class LogFolder implements Storage {
    private final Storage logs = new LogStorage();
    private final Path folder;
    private volatile EntryStore lastStore;

    public LogFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public EntryStore open(StoreOptions options) {
        lastStore = logs.open(inFolder(options));
        return lastStore;
    }

    @Override
    public boolean delete(StoreOptions options) {
        return logs.delete(inFolder(options));
    }

    /** Returns the clock of the store that was opened last. */
    public InstantSource clock() {
        return lastStore.clock();
    }

    private StoreOptions inFolder(StoreOptions options) {
        return new StoreOptions(
                options.cacheName(),
                folder,
                options.holder(),
                options.description(),
                options.durability(),
                options.syncInterval(),
                options.recovery(),
                options.maxRecordBytes(),
                options.maxDiskBytes(),
                options.rejectsWhenFull(),
                options.minFreeDiskBytes(),
                options.encryption(),
                options.wallClock());
    }
}
