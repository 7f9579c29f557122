package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts manifests, each with a key of the store, and opens them.
 *
 * @param contents which keys there are
 */
record ManifestSeal(Algorithms algorithms, RingContents contents) {
    private static final byte[] LABEL = "coffer manifest".getBytes(StandardCharsets.US_ASCII); // do not change: on disk

    /** Which key a new manifest is to be encrypted with. */
    int epoch() {
        return contents.activeEpoch();
    }

    byte[] seal(int epoch, byte[] body, byte[] head) {
        var key = key(epoch);
        if (key == null) {
            throw new IllegalStateException("There is no key " + epoch);
        }
        var sealed = algorithms.seal(key, body, head);
        Arrays.fill(key, (byte) 0);
        return sealed;
    }

    /**
     * Returns what was encrypted.
     *
     * @param epoch of the key, as the head says, which is not authenticated before
     * @param offset where it stands in the file, for messages
     * @throws DamagedFileException if it is not what was sealed
     */
    byte[] open(int epoch, byte[] sealed, byte[] head, String name, int offset) throws DamagedFileException {
        var key = key(epoch);
        if (key == null) {
            throw epoch > 0
                    ? DamagedFileException.apart(name, offset, apart(epoch, name))
                    : DamagedFileException.tampered(name, offset);
        }
        var opened = algorithms.open(key, sealed, head);
        Arrays.fill(key, (byte) 0);
        if (opened == null) {
            throw DamagedFileException.tampered(name, offset);
        }
        return opened;
    }

    /** Keys are only ever added with greater numbers, and taken away: so it shows which of the two files is older. */
    private String apart(int epoch, String name) {
        boolean isNew = epoch >= contents.nextEpoch();
        return name + " and " + KeysFile.NAME + " do not belong together: " + name + " was written with the key "
                + epoch
                + " of the store, which " + KeysFile.NAME + " does not have "
                + (isNew ? "yet: " + KeysFile.NAME : "any more: " + name)
                + " is older. Or somebody who did not have the key has changed one of them. Put back both as they were at"
                + " one moment.";
    }

    private byte @Nullable [] key(int epoch) {
        var key = contents.keys().get(epoch);
        return key == null ? null : algorithms.derive(key, new byte[0], LABEL, Algorithms.KEY_BYTES);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "seal of manifests of " + contents.identity();
    }
}
