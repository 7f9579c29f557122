package io.coffer.tier;

import org.jspecify.annotations.Nullable;

/**
 * A value that the store has and memory has not read: known are its version and its deadline. Only the holder of its key's lock meets
 * one, and {@link Entry#fetch fetches} it before anybody needs the value.
 */
final class StoredValue<V> extends Expirable<V> {
    private final long stamp;

    StoredValue(long stamp, long expiresAtMillis) {
        super(expiresAtMillis);
        this.stamp = stamp;
    }

    /**
     * Is not here.
     *
     * @throws IllegalStateException always
     */
    @Override
    public V value() {
        throw new IllegalStateException("Expected a value that was fetched from the store first");
    }

    @Override
    public boolean isUnread() {
        return true;
    }

    @Override
    public boolean hasValueOf(Expirable<V> other) {
        return other instanceof StoredValue<V> stored && stored.stamp == stamp;
    }

    @Override
    long size() {
        return 0;
    }

    @Override
    @Nullable
    Expirable<V> inMemory() {
        return null;
    }

    @Override
    Expirable<V> with(long deadline) {
        return new StoredValue<>(stamp, deadline);
    }

    @Override
    Object content() {
        return this;
    }
}
