package io.coffer.crypto;

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
    private volatile Key current; // another when it has sealed enough; who still has the old one may finish

    /** A key, and how often it has sealed. */
    private static final class Key {
        private final Algorithms algorithms;
        private final byte[] bytes;
        private final AtomicLong seals = new AtomicLong();

        Key(Algorithms algorithms) {
            this.algorithms = algorithms;
            this.bytes = algorithms.random(Algorithms.KEY_BYTES);
        }
    }

    /** Draws a key. */
    public HeapSeal(Algorithms algorithms) {
        this.algorithms = algorithms;
        this.current = new Key(algorithms);
    }

    /** Encrypts. */
    public Sealed seal(byte[] plain) {
        var key = current;
        if (key.seals.incrementAndGet() > SEALS_MAX) {
            key = new Key(algorithms);
            current = key;
        }
        return new Sealed(key, algorithms.seal(key.bytes, plain, NOTHING));
    }

    /** Bytes that are encrypted. Immutable. */
    public static final class Sealed {
        private final Key key;
        private final byte[] bytes;

        private Sealed(Key key, byte[] bytes) {
            this.key = key;
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
            var plain = key.algorithms.open(key.bytes, bytes, NOTHING);
            if (plain == null) {
                throw new IllegalStateException("Sealed memory has changed");
            }
            return plain;
        }
    }
}
