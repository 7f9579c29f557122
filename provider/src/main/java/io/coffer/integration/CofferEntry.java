package io.coffer.integration;

import io.coffer.common.Unwrap;
import javax.cache.Cache;

/** A key and its value, as iterators and CacheWriters see them. */
public final class CofferEntry<K, V> implements Cache.Entry<K, V> {
    private final K key;
    private final V value;

    /** Makes an entry of a key and a value that its user may keep. */
    public CofferEntry(K key, V value) {
        this.key = key;
        this.value = value;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrap.as(type, this, "An entry");
    }
}
