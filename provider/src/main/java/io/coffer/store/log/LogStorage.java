package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.spi.StoreOptions;
import io.coffer.store.DirectoryLockedException;
import io.coffer.store.DiskFailure;
import io.coffer.store.DiskFiles;
import io.coffer.store.DiskFullException;
import io.coffer.store.Files;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/** Opens logs that lie in folders on disk, each cache's in its own. */
public final class LogStorage implements Storage {
    private static final int SEGMENT_BYTES_MIN = 1 << 20;
    private static final int SEGMENT_BYTES_MAX = 64 << 20;

    private final int segmentBytesMin;
    private final int segmentBytesMax;

    /** Opens logs whose segments are as large as their size asks for: 1 to 64 MiB. */
    public LogStorage() {
        this(SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX);
    }

    /** For tests, which fill many segments. */
    LogStorage(int segmentBytesMin, int segmentBytesMax) {
        this.segmentBytesMin = segmentBytesMin;
        this.segmentBytesMax = segmentBytesMax;
    }

    @Override
    public EntryStore open(StoreOptions options) {
        boolean isNew = !DiskFiles.exists(options.folder());
        var files = lock(options, "opened");
        boolean opened = false;
        try {
            var store = LogStore.open(files, logOptions(options));
            opened = true;
            return store;
        } catch (IOException e) {
            throw refused(options, "opened", e);
        } finally {
            if (!opened) {
                giveUp(files, isNew);
            }
        }
    }

    /** Takes the folder away that was made for a store, if nothing was stored in it: who was refused finds all as it was. */
    private static void giveUp(DiskFiles files, boolean isNew) {
        try {
            if (isNew && files.list().isEmpty()) {
                files.deleteDirectory();
            }
        } catch (IOException e) { // what has refused the store is thrown
            LogMessages.LOG.log(System.Logger.Level.WARNING, "A new folder could not be taken away", e);
        } finally {
            unlock(files);
        }
    }

    @Override
    public boolean delete(StoreOptions options) {
        if (!DiskFiles.exists(options.folder())) {
            return false;
        }
        var files = lock(options, "deleted");
        try {
            var names = files.list();
            boolean isStore = names.stream().anyMatch(LogStorage::tellsOfStore);
            if (isStore) {
                deleteFiles(files, names);
            }
            files.deleteDirectory();
            return isStore;
        } catch (IOException e) {
            throw refused(options, "deleted", e);
        } finally {
            unlock(files);
        }
    }

    /** A folder without any of these was never a store's: what is in it is left alone. */
    private static boolean tellsOfStore(String name) {
        return name.equals(StoreFile.NAME)
                || name.equals(KeysFile.NAME)
                || name.equals(ManifestFile.NAME)
                || Inventory.isSegment(name);
    }

    /**
     * The file that says which store it is goes last: until then what is left can be opened, and deleted again. Keys go first: nobody can
     * read what they have encrypted from then on, whatever becomes of the rest.
     */
    private static void deleteFiles(Files files, List<String> names) throws IOException {
        KeysFile.destroy(files, names);
        for (var name : names) {
            if (!name.equals(StoreFile.NAME) && !name.equals(ManifestFile.NAME)) {
                files.delete(name);
            }
        }
        files.delete(ManifestFile.NAME);
        files.delete(StoreFile.NAME);
    }

    private static DiskFiles lock(StoreOptions options, String what) {
        try {
            return DiskFiles.open(options.folder(), options.holder(), options.wallClock());
        } catch (DirectoryLockedException e) {
            throw new StoreException(
                    Kind.LOCKED,
                    "The store of cache \"" + options.cacheName() + "\" cannot be " + what + ": " + e.getMessage()
                            + ". A folder belongs to one cache of one process at a time.",
                    e);
        } catch (IOException e) {
            throw refused(options, what, e);
        }
    }

    private static StoreException refused(StoreOptions options, String what, IOException e) {
        return new StoreException(
                e instanceof DiskFullException ? Kind.FULL : Kind.FAILED,
                "The store of cache \"" + options.cacheName() + "\" in " + options.folder() + " cannot be " + what
                        + ": " + DiskFailure.told(e),
                e);
    }

    private static void unlock(DiskFiles files) {
        try {
            files.close();
        } catch (IOException e) {
            LogMessages.LOG.log(System.Logger.Level.WARNING, "A folder could not be given free", e);
        }
    }

    private LogOptions logOptions(StoreOptions options) {
        return new LogOptions(
                options.cacheName(),
                options.description(),
                options.durability(),
                options.syncInterval().toMillis(),
                options.recovery(),
                options.maxRecordBytes(),
                segmentBytesMin,
                segmentBytesMax,
                options.maxDiskBytes(),
                options.rejectsWhenFull(),
                options.minFreeDiskBytes(),
                options.encryption(),
                options.wallClock(),
                System::nanoTime,
                new SecureRandom(),
                true);
    }
}
