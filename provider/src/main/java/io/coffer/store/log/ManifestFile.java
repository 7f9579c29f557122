package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;

/** Where the manifest lies. No state; one thread at a time writes. */
final class ManifestFile {
    static final String NAME = "MANIFEST";

    private static final int BYTES_MAX =
            LogFormat.HEADER_BYTES + LogFormat.SEGMENTS_MAX * LogFormat.MANIFEST_LINE_BYTES + LogFormat.CHECKSUM_BYTES;

    private ManifestFile() {}

    /**
     * Replaces the manifest. When this returns, it survives a power failure, and so do the names of all files as they are now: a
     * segment that it does not list any more may be deleted only afterwards. If it fails, the old one or the new one counts after a
     * restart.
     */
    static void write(Files files, Manifest manifest) throws IOException {
        WholeFile.replace(files, NAME, manifest.encode());
    }

    /** Reads the manifest of a store. */
    static Manifest read(Files files, long storeTag) throws IOException, DamagedFileException, NewerFormatException {
        // One byte more than any manifest has, so that a longer file is noticed and not taken for a shorter one.
        var manifest = Manifest.decode(WholeFile.read(files, NAME, BYTES_MAX + 1), NAME);
        manifest.expectStore(storeTag, NAME);
        return manifest;
    }
}
