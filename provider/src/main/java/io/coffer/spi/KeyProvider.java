package io.coffer.spi;

/**
 * Holds the outer key of encrypted stores, and lends its strength without giving it away: it wraps the keys with which stores encrypt, and
 * unwraps them. A key file, a keystore, a passphrase, or a key management service behind a network.
 *
 * <p>Is called when a store is opened and when its keys are renewed, never for an entry. Must be safe for use by several threads. Two
 * keys with one id are a mistake that {@link #unwrap} notices only by chance, so an id should be made from the key.
 */
public interface KeyProvider {
    /** Returns the id of the key that {@link #wrap} uses now. Not secret: it is readable on disk and in messages. */
    String keyId();

    /**
     * Encrypts a key, authenticated, with the outer key of today.
     *
     * @param key 32 bytes; stays the caller's, who wipes it
     * @param context must be the same for {@link #unwrap}: what the key is for
     * @throws StoreException of kind {@link StoreException.Kind#KEY KEY} if the outer key cannot be had
     */
    WrappedKey wrap(byte[] key, byte[] context);

    /**
     * Decrypts a key. The bytes come from a file that anybody may have changed.
     *
     * @return a new array, which the caller wipes
     * @throws StoreException of kind {@link StoreException.Kind#KEY KEY} if this provider has no key of that id, or what was wrapped or
     *     the context is not what {@link #wrap} was given; the message names the id that was asked for and those that there are
     */
    byte[] unwrap(WrappedKey wrapped, byte[] context);
}
