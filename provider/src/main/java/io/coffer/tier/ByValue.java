package io.coffer.tier;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Objects are kept so that no caller can change them (JSR-107 section 5.1.1, "store-by-value"): objects of immutable types as
 * they are, arrays of such as clones, everything else as its encoded bytes.
 *
 * <p>Keeping the bytes means that a put encodes once and a get decodes once.
 */
public final class ByValue<T> implements StoredForm<T> {
    private final Encoding<T> encoding;
    private final Predicate<Class<?>> shared;

    /**
     * Makes the form.
     *
     * @param encoding for objects that can be neither shared nor cloned
     * @param shared tells the classes whose objects are kept as they are
     */
    public ByValue(Encoding<T> encoding, Predicate<Class<?>> shared) {
        this.encoding = encoding;
        this.shared = shared;
    }

    @Override
    public Expirable<T> take(T object) {
        var asItIs = unencoded(object);
        return asItIs == null ? new EncodedValue<>(encoding.encode(object), encoding, Expirable.UNSET) : asItIs;
    }

    @Override
    public Expirable<T> restore(T decoded, byte[] encoded) {
        var asItIs = unencoded(decoded);
        return asItIs == null ? new EncodedValue<>(encoded, encoding, Expirable.UNSET) : asItIs;
    }

    private @Nullable Expirable<T> unencoded(T object) {
        var type = object.getClass();
        if (type.isArray() && isFlat(type.getComponentType())) {
            return ClonedArray.of(object);
        }
        return shared.test(type) ? new SharedValue<>(object, Expirable.UNSET) : null;
    }

    @Override
    public T copy(T object) {
        return shared.test(object.getClass()) ? object : take(object).value();
    }

    /** An array whose elements cannot change is copied whole by a clone. */
    private boolean isFlat(Class<?> component) {
        return component.isPrimitive() || (component == String.class && shared.test(component));
    }
}
