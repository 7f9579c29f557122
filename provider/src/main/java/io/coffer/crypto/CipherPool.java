package io.coffer.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;

/**
 * Ciphers that are not in use, one for each place of threads: to make one takes longer than to encrypt a kilobyte. Not one for each thread:
 * there may be a million virtual ones. Safe for use by several threads.
 */
public final class CipherPool {
    private static final int PLACES_BITS = 4;
    private static final int LINE = 32;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final Algorithms algorithms;
    private final AtomicReferenceArray<Engine> idle = new AtomicReferenceArray<>(LINE << PLACES_BITS);

    /** Makes an empty pool. */
    public CipherPool(Algorithms algorithms) {
        this.algorithms = algorithms;
    }

    /** A cipher, and room for what comes from outside the heap. For one thread at a time. */
    static final class Engine {
        private static final int SCRATCH_BYTES_MAX = 80 << 10;

        final Cipher cipher;
        private byte[] scratch = new byte[2 << 10];

        private Engine(Cipher cipher) {
            this.cipher = cipher;
        }

        /** Returns an array of so many bytes at least, with what was in it before. */
        byte[] scratch(int bytes) {
            if (bytes > SCRATCH_BYTES_MAX) {
                return new byte[bytes];
            }
            if (bytes > scratch.length) {
                scratch = new byte[Math.max(bytes, Math.min(SCRATCH_BYTES_MAX, 2 * scratch.length))];
            }
            return scratch;
        }
    }

    /** Returns a cipher, which belongs to the caller until {@link #give}. */
    Engine take() throws GeneralSecurityException {
        var engine = idle.getAndSet(LINE * place(), null);
        return engine == null ? new Engine(algorithms.aesGcm()) : engine;
    }

    /** Gives a cipher back. */
    void give(Engine engine) {
        idle.setRelease(LINE * place(), engine);
    }

    /** Returns the place of the calling thread. */
    static int place() {
        return (int) ((Thread.currentThread().getId() * SPREAD) >>> (Long.SIZE - PLACES_BITS));
    }
}
