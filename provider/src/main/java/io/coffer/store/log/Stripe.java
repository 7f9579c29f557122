package io.coffer.store.log;

/** Spreads threads over a few places, so that they seldom write to the same cache line. */
final class Stripe {
    private static final int BITS = 4;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    static final int COUNT = 1 << BITS;

    private Stripe() {}

    /** Returns the place of the calling thread, below {@link #COUNT}. */
    static int ofThread() {
        return (int) ((Thread.currentThread().getId() * SPREAD) >>> (Long.SIZE - BITS));
    }
}
