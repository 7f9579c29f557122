package io.coffer.tier;

/**
 * How objects are taken into memory: as they are, or so that nobody outside can change them.
 *
 * <p>Implementations keep no state that calls could disturb; safe for use by several threads.
 *
 * @param <T> the type of the objects
 */
public interface StoredForm<T> {

    /**
     * Takes a caller's object in; as an expirable it has no deadline yet ({@link Expirable#UNSET}).
     *
     * @throws javax.cache.CacheException if the object cannot be stored by value
     */
    Expirable<T> take(T object);

    /**
     * Takes in an object that was just decoded and that nobody else has; as {@link #take}, but without encoding it again.
     *
     * @param encoded the bytes it was decoded from, not to be changed any more
     */
    Expirable<T> restore(T decoded, byte[] encoded);

    /** As {@link #take}, of an object that a store gets as well: what is returned has its encoded bytes. */
    default Expirable<T> takeForStore(T object, Encoding<T> encoding) {
        var taken = take(object);
        return taken.encoded() == null ? new OutgoingValue<>(taken, encoding.encode(object)) : taken;
    }

    /** Returns an object equal to the given one that its receiver may keep: the object itself where that is safe. */
    default T copy(T object) {
        return take(object).value();
    }
}
