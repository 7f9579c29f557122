package io.coffer.concurrency;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;

/** Loads each key as its own value, after a while. */
record WaitingLoader(Runnable whileLoading) implements CacheLoader<Integer, Integer> {

    @Override
    public Integer load(Integer key) {
        whileLoading.run();
        return key;
    }

    @Override
    public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
        var loaded = new HashMap<Integer, Integer>();
        keys.forEach(key -> loaded.put(key, load(key)));
        return loaded;
    }
}
