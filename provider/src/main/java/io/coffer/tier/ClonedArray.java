package io.coffer.tier;

import java.lang.reflect.Array;

/** An array of elements that cannot change, cloned whenever it comes in or goes out. */
final class ClonedArray<V> extends Expirable<V> {
    private final V array;

    private ClonedArray(V array, long expiresAtMillis) {
        super(expiresAtMillis);
        this.array = array;
    }

    /** Takes a caller's array in. */
    static <V> ClonedArray<V> of(V array) {
        return new ClonedArray<>(cloneOf(array), UNSET);
    }

    @Override
    public V value() {
        return cloneOf(array);
    }

    @Override
    long size() {
        return HeapSizes.of(array);
    }

    @Override
    Expirable<V> with(long deadline) {
        return new ClonedArray<>(array, deadline);
    }

    @Override
    Object content() {
        return array;
    }

    @SuppressWarnings({"unchecked", "SuspiciousSystemArraycopy"}) // same class; only arrays come here, see ByValue
    private static <V> V cloneOf(V array) {
        int length = Array.getLength(array);
        var copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return (V) copy;
    }
}
