package io.coffer.expiry;

/**
 * Shortens times to live by a share that depends on the key alone, so that what was made at one moment does not expire at one
 * moment, and nothing lives longer than the policy says. Safe for use by several threads.
 */
public final class Jitter {
    /** Shortens nothing. */
    public static final Jitter NONE = new Jitter(0, "");

    private static final int FRACTION_BITS = 53; // of a double

    private final double fraction;
    private final long salt;

    /**
     * Makes the jitter of a cache.
     *
     * @param fraction the greatest share of a time to live that is taken off, from 0 up to but not including 1
     * @param cacheName lets a key have another share in another cache
     */
    public Jitter(double fraction, String cacheName) {
        this.fraction = fraction;
        this.salt = (long) cacheName.hashCode() << Integer.SIZE;
    }

    /** Returns the time to live of a key, in milliseconds: the same each time; 0 stays 0, and nothing else becomes 0. */
    long shortened(long millis, Object key) {
        return fraction == 0 || millis == 0 ? millis : Math.max(1, millis - (long) (millis * fraction * share(key)));
    }

    /** Returns a number from 0 up to but not including 1: the hash mixed as SplitMix64 does (Steele et al. 2014). */
    private double share(Object key) {
        long mixed = salt ^ Integer.toUnsignedLong(key.hashCode());
        mixed = (mixed + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> (Long.SIZE - FRACTION_BITS)) * 0x1p-53;
    }
}
