package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import io.coffer.spi.WrappedKey;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The outer keys that a source has at one moment: the first wraps, all unwrap. Closing wipes them. For one thread.
 *
 * @param source where they are from, for messages
 * @param keys of 32 bytes each, at least one; taken as they are
 */
record OuterKeys(Algorithms algorithms, String source, List<byte[]> keys) implements AutoCloseable {
    /* Do not change: on disk. A wrapped key is this byte, and what AES-256-GCM makes of the key. */
    private static final byte RAW = 1;

    private static final byte[] LABEL = "coffer wrap".getBytes(US_ASCII); // do not change: on disk

    /** Returns the id of the key that wraps. */
    String keyId() {
        return KeyId.of(algorithms, keys.get(0));
    }

    WrappedKey wrap(byte[] key, byte[] context) {
        return wrap(algorithms, keys.get(0), keyId(), new byte[] {RAW}, key, context);
    }

    /** Wraps; what is in the clear before the sealed key is authenticated, as are the id and the context (NIST SP 800-38D). */
    static WrappedKey wrap(
            Algorithms algorithms, byte[] outer, String keyId, byte[] header, byte[] key, byte[] context) {
        var sealed = algorithms.seal(outer, key, associated(keyId, header, context));
        var bytes = Arrays.copyOf(header, header.length + sealed.length);
        System.arraycopy(sealed, 0, bytes, header.length, sealed.length);
        return new WrappedKey(keyId, bytes);
    }

    byte[] unwrap(WrappedKey wrapped, byte[] context) {
        for (var each : keys) {
            if (KeyId.of(algorithms, each).equals(wrapped.keyId())) {
                return unwrap(algorithms, source, each, new byte[] {RAW}, wrapped, context);
            }
        }
        throw KeyFailure.of(source + (keys.size() == 1 ? " has the key " : " has the keys ")
                + keys.stream().map(key -> KeyId.of(algorithms, key)).collect(joining(", ")) + ", not "
                + wrapped.keyId());
    }

    static byte[] unwrap(
            Algorithms algorithms, String source, byte[] outer, byte[] header, WrappedKey wrapped, byte[] context) {
        var bytes = wrapped.bytes();
        if (bytes.length > header.length && Arrays.equals(bytes, 0, header.length, header, 0, header.length)) {
            var sealed = Arrays.copyOfRange(bytes, header.length, bytes.length);
            var key = algorithms.open(outer, sealed, associated(wrapped.keyId(), header, context));
            if (key != null) {
                return key;
            }
        }
        throw KeyFailure.of(
                "the key " + wrapped.keyId() + " of " + source + " is the right one, but does not open what it should"
                        + " have wrapped: that was changed, or belongs to another store");
    }

    private static byte[] associated(String keyId, byte[] header, byte[] context) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(LABEL);
        all.writeBytes(keyId.getBytes(US_ASCII)); // of one length, as the header is for its first byte
        all.writeBytes(header);
        all.writeBytes(context);
        return all.toByteArray();
    }

    /** Wipes the keys. */
    @Override
    public void close() {
        keys.forEach(key -> Arrays.fill(key, (byte) 0));
    }

    /** Names no key. */
    @Override
    public String toString() {
        return "keys of " + source;
    }
}
