package io.coffer.store.log;

/** Deadlines as a slot holds them: 40 bits, milliseconds since the store was made. */
final class SlotDeadline {
    static final int BITS = 40;

    private static final long CODE_ETERNAL = (1L << BITS) - 1;
    private static final long CODE_FAR = CODE_ETERNAL - 1;

    private final long sinceMillis;

    SlotDeadline(long sinceMillis) {
        this.sinceMillis = sinceMillis;
    }

    /** The latest deadline, but eternal, that a slot can hold. */
    long latest() {
        return sinceMillis + CODE_FAR - 1;
    }

    /** Returns the code of a deadline. One before the store was made becomes that moment, which has passed as well. */
    long encode(long expiresAtMillis) {
        if (expiresAtMillis == LogFormat.ETERNAL) {
            return CODE_ETERNAL;
        }
        if (expiresAtMillis <= sinceMillis) {
            return 0;
        }
        long after = expiresAtMillis - sinceMillis;
        return after < 0 || after >= CODE_FAR ? CODE_FAR : after;
    }

    long decode(long code) {
        return code == CODE_ETERNAL ? LogFormat.ETERNAL : code == CODE_FAR ? Slot.FAR : sinceMillis + code;
    }
}
