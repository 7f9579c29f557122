package io.coffer.crypto;

import java.nio.ByteBuffer;
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
    private static final int OWN = 2;

    private final CipherPool pool;
    private final AtomicReferenceArray<CipherPool.Engine> own = new AtomicReferenceArray<>(OWN);
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
            var engine = take();
            init(engine.cipher, Cipher.ENCRYPT_MODE, bytes, nonceAt, associated);
            engine.cipher.doFinal(bytes, at, length, bytes, at);
            give(engine);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM has failed", e);
        }
    }

    private CipherPool.Engine take() throws GeneralSecurityException {
        var engine = own.getAndSet(place(), null);
        return engine == null ? pool.take() : engine;
    }

    private void give(CipherPool.Engine engine) {
        if (!own.compareAndSet(place(), null, engine)) {
            pool.give(engine);
        }
    }

    private static int place() {
        return CipherPool.place() & (OWN - 1);
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
        try {
            var engine = take();
            var opened = open(engine, bytes, nonceAt, at, length, associated);
            give(engine);
            return opened;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM has failed", e);
        }
    }

    /**
     * Likewise, from a buffer that may lie outside the heap, and whose position stays.
     *
     * @param length with the tag, directly behind the nonce
     */
    public byte @Nullable [] open(ByteBuffer source, int nonceAt, int length, byte[] associated) {
        if (source.hasArray()) {
            int first = source.arrayOffset() + nonceAt;
            return open(source.array(), first, first + Algorithms.NONCE_BYTES, length, associated);
        }
        try {
            var engine = take();
            int bytes = Algorithms.NONCE_BYTES + length;
            var scratch = engine.scratch(bytes);
            source.get(nonceAt, scratch, 0, bytes);
            var opened = open(engine, scratch, 0, Algorithms.NONCE_BYTES, length, associated);
            give(engine);
            return opened;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM has failed", e);
        }
    }

    @SuppressWarnings("UnusedException") // a tag that does not fit is an answer, and the exception tells nothing more
    private byte @Nullable [] open(
            CipherPool.Engine engine, byte[] bytes, int nonceAt, int at, int length, byte[] associated)
            throws GeneralSecurityException {
        if (length < Algorithms.TAG_BYTES) {
            return null;
        }
        try {
            init(engine.cipher, Cipher.DECRYPT_MODE, bytes, nonceAt, associated);
            var plain = new byte[length - Algorithms.TAG_BYTES];
            engine.cipher.doFinal(bytes, at, length, plain, 0);
            return plain;
        } catch (AEADBadTagException e) {
            if (key.isDestroyed()) {
                throw SecretBytes.wiped(e);
            }
            return null;
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
