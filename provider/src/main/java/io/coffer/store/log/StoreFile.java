package io.coffer.store.log;

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
        var identity = random(options);
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

    /** Makes up a new store; nothing is written. */
    static StoreIdentity random(LogOptions options) {
        return StoreIdentity.random(options.random(), options.wallClock().millis(), options.description());
    }

    /** Returns what comes before the first manifest of a store that has none yet; nothing is written. */
    static Manifest noManifest(StoreIdentity identity) {
        return new Manifest(identity.tag(), 0, 1, identity.createdAtMillis(), List.of());
    }

    /** Reads who the store is. */
    static StoreIdentity read(Files files) throws IOException, DamagedFileException, NewerFormatException {
        return StoreIdentity.decode(WholeFile.read(files, NAME, BYTES_MAX + 1), NAME);
    }

    /**
     * Gives a store that has never held an entry, or none that could be meant, another description. All else stays, so the manifest fits
     * whichever of both a crash leaves.
     */
    static void replace(Files files, StoreIdentity described) throws IOException {
        WholeFile.replace(files, NAME, described.encode());
    }
}
