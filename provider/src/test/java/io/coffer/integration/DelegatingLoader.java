package io.coffer.integration;

import java.util.HashSet;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;

/**
 * Takes from one cache what another one is missing.
 *
 * @param source where it takes it from
 */
record DelegatingLoader(Cache<String, String> source) implements CacheLoader<String, String> {

    @Override
    public String load(String key) {
        return source.get(key);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        var wanted = new HashSet<String>();
        keys.forEach(wanted::add);
        return source.getAll(wanted);
    }
}
