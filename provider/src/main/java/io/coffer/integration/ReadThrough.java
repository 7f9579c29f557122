package io.coffer.integration;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * The only caller of the user's CacheLoader. Whatever it throws reaches the caller as a CacheLoaderException (JSR-107 section
 * 7.2). Safe for use by several threads, as the loader has to be.
 */
public final class ReadThrough<K, V> {
    private final String cacheName;
    private final @Nullable CacheLoader<K, V> loader;
    private final boolean isEnabled;

    /**
     * Makes the caller of a loader.
     *
     * @param cacheName for messages
     * @param loader the loader, or null if there is none
     * @param isEnabled whether a lookup that finds nothing loads; loadAll does so in any case
     */
    public ReadThrough(String cacheName, @Nullable CacheLoader<K, V> loader, boolean isEnabled) {
        this.cacheName = cacheName;
        this.loader = loader;
        this.isEnabled = isEnabled && loader != null;
    }

    /** Tells whether a lookup that finds nothing loads. */
    public boolean isEnabled() {
        return isEnabled;
    }

    /** Tells whether there is a loader to be called. */
    public boolean hasLoader() {
        return loader != null;
    }

    /** Loads one value; null if the loader has none, or if there is no loader. */
    public @Nullable V load(K key) {
        if (loader == null) {
            return null;
        }
        try {
            return loader.load(key);
        } catch (CacheLoaderException e) {
            throw e;
        } catch (Exception e) {
            throw failure(loader, "load", e);
        }
    }

    /** Loads some values: those of the asked keys that the loader has, without nulls. */
    public Map<K, V> loadAll(Set<K> keys) {
        if (loader == null || keys.isEmpty()) {
            return Map.of();
        }
        try {
            var answer = loader.loadAll(Collections.unmodifiableSet(keys));
            var loaded = new HashMap<K, V>();
            if (answer != null) {
                answer.forEach((key, value) -> {
                    if (value != null && keys.contains(key)) {
                        loaded.put(key, value);
                    }
                });
            }
            return loaded;
        } catch (CacheLoaderException e) {
            throw e;
        } catch (Exception e) {
            throw failure(loader, "loadAll", e);
        }
    }

    private CacheLoaderException failure(CacheLoader<?, ?> loader, String method, Exception cause) {
        return new CacheLoaderException(
                "Cache \"" + cacheName + "\": " + loader.getClass().getName() + "." + method + " failed", cause);
    }
}
