package io.coffer.store.log;

import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.List;

/** The file that says which store a directory holds, and the making of a new store. No state. */
final class StoreFile {
    static final String NAME = "STORE";

    private static final int BYTES_MAX =
            LogFormat.HEADER_BYTES + LogFormat.DESCRIPTION_BYTES_MAX + LogFormat.CHECKSUM_BYTES;

    private StoreFile() {}

    /**
     * Makes a new store. It is there when its manifest is: before that, whatever a crash leaves is completed by the next opening.
     */
    static StoreIdentity create(Files files, LogOptions options) throws IOException {
        var identity =
                StoreIdentity.random(options.random(), options.wallClock().millis(), options.description());
        boolean made = false;
        try {
            WholeFile.replace(files, NAME, identity.encode());
            made = true;
        } finally {
            if (!made) {
                // The next opening would take its name for durable, which no later sync could make it.
                files.delete(NAME);
            }
        }
        return identity;
    }

    /** Returns what comes before the first manifest of a store that has none yet; nothing is written. */
    static Manifest noManifest(StoreIdentity identity) {
        return new Manifest(identity.tag(), 0, 1, identity.createdAtMillis(), List.of());
    }

    /** Reads who the store is, and refuses one that holds other entries than those that are wanted. */
    static StoreIdentity read(Files files, LogOptions options)
            throws IOException, DamagedFileException, NewerFormatException {
        var identity = StoreIdentity.decode(WholeFile.read(files, NAME, BYTES_MAX + 1), NAME);
        if (!identity.description().equals(options.description())) {
            throw new StoreException(
                    Kind.MISMATCH,
                    "The store of cache \"" + options.cacheName() + "\" holds other entries. On disk: "
                            + identity.description()
                            + ". Wanted by the configuration: " + options.description()
                            + ". Change the configuration, destroy the cache, or choose another folder. Nothing was changed.");
        }
        return identity;
    }
}
