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
    private final AtomicReferenceArray<Cipher> idle = new AtomicReferenceArray<>(LINE << PLACES_BITS);

    /** Makes an empty pool. */
    public CipherPool(Algorithms algorithms) {
        this.algorithms = algorithms;
    }

    /** Returns a cipher, which belongs to the caller until {@link #give}. */
    Cipher take() throws GeneralSecurityException {
        var cipher = idle.getAndSet(LINE * place(), null);
        return cipher == null ? algorithms.aesGcm() : cipher;
    }

    /** Gives a cipher back. */
    void give(Cipher cipher) {
        idle.setRelease(LINE * place(), cipher);
    }

    /** Returns the place of the calling thread. */
    static int place() {
        return (int) ((Thread.currentThread().getId() * SPREAD) >>> (Long.SIZE - PLACES_BITS));
    }
}
