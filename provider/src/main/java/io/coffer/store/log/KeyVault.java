package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.spi.WrappedKey;
import io.coffer.store.Files;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes the file of keys, and has the root key that opens it, wrapped by the outer key; the only one who asks the {@link KeyProvider}. One
 * thread at a time.
 */
final class KeyVault implements AutoCloseable {
    private static final byte[] ROOT = "coffer root".getBytes(StandardCharsets.US_ASCII);

    private final Files files;
    private final KeyProvider provider;
    private final Algorithms algorithms;
    private byte[] rootKey;
    private WrappedKey root;
    private long number;

    private KeyVault(
            Files files, KeyProvider provider, Algorithms algorithms, byte[] rootKey, WrappedKey root, long number) {
        this.files = files;
        this.provider = provider;
        this.algorithms = algorithms;
        this.rootKey = rootKey;
        this.root = root;
        this.number = number;
    }

    /** Makes a new root key. Nothing is written. */
    static KeyVault create(Files files, KeyProvider provider, Algorithms algorithms, UUID store) {
        var rootKey = algorithms.random(Algorithms.KEY_BYTES);
        return new KeyVault(files, provider, algorithms, rootKey, provider.wrap(rootKey, context(store)), 0);
    }

    /** Opens a file that was read. */
    static KeyVault open(Files files, KeyProvider provider, Algorithms algorithms, KeysFile file) {
        var rootKey = provider.unwrap(file.root(), context(file.id()));
        if (rootKey.length != Algorithms.KEY_BYTES) {
            throw new StoreException(
                    Kind.KEY,
                    "The key provider has unwrapped a key of " + rootKey.length + " bytes; expected: "
                            + Algorithms.KEY_BYTES + ".");
        }
        return new KeyVault(files, provider, algorithms, rootKey, file.root(), file.number());
    }

    private static byte[] context(UUID store) {
        return ByteBuffer.allocate(ROOT.length + 2 * Long.BYTES)
                .put(ROOT)
                .putLong(store.getMostSignificantBits())
                .putLong(store.getLeastSignificantBits())
                .array();
    }

    /** Returns what is in a file. */
    RingContents contents(KeysFile file) throws DamagedFileException {
        var opened = algorithms.open(rootKey, file.sealed(), file.associated());
        if (opened == null) {
            throw DamagedFileException.tampered(KeysFile.NAME, 0);
        }
        try {
            return RingContents.decode(opened, file.id(), KeysFile.NAME);
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    /** Replaces the file. If that fails, either may be there after a restart. */
    void write(RingContents contents) throws IOException {
        write(contents, rootKey, root);
    }

    /** Likewise, with a new root key, wrapped by what is the outer key now. */
    void writeAnew(RingContents contents) throws IOException {
        var key = algorithms.random(Algorithms.KEY_BYTES);
        var before = rootKey;
        write(contents, key, provider.wrap(key, context(contents.identity().id())));
        Arrays.fill(before, (byte) 0);
    }

    private void write(RingContents contents, byte[] nextKey, WrappedKey nextRoot) throws IOException {
        var plain = contents.encode();
        int sealedBytes = Algorithms.NONCE_BYTES + plain.length + Algorithms.TAG_BYTES;
        var id = contents.identity().id();
        var sealed = algorithms.seal(nextKey, plain, KeysFile.associated(id, number + 1, nextRoot, sealedBytes));
        Arrays.fill(plain, (byte) 0);
        WholeFile.replace(files, KeysFile.NAME, new KeysFile(id, number + 1, nextRoot, sealed).encode());
        rootKey = nextKey;
        root = nextRoot;
        number++;
    }

    /** Returns the number of the file that is on disk. */
    long number() {
        return number;
    }

    /** Gives the next file a greater number than this one. */
    void passOver(long least) {
        number = Math.max(number, least);
    }

    /** Returns the id of the outer key that has wrapped the root key. */
    String outerKeyId() {
        return root.keyId();
    }

    /** Wipes the root key. */
    @Override
    public void close() {
        Arrays.fill(rootKey, (byte) 0);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "root key wrapped by " + root.keyId();
    }
}
