package io.coffer.spi;

/**
 * Turns objects into bytes and back, for caches that store by value or keep entries on disk.
 *
 * <p>A codec keeps no state between calls and is safe for use by several threads at once: any value it has encoded can be
 * decoded by an equal codec in another JVM.
 *
 * <p>A store knows keys by their bytes alone. The codec of a persistent cache's keys must therefore give equal bytes for equal
 * keys, in every JVM, and different bytes for keys that are not equal; see {@link #forKeys}.
 *
 * @param <T> the type of the objects
 */
public interface Codec<T> {

    /**
     * Encodes a value.
     *
     * @param value the value, never null
     * @return its bytes; the caller owns the array
     * @throws javax.cache.CacheException if the value cannot be encoded, naming its class and the remedy, never its content
     */
    byte[] encode(T value);

    /**
     * Decodes what {@link #encode} has made, into an object that shares nothing mutable with any other.
     *
     * @param bytes the bytes, not to be changed
     * @param loader the class loader of the CacheManager, by which the classes of the value are found
     * @return the value, never null
     * @throws javax.cache.CacheException if the bytes are undecodable: damaged, or their class is missing or has changed. A
     *     persistent cache then removes the entry, or throws, as {@code onUndecodable} says. Anything else that is thrown is a
     *     failure of the codec and leaves the entry alone
     */
    T decode(byte[] bytes, ClassLoader loader);

    /**
     * Returns the codec in the form that a store needs for keys: equal keys give equal bytes. What it cannot promise that for,
     * it refuses to encode.
     *
     * @return this codec, if it makes no difference between keys and values, as is the default
     */
    default Codec<T> forKeys() {
        return this;
    }
}
