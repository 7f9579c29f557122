package io.coffer.operation;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.expiry.ExpiryTimes;
import io.coffer.integration.WriteThrough;
import io.coffer.tier.Entry;
import io.coffer.tier.Expirable;
import org.jspecify.annotations.Nullable;

/**
 * What shall become of an entry, and what its caller gets.
 *
 * @param kind what shall become of it
 * @param value the new value of a WRITE, LOAD or RELOAD, the value with its new deadline of a RETIME, else null
 * @param result what the caller gets
 */
record Change<V, R>(
        Kind kind, @Nullable Expirable<V> value, @Nullable R result) {

    /** The kinds of change. Whoever switches over them names each, so that a new one is met everywhere. */
    enum Kind {
        /** Leaves the entry, or its absence, as it is. */
        KEEP,
        /** Leaves the value; it has been read, so its deadline may move. */
        ACCESS,
        /** Sets a value given by the caller. */
        WRITE,
        /** Sets a value given by the CacheLoader: not written through and not counted as a put. */
        LOAD,
        /** Replaces a value by one loaded ahead of its deadline: timed as a new one. */
        RELOAD,
        /** Moves the deadline at the caller's wish. */
        RETIME,
        /** Removes the value at the caller's wish. */
        REMOVE,
        /** Removes the value without telling anybody. */
        CLEAR,
        /** Removes the value for want of room. */
        EVICT
    }

    static <V, R> Change<V, R> keep(@Nullable R result) {
        return new Change<>(Kind.KEEP, null, result);
    }

    static <V, R> Change<V, R> access(@Nullable R result) {
        return new Change<>(Kind.ACCESS, null, result);
    }

    static <V, R> Change<V, R> write(Expirable<V> value, @Nullable R result) {
        return new Change<>(Kind.WRITE, value, result);
    }

    static <V, R> Change<V, R> load(Expirable<V> value, @Nullable R result) {
        return new Change<>(Kind.LOAD, value, result);
    }

    static <V, R> Change<V, R> reload(Expirable<V> value, @Nullable R result) {
        return new Change<>(Kind.RELOAD, value, result);
    }

    static <V, R> Change<V, R> retime(Expirable<V> value, @Nullable R result) {
        return new Change<>(Kind.RETIME, value, result);
    }

    static <V, R> Change<V, R> remove(@Nullable R result) {
        return new Change<>(Kind.REMOVE, null, result);
    }

    static <V, R> Change<V, R> clear() {
        return new Change<>(Kind.CLEAR, null, null);
    }

    static <V, R> Change<V, R> evict() {
        return new Change<>(Kind.EVICT, null, null);
    }

    /** Names the kind only: value and result are the user's. */
    @Override
    public String toString() {
        return kind.toString();
    }

    /** Tells the CacheWriter what the caller wants, before anything has changed; what it throws ends the operation. */
    <K> void writeThrough(K key, WriteThrough<K, V> writer) {
        switch (kind) {
            case WRITE -> writer.write(key, requireNonNull(value)::value);
            case REMOVE -> writer.delete(key);
            case KEEP, ACCESS, LOAD, RELOAD, RETIME, CLEAR, EVICT -> {}
        }
    }

    /** Returns what there is after the change; unless the value has a deadline, the expiry policy says it. Null: absent. */
    @Nullable
    Expirable<V> applyTo(@Nullable Expirable<V> before, Object key, ExpiryTimes expiry) {
        return switch (kind) {
            case KEEP, ACCESS -> before;
            case WRITE, LOAD ->
                before == null
                        ? born(requireNonNull(value), key, expiry)
                        : renewed(before, requireNonNull(value), key, expiry);
            case RELOAD -> requireNonNullElse(born(requireNonNull(value), key, expiry), requireNonNull(before));
            case RETIME -> value;
            case REMOVE, CLEAR, EVICT -> null;
        };
    }

    /** Moves the deadline of a value that has been read: as a reader does, who must not undo what others do meanwhile. */
    <K> void touch(Entry<K, V> entry, Expirable<V> read, ExpiryTimes expiry) {
        if (kind == Kind.ACCESS) {
            expiry.touch(entry, read);
        }
    }

    /** A new value whose time has passed at once is not added (JSR-107, ExpiryPolicy.getExpiryForCreation). */
    private static <V> @Nullable Expirable<V> born(Expirable<V> value, Object key, ExpiryTimes expiry) {
        var timed = value.isTimed() ? value : value.expiringAt(expiry.forCreation(key));
        return timed.expiresAtMillis() == Expirable.PAST ? null : timed;
    }

    /** The deadline of a value that was served stale for a moment is none to be kept. */
    private static <V> Expirable<V> renewed(Expirable<V> before, Expirable<V> value, Object key, ExpiryTimes expiry) {
        if (value.isTimed()) {
            return value;
        }
        return value.expiringAt(before.isStale() ? expiry.forCreation(key) : expiry.forUpdate(key));
    }

    /** Tells whether nothing may be there after it, whatever was found: also what could not be read. */
    boolean isRemoval() {
        return switch (kind) {
            case REMOVE, CLEAR -> true;
            case WRITE, LOAD, RELOAD, KEEP, ACCESS, RETIME, EVICT -> false;
        };
    }

    /** Tells whether after it nothing older may be remembered of the key. */
    boolean isNews() {
        return switch (kind) {
            case WRITE, RELOAD, REMOVE, CLEAR -> true;
            case LOAD -> !requireNonNull(value).isStale();
            case KEEP, ACCESS, RETIME, EVICT -> false;
        };
    }
}
