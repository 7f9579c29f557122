package io.coffer.spi;

/**
 * Tells how much of {@code maxBytes} an entry takes.
 *
 * <p>Called once for each value that is stored, under the lock of its key; it must not use the cache, and is safe for use by
 * several threads at once.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
@FunctionalInterface
public interface Weigher<K, V> {

    /**
     * Weighs an entry.
     *
     * @param key the key, never null and not to be changed
     * @param value the value, never null and not to be changed
     * @return its weight in bytes; less than zero is taken as zero
     */
    long weigh(K key, V value);
}
