package io.coffer.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM under one key, for many short messages. Nonces come from the caller, who never gives one twice for a key. Safe for use by
 * several threads.
 */
public final class RecordCipher implements AutoCloseable {
    private static final int TAG_BITS = Algorithms.TAG_BYTES * Byte.SIZE;

    private final CipherPool pool;
    private final SecretBytes key;

    /** Takes the key as it is; {@link #close} wipes it. */
    public RecordCipher(CipherPool pool, byte[] key) {
        if (key.length != Algorithms.KEY_BYTES) {
            throw new IllegalArgumentException("A key has " + Algorithms.KEY_BYTES + " bytes, found " + key.length);
        }
        this.pool = pool;
        this.key = new SecretBytes(key, "AES");
    }

    /**
     * Encrypts bytes where they are. The tag goes behind them.
     *
     * @param nonceAt where the nonce begins in the bytes
     */
    public void seal(byte[] bytes, int nonceAt, int at, int length, byte[] associated) {
        try {
            var cipher = pool.take();
            cipher.init(
                    Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, bytes, nonceAt, Algorithms.NONCE_BYTES));
            cipher.updateAAD(associated);
            cipher.doFinal(bytes, at, length, bytes, at);
            pool.give(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM has failed", e);
        }
    }

    /**
     * Decrypts what {@link #seal} has made.
     *
     * @param length with the tag
     * @return a new array with what was encrypted, null if that was not with this key, or the bytes or what is associated are others
     */
    @SuppressWarnings("UnusedException") // a tag that does not fit is an answer, and the exception tells nothing more
    public byte @Nullable [] open(byte[] bytes, int nonceAt, int at, int length, byte[] associated) {
        if (length < Algorithms.TAG_BYTES) {
            return null;
        }
        try {
            var cipher = pool.take();
            cipher.init(
                    Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, bytes, nonceAt, Algorithms.NONCE_BYTES));
            cipher.updateAAD(associated);
            var plain = new byte[length - Algorithms.TAG_BYTES];
            cipher.doFinal(bytes, at, length, plain, 0);
            pool.give(cipher);
            return plain;
        } catch (AEADBadTagException e) {
            if (key.isDestroyed()) {
                throw new IllegalStateException("The key was wiped", e);
            }
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM has failed", e);
        }
    }

    /** Wipes the key, as far as Java lets. Nothing can be encrypted or decrypted any more. */
    @Override
    public void close() {
        key.destroy();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "a cipher";
    }
}
