package io.coffer.tier;

import org.jspecify.annotations.Nullable;

/**
 * A value as memory holds it, and its deadline. Immutable; another deadline makes another expirable.
 *
 * @param <V> the type of the value
 */
public abstract sealed class Expirable<V>
        permits SharedValue, ClonedArray, EncodedValue, SealedValue, StaleValue, OutgoingValue, StoredValue {
    /** The deadline of a value that never expires. */
    public static final long ETERNAL = Long.MAX_VALUE;

    /** The deadline of a value that has expired, whatever the clock says. */
    public static final long PAST = Long.MIN_VALUE;

    /** Not a deadline, but the wish that the one there is may stay, whatever readers make of it meanwhile. */
    public static final long KEPT = Long.MIN_VALUE + 1;

    /** Not a deadline, but the mark of a value that has none yet: the expiry policy is to be asked. */
    public static final long UNSET = Long.MIN_VALUE + 2;

    private final long expiresAtMillis;

    Expirable(long expiresAtMillis) {
        this.expiresAtMillis = expiresAtMillis;
    }

    /** Returns when the value expires, in milliseconds since the epoch, or {@link #ETERNAL}; negative once it has. */
    public final long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** Tells whether it has a deadline, or the expiry policy is still to be asked. */
    public final boolean isTimed() {
        return expiresAtMillis != UNSET;
    }

    /** Returns the same value with another deadline. */
    public final Expirable<V> expiringAt(long deadline) {
        return deadline == expiresAtMillis ? this : with(deadline);
    }

    /** Returns the same value, expired for good; it remembers its deadline. */
    public final Expirable<V> ended() {
        return expiresAtMillis < 0 ? this : with(~expiresAtMillis);
    }

    /** Returns the deadline of a value that has expired, or the given time if it expired without a deadline. */
    public final long endedAtMillis(long nowMillis) {
        if (expiresAtMillis == PAST) {
            return nowMillis;
        }
        return expiresAtMillis < 0 ? ~expiresAtMillis : expiresAtMillis;
    }

    /** Returns the same value, to be served in the stead of one that cannot be loaded: its deadline can only come nearer. */
    public final Expirable<V> staleUntil(long deadline) {
        return new StaleValue<>(this, deadline);
    }

    /** Tells whether it is served in the stead of one that could not be loaded. */
    public boolean isStale() {
        return false;
    }

    /** Tells whether only the store has the value, so that it cannot be asked for here. */
    public boolean isUnread() {
        return false;
    }

    /** Tells whether another expirable holds the very same value, with whatever deadline. */
    @SuppressWarnings("ReferenceEquality") // the very same: an equal value written meanwhile is another
    public boolean hasValueOf(Expirable<V> other) {
        return content() == other.content();
    }

    /**
     * Returns the value for a caller: what is stored by value is restored each time, so that nobody gets an object that
     * another has.
     */
    public abstract V value();

    /** Returns the bytes it takes on the heap, by estimate where it is not encoded. */
    abstract long size();

    /** Returns its encoded bytes, not to be changed, or null if it is not kept so. */
    byte @Nullable [] encoded() {
        return null;
    }

    /** Returns what memory keeps of it once the store has it, or null if nothing. */
    @Nullable
    Expirable<V> inMemory() {
        return this;
    }

    abstract Expirable<V> with(long deadline);

    /** Returns what is kept for the value: the same object whatever the deadline. */
    abstract Object content();
}
