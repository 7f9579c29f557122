package io.coffer.store.log;

import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which store a folder holds: its identity, its keys if it is encrypted, and its manifest. Makes a new one in an empty folder;
 * else it changes nothing but the description of a store without entries. One thread, once.
 */
final class Identification {
    private final Files files;
    private final LogOptions options;
    private final Losses losses;
    private final String store;
    private final boolean hasSegments;
    private final boolean hasManifest;
    private final boolean hasKeys;
    private final boolean hasIdentity;

    /** @param store names it, at the beginning of a sentence */
    Identification(Files files, LogOptions options, Losses losses, String store, List<String> names) {
        this.files = files;
        this.options = options;
        this.losses = losses;
        this.store = store;
        hasSegments = names.stream().anyMatch(Inventory::isSegment);
        hasManifest = names.contains(ManifestFile.NAME);
        hasKeys = names.contains(KeysFile.NAME);
        hasIdentity = names.contains(StoreFile.NAME);
    }

    /**
     * What was found.
     *
     * @param identity of the store
     * @param ring its keys, null if it is in the clear
     * @param manifest null if it is lost, and the segments are to count all the same
     */
    record Identified(
            StoreIdentity identity,
            @Nullable KeyRing ring,
            @Nullable Manifest manifest) {}

    Identified identify() throws IOException, DamagedFileException, NewerFormatException {
        if (!hasKeys && !hasIdentity && (hasSegments || hasManifest)) {
            throw DamagedFileException.missing(options.encryption() == null ? StoreFile.NAME : KeysFile.NAME);
        }
        var ring = ring();
        boolean identified = false;
        try {
            var found = identify(ring);
            identified = true;
            return found;
        } finally {
            if (!identified && ring != null) {
                ring.close();
            }
        }
    }

    private Identified identify(@Nullable KeyRing ring) throws IOException, DamagedFileException, NewerFormatException {
        var identity =
                ring != null ? ring.identity() : hasIdentity ? StoreFile.read(files) : StoreFile.create(files, options);
        var manifest = hasManifest || hasSegments ? manifest(identity, ring) : StoreFile.noManifest(identity);
        if (ring != null && hasKeys) {
            ring.expectNewest(manifest == null ? -1 : manifest.sequence(), store, losses);
        }
        if (!identity.description().equals(options.description())) {
            boolean isEmpty =
                    !hasSegments && manifest != null && manifest.segments().isEmpty();
            if (!isEmpty) {
                throw madeForOthers(identity);
            }
            identity = identity.described(options.description());
            if (ring != null) {
                ring.describe(identity, ring.takesPlain());
            } else {
                StoreFile.replace(files, identity);
            }
        }
        return new Identified(identity, ring, manifest);
    }

    private @Nullable KeyRing ring() throws IOException, DamagedFileException, NewerFormatException {
        var encryption = options.encryption();
        if (encryption == null) {
            if (hasKeys) {
                throw new StoreException(
                        Kind.KEY,
                        store
                                + " is encrypted; the configuration opens it in the clear. Set \"store\": \"encrypted\" and"
                                + " its \"key\". Nothing was changed.");
            }
            return null;
        }
        return hasKeys ? open(encryption) : create(encryption);
    }

    private KeyRing open(StoreEncryption encryption) throws IOException, DamagedFileException, NewerFormatException {
        try {
            return KeyRing.open(files, encryption);
        } catch (StoreException e) {
            if (e.kind() != Kind.KEY) {
                throw e;
            }
            throw new StoreException(
                    Kind.KEY,
                    store + " cannot be opened: it wants the key \""
                            + KeysFile.read(files).root().keyId() + "\". " + e.getMessage() + " Nothing was changed.",
                    e);
        }
    }

    /** A store in the clear gets its keys when it is known that it can be opened. */
    private KeyRing create(StoreEncryption encryption) throws IOException, DamagedFileException, NewerFormatException {
        if (hasIdentity) {
            return wrapped(encryption, StoreFile.read(files), true);
        }
        var ring = wrapped(encryption, StoreFile.random(options), false);
        boolean made = false;
        try {
            ring.save();
            made = true;
        } finally {
            if (!made) {
                ring.close();
                files.delete(KeysFile.NAME); // as of an identity: its name would be taken for durable
            }
        }
        return ring;
    }

    private KeyRing wrapped(StoreEncryption encryption, StoreIdentity identity, boolean takesPlain) {
        try {
            return KeyRing.create(files, encryption, identity, takesPlain);
        } catch (StoreException e) {
            throw new StoreException(
                    e.kind(), store + " cannot be encrypted: " + e.getMessage() + " Nothing was changed.", e);
        }
    }

    private StoreException madeForOthers(StoreIdentity identity) {
        return new StoreException(
                Kind.MISMATCH,
                store + " was made for " + identity.description() + "; the configuration wants "
                        + options.description()
                        + ". Put the old settings back, or delete that folder, which loses its entries. Nothing was changed.");
    }

    private @Nullable Manifest manifest(StoreIdentity identity, @Nullable KeyRing ring)
            throws IOException, DamagedFileException, NewerFormatException {
        try {
            if (!hasManifest) {
                throw DamagedFileException.missing(ManifestFile.NAME);
            }
            return ManifestFile.read(files, identity.tag(), ring);
        } catch (DamagedFileException e) {
            if (options.recovery() != Recovery.SALVAGE) {
                throw e;
            }
            losses.note(e.getMessage() + " All segments that can be read count", 0);
            return null;
        }
    }
}
