package io.coffer.tier;

/** Objects are kept as they are; callers share them (JSR-107 section 5.1.1, "store-by-reference"). */
public final class ByReference<T> implements StoredForm<T> {

    @Override
    public Expirable<T> take(T object) {
        return new SharedValue<>(object, Expirable.UNSET);
    }

    @Override
    public Expirable<T> restore(T decoded, byte[] encoded) {
        return take(decoded);
    }

    @Override
    public T copy(T object) {
        return object;
    }
}
