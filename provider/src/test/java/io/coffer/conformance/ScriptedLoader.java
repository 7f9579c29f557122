package io.coffer.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/** A CacheLoader that loads, finds nothing or throws, by the script. */
final class ScriptedLoader implements CacheLoader<String, Object> {

    private final World world;

    ScriptedLoader(World world) {
        this.world = world;
    }

    @Override
    public Object load(String key) {
        world.journal().add(new Load("load", sorted(java.util.List.of(key))));
        return loaded(key);
    }

    @Override
    public Map<String, Object> loadAll(Iterable<? extends String> keys) {
        world.journal().add(new Load("loadAll", sorted(keys)));
        Map<String, Object> loaded = new HashMap<>();
        for (String key : keys) {
            Object value = loaded(key);
            if (value != null || !world.script().omitsUnloaded(world.journal().index(), key)) {
                loaded.put(key, value);
            }
        }
        return loaded;
    }

    private Object loaded(String key) {
        int index = world.journal().index();
        if (world.script().loadFails(index, key)) {
            throw world.script().failsInTheTermsOfTheSpecification(index)
                    ? new CacheLoaderException("scripted")
                    : new IllegalStateException("scripted");
        }
        return world.handedOver(world.scenario().storing().value(world.script().loaded(index, key)));
    }

    private static TreeSet<String> sorted(Iterable<? extends String> keys) {
        TreeSet<String> sorted = new TreeSet<>();
        keys.forEach(sorted::add);
        return sorted;
    }
}
