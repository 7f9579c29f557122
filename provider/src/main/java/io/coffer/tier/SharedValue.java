package io.coffer.tier;

/** A value that its callers share: by reference, or because its type is immutable. */
final class SharedValue<V> extends Expirable<V> {
    private final V value;

    SharedValue(V value, long expiresAtMillis) {
        super(expiresAtMillis);
        this.value = value;
    }

    @Override
    public V value() {
        return value;
    }

    @Override
    long size() {
        return HeapSizes.of(value);
    }

    @Override
    Expirable<V> with(long deadline) {
        return new SharedValue<>(value, deadline);
    }

    @Override
    Object content() {
        return value;
    }
}
