package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the manifest lies, in the clear or sealed. No state; one thread at a time writes. */
final class ManifestFile {
    static final String NAME = "MANIFEST";

    private ManifestFile() {}

    /** Returns the bytes of a manifest, sealed if there are keys. */
    static byte[] encode(Manifest manifest, @Nullable KeyRing ring) {
        return ring == null ? manifest.encode() : SealedManifest.encode(manifest, ring);
    }

    /**
     * Replaces the manifest. When this returns, it survives a power failure, and so do the names of all files as they are now: a
     * segment that it does not list any more may be deleted only afterwards. If it fails, the old one or the new one counts after a
     * restart.
     */
    static void write(Files files, Manifest manifest, @Nullable KeyRing ring) throws IOException {
        WholeFile.replace(files, NAME, encode(manifest, ring));
    }

    /**
     * Reads the manifest of a store.
     *
     * @param ring its keys if it is encrypted; then a manifest in the clear counts only as long as the store is becoming so
     */
    static Manifest read(Files files, long storeTag, @Nullable KeyRing ring)
            throws IOException, DamagedFileException, NewerFormatException {
        // One byte more than any manifest has, so that a longer file is noticed and not taken for a shorter one.
        var bytes = WholeFile.read(files, NAME, SealedManifest.BYTES_MAX + 1);
        var manifest = ring != null && (SealedManifest.isOne(bytes) || !ring.takesPlain())
                ? SealedManifest.decode(bytes, NAME, ring)
                : Manifest.decode(bytes, NAME);
        manifest.expectStore(storeTag, NAME);
        return manifest;
    }
}
