package io.coffer.crypto;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encrypts bytes that stay in the memory of this process: AES-256-GCM with random nonces (NIST SP 800-38D section 8.2.2) and a random key that
 * nobody else has and that is never written anywhere. Each key seals a limited number of times, then there is another one. Safe for use by
 * several threads.
 */
public final class HeapSeal {
    private static final long SEALS_MAX = 1L << 31; // of one key; the standard allows 2^32 with random nonces
    private static final byte[] NOTHING = {};

    private final Algorithms algorithms;
    private final CipherPool pool;
    private volatile Key current; // another when it has sealed enough; who still has the old one may finish

    /**
     * A key, and how often it has sealed. Never wiped: what it has sealed may be asked for as long as somebody has it.
     *
     * @param cipher has the key
     */
    private record Key(RecordCipher cipher, AtomicLong seals) {}

    /** Draws a key. */
    public HeapSeal(Algorithms algorithms) {
        this.algorithms = algorithms;
        this.pool = new CipherPool(algorithms);
        this.current = draw();
    }

    private Key draw() {
        return new Key(new RecordCipher(pool, algorithms.random(Algorithms.KEY_BYTES)), new AtomicLong());
    }

    /** Encrypts. */
    public Sealed seal(byte[] plain) {
        var key = current;
        if (key.seals.incrementAndGet() > SEALS_MAX) {
            key = draw();
            current = key;
        }
        var bytes = Arrays.copyOf(
                algorithms.random(Algorithms.NONCE_BYTES),
                Algorithms.NONCE_BYTES + plain.length + Algorithms.TAG_BYTES);
        System.arraycopy(plain, 0, bytes, Algorithms.NONCE_BYTES, plain.length);
        key.cipher.seal(bytes, 0, Algorithms.NONCE_BYTES, plain.length, NOTHING);
        return new Sealed(key.cipher, bytes);
    }

    /** Bytes that are encrypted. Immutable. */
    public static final class Sealed {
        private final RecordCipher cipher;
        private final byte[] bytes;

        private Sealed(RecordCipher cipher, byte[] bytes) {
            this.cipher = cipher;
            this.bytes = bytes;
        }

        /** Returns how many bytes it takes, encrypted. */
        public int length() {
            return bytes.length;
        }

        /**
         * Decrypts; returns a new array.
         *
         * @throws IllegalStateException if memory has changed
         */
        public byte[] open() {
            var plain = cipher.open(bytes, 0, Algorithms.NONCE_BYTES, bytes.length - Algorithms.NONCE_BYTES, NOTHING);
            if (plain == null) {
                throw new IllegalStateException("Sealed memory has changed");
            }
            return plain;
        }
    }
}
