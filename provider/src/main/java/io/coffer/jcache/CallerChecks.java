package io.coffer.jcache;

import static java.util.Objects.requireNonNull;

import io.coffer.CofferConfiguration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what callers give to a cache: first that it is open, then for null, then for the types it was created for. */
final class CallerChecks<K, V> {
    /** What frameworks put into caches without anybody asking for it. */
    private static final Map<String, String> HINTS = Map.of(
            "org.springframework.cache.support.NullValue",
            "Spring puts it for a null result: write unless = \"#result == null\", or name no types",
            "org.springframework.cache.interceptor.SimpleKey",
            "Spring makes it of several parameters, or of none: name one as the key, or name no types");

    private final String cacheName;
    private final Class<K> keyType;
    private final Class<V> valueType;
    private volatile @Nullable String howClosed; // null while open; set once, to the end of the message

    CallerChecks(String cacheName, CofferConfiguration<K, V> configuration) {
        this.cacheName = cacheName;
        this.keyType = configuration.getKeyType();
        this.valueType = configuration.getValueType();
    }

    boolean isClosed() {
        return howClosed != null;
    }

    /** Refuses everything from now on; a second call changes nothing. */
    void close(String how) {
        if (howClosed == null) {
            howClosed = how;
        }
    }

    void open() {
        if (howClosed != null) {
            throw new IllegalStateException("Cache \"" + cacheName + "\" is closed" + howClosed);
        }
    }

    K key(K key) {
        open();
        notNull(key, "key");
        type("key", keyType, key);
        return key;
    }

    Set<K> keys(Set<? extends K> keys) {
        open();
        var checked = new LinkedHashSet<K>();
        requireNonNull(keys, "keys == null").forEach(key -> checked.add(key(key)));
        return checked;
    }

    V value(V value, String argument) {
        notNull(value, argument);
        type(argument, valueType, value);
        return value;
    }

    private void notNull(@Nullable Object object, String argument) {
        if (object == null) {
            throw new NullPointerException(argument + " == null; cache \"" + cacheName + "\" takes no nulls");
        }
    }

    private void type(String argument, Class<?> type, Object object) {
        if (type != Object.class && !type.isInstance(object)) {
            throw new ClassCastException("Cache \"" + cacheName + "\": the " + argument + " is a "
                    + object.getClass().getName() + ", but the cache was created for " + type.getName()
                    + ". "
                    + HINTS.getOrDefault(
                            object.getClass().getName(), "Create it for other types, or for any by naming none")
                    + " (keyType and valueType, setTypes)");
        }
    }

    /** Checks the types that a caller of {@code CacheManager.getCache} expects: the very ones the cache was created for. */
    void types(Class<?> expectedKeys, Class<?> expectedValues) {
        if (expectedKeys != keyType || expectedValues != valueType) {
            throw new ClassCastException("Cache \"" + cacheName + "\" was created for keys of " + keyType.getName()
                    + " and values of " + valueType.getName() + ", not " + expectedKeys.getName() + " and "
                    + expectedValues.getName() + ". Ask for those, or by getCache(name)");
        }
    }
}
