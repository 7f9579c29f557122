package io.coffer.crypto;

import static java.util.Objects.requireNonNull;

import io.coffer.spi.KeyProvider;
import io.coffer.spi.WrappedKey;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Outer keys that this process reads itself: {@link KeyFile}, {@link KeyVariable}, {@link KeystoreKey}. They are read each time they are
 * needed and wiped afterwards, so that they can be exchanged while stores are open: put the new key first and leave the old one behind it
 * until all stores have been wrapped anew.
 *
 * <p>Wraps with AES-256-GCM and a random nonce (NIST SP 800-38D). The id of a key is derived from it by HKDF-SHA256 (RFC 5869).
 *
 * <p>Immutable and safe for use by several threads. Two are equal if they read the same place.
 */
public final class LocalKeys implements KeyProvider, Serializable {
    private static final long serialVersionUID = 1L;

    private final KeyReader reader;
    private final @Nullable String jcaProvider;

    LocalKeys(KeyReader reader, @Nullable String jcaProvider) {
        this.reader = reader;
        this.jcaProvider = jcaProvider;
    }

    /**
     * Returns the same keys, with another provider of cryptography.
     *
     * @param jcaProvider its name; null for the first that the JVM finds, which is the default
     */
    public LocalKeys withJcaProvider(@Nullable String jcaProvider) {
        return new LocalKeys(reader, jcaProvider);
    }

    @Override
    public String keyId() {
        try (var keys = read()) {
            return keys.keyId();
        }
    }

    @Override
    public WrappedKey wrap(byte[] key, byte[] context) {
        try (var keys = read()) {
            return keys.wrap(requireNonNull(key, "key == null"), requireNonNull(context, "context == null"));
        }
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
        try (var keys = read()) {
            return keys.unwrap(requireNonNull(wrapped, "wrapped == null"), requireNonNull(context, "context == null"));
        }
    }

    private OuterKeys read() {
        return new OuterKeys(Algorithms.of(jcaProvider), reader.toString(), reader.read());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalKeys that
                && reader.equals(that.reader)
                && Objects.equals(jcaProvider, that.jcaProvider);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reader, jcaProvider);
    }

    /** Says where the keys are, and nothing of them. */
    @Override
    public String toString() {
        return reader.toString();
    }
}
