package io.coffer.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;
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

    /** So many ciphers stay ready for this key: to make one ready for another key takes as long as to encrypt a kilobyte. */
    private static final int OWN = 4;

    private final CipherPool pool;
    private final AtomicReferenceArray<Cipher> own = new AtomicReferenceArray<>(OWN);
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
            var cipher = take();
            init(cipher, Cipher.ENCRYPT_MODE, bytes, nonceAt, associated);
            cipher.doFinal(bytes, at, length, bytes, at);
            give(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM has failed", e);
        }
    }

    private Cipher take() throws GeneralSecurityException {
        var cipher = own.getAndSet(place(), null);
        return cipher == null ? pool.take() : cipher;
    }

    /** Of two that are given back at once one may be lost, and is made anew: that is cheaper than to exclude it. */
    private void give(Cipher cipher) {
        int place = place();
        if (own.getPlain(place) == null) {
            own.setRelease(place, cipher);
        } else {
            pool.give(cipher);
        }
    }

    private static int place() {
        return CipherPool.place() % OWN;
    }

    private void init(Cipher cipher, int mode, byte[] bytes, int nonceAt, byte[] associated)
            throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, bytes, nonceAt, Algorithms.NONCE_BYTES));
        cipher.updateAAD(associated);
    }

    /**
     * Decrypts what {@link #seal} has made.
     *
     * @param length with the tag
     * @return a new array with what was encrypted, null if that was not with this key, or the bytes or what is associated are others
     */
    public byte @Nullable [] open(byte[] bytes, int nonceAt, int at, int length, byte[] associated) {
        if (length < Algorithms.TAG_BYTES) {
            return null;
        }
        var plain = new byte[length - Algorithms.TAG_BYTES];
        return open(bytes, nonceAt, at, length, associated, plain, 0) ? plain : null;
    }

    /**
     * Likewise, into another array than it is in.
     *
     * @param plain long enough; its content is undefined, and nothing to be used, if that fails
     * @return whether it was encrypted with this key, and neither the bytes nor what is associated are others
     */
    @SuppressWarnings("UnusedException") // a tag that does not fit is an answer, and the exception tells nothing more
    public boolean open(byte[] bytes, int nonceAt, int at, int length, byte[] associated, byte[] plain, int plainAt) {
        if (length < Algorithms.TAG_BYTES) {
            return false;
        }
        try {
            var cipher = take();
            boolean isRight = true;
            try {
                init(cipher, Cipher.DECRYPT_MODE, bytes, nonceAt, associated);
                cipher.doFinal(bytes, at, length, plain, plainAt);
            } catch (AEADBadTagException e) {
                if (key.isDestroyed()) {
                    throw SecretBytes.wiped(e);
                }
                isRight = false;
            }
            give(cipher);
            return isRight;
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
