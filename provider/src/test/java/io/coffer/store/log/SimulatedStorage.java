package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreOptions;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Log stores on simulated directories, one for each folder; an owner is known by an open store. For one thread. */
final class SimulatedStorage implements Storage {
    private static final long SEED = 4;

    private final Map<Path, SimulatedFiles> folders = new HashMap<>();
    private final Map<Path, LogStore> stores = new HashMap<>();
    private final Map<Path, String> holders = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    /** A timer never goes back, a wall clock may. */
    private final AtomicLong timer = new AtomicLong();

    private final int segmentBytes;

    SimulatedStorage(int segmentBytes) {
        this.segmentBytes = segmentBytes;
    }

    /** Returns the directories in use. */
    Iterable<SimulatedFiles> folders() {
        return folders.values();
    }

    @Override
    public EntryStore open(StoreOptions options) {
        requireFree(options);
        var files = folders.computeIfAbsent(options.folder(), some -> new SimulatedFiles(DiskImage.EMPTY, SEED));
        files.reopen();
        var store = LogSubject.open(
                files,
                new LogOptions(
                        options.cacheName(),
                        options.description(),
                        options.durability(),
                        options.syncInterval().toMillis(),
                        options.recovery(),
                        options.maxRecordBytes(),
                        segmentBytes,
                        segmentBytes,
                        options.maxDiskBytes(),
                        options.rejectsWhenFull(),
                        options.minFreeDiskBytes(),
                        options.encryption() == null ? Encrypted.ENCRYPTION : options.encryption(),
                        options.wallClock(),
                        () -> TimeUnit.MILLISECONDS.toNanos(
                                timer.accumulateAndGet(options.wallClock().millis(), Math::max)),
                        random.split(),
                        false));
        stores.put(options.folder(), store);
        holders.put(options.folder(), options.holder());
        return store;
    }

    @Override
    public boolean delete(StoreOptions options) {
        requireFree(options);
        return folders.remove(options.folder()) != null;
    }

    private void requireFree(StoreOptions options) {
        var store = stores.get(options.folder());
        if (store != null) {
            try {
                store.size();
            } catch (IllegalStateException closed) {
                stores.remove(options.folder());
                return;
            }
            throw new StoreException(StoreException.Kind.LOCKED, "In use by " + holders.get(options.folder()));
        }
    }
}
