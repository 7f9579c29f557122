package io.coffer.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a store encrypts what it writes.
 *
 * @param keys has the outer key
 * @param jcaProvider name of the provider of cryptography to take all algorithms from, null for the first that the JVM finds
 * @param erasesExpired whether what has expired becomes unreadable also in older copies of the files, since its key is destroyed
 * @param anchor remembers how far the store has come, null if nobody does
 */
public record StoreEncryption(
        KeyProvider keys,
        @Nullable String jcaProvider,
        boolean erasesExpired,
        @Nullable RollbackAnchor anchor) {
    /** Checks that the keys are not null. */
    public StoreEncryption {
        requireNonNull(keys, "keys == null");
    }

    /** Encryption without an anchor. */
    public StoreEncryption(KeyProvider keys, @Nullable String jcaProvider, boolean erasesExpired) {
        this(keys, jcaProvider, erasesExpired, null);
    }
}
