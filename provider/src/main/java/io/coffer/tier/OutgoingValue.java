package io.coffer.tier;

import org.jspecify.annotations.Nullable;

/**
 * A value on its way into the store: as memory will keep it, and its bytes. They are made when a caller gives the value, so that one
 * that cannot be encoded fails before anything has happened.
 */
final class OutgoingValue<V> extends Expirable<V> {
    private final Expirable<V> kept;
    private final byte[] encoded;

    OutgoingValue(Expirable<V> kept, byte[] encoded) {
        super(kept.expiresAtMillis());
        this.kept = kept;
        this.encoded = encoded;
    }

    @Override
    public V value() {
        return kept.value();
    }

    @Override
    long size() {
        return kept.size();
    }

    @Override
    byte[] encoded() {
        return encoded;
    }

    @Override
    @Nullable
    Expirable<V> inMemory() {
        return kept;
    }

    @Override
    Expirable<V> with(long deadline) {
        return new OutgoingValue<>(kept.expiringAt(deadline), encoded);
    }

    @Override
    Object content() {
        return kept.content();
    }
}
