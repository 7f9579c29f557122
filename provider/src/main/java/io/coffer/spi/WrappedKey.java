package io.coffer.spi;

import static java.util.Objects.requireNonNull;

/**
 * A key that was encrypted by an outer key, as it lies on disk.
 *
 * @param keyId which outer key unwraps it; not secret, readable on disk
 * @param bytes what only the {@link KeyProvider} that made them understands; with all that it needs besides the outer key, such as a
 *     salt
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are what is stored; nobody compares these
public record WrappedKey(String keyId, byte[] bytes) {
    /** Checks that nothing is null, and takes the bytes as they are. */
    public WrappedKey {
        requireNonNull(keyId, "keyId == null");
        requireNonNull(bytes, "bytes == null");
    }

    /** Without the bytes. */
    @Override
    public String toString() {
        return "key wrapped by " + keyId;
    }
}
