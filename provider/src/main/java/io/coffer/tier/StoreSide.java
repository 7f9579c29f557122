package io.coffer.tier;

import static io.coffer.spi.EntryStore.ABSENT;

/**
 * What the store has of a key, as far as the last holder of its lock knows. Immutable.
 *
 * @param key the encoded key
 * @param stamp the version, or {@link io.coffer.spi.EntryStore#ABSENT}
 * @param expiresAtMillis the deadline as the store knows it
 * @param valueBytes the size of the encoded value, 0 if it was not read
 * @param era how many clears of the store there had been before this was seen, or {@link #UNSURE} if one was under way
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record StoreSide(byte[] key, long stamp, long expiresAtMillis, int valueBytes, long era) {
    /*
     * Hits move a deadline in memory without a lock; the store hears of it only now and then, since each time costs a record. It must
     * not hold a later deadline than memory, or a crash would let an entry live too long; and it may hold an earlier one, which costs a
     * miss after a crash, but not by much.
     */
    private static final int LAG_DIVISOR = 8;

    /** The era while a clear is under way: who sees something then cannot know whether it will be cleared. */
    static final long UNSURE = -1;

    static StoreSide absent(byte[] key, long era) {
        return new StoreSide(key, ABSENT, 0, 0, era);
    }

    /** Tells whether the store has surely not been cleared since this was seen. */
    boolean isOfEra(long now) {
        return era != UNSURE && era == now;
    }

    boolean isPresent() {
        return stamp != ABSENT;
    }

    /** Returns the version without its value. */
    <V> Expirable<V> version() {
        return new StoredValue<>(stamp, expiresAtMillis);
    }

    StoreSide removed() {
        return absent(key, era);
    }

    StoreSide expiringAt(long deadline) {
        return new StoreSide(key, stamp, deadline, valueBytes, era);
    }

    StoreSide withValueBytes(int bytes) {
        return new StoreSide(key, stamp, expiresAtMillis, bytes, era);
    }

    /** Tells whether the store has to hear of the deadline in memory: it is nearer, or later by more than an eighth of what is left. */
    boolean lagsBehind(long deadline, long nowMillis) {
        if (!isPresent() || deadline == expiresAtMillis) {
            return false;
        }
        if (deadline < 0) {
            return isUnawareOfEnd(deadline);
        }
        return deadline < expiresAtMillis
                || deadline == Expirable.ETERNAL
                || expiresAtMillis <= nowMillis
                || deadline - expiresAtMillis > (deadline - nowMillis) / LAG_DIVISOR;
    }

    /** Tells whether a value that has expired in memory still lives by the deadline that the store knows. */
    boolean isUnawareOfEnd(long ended) {
        return isPresent() && (ended == Expirable.PAST || ~ended < expiresAtMillis);
    }

    /** Names neither key nor value. */
    @Override
    public String toString() {
        return isPresent() ? "version " + stamp : "absent";
    }
}
