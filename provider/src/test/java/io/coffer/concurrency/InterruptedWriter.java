package io.coffer.concurrency;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** Writes nothing, and lets something else happen while it should. */
record InterruptedWriter(Runnable interruption) implements CacheWriter<String, Integer> {

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
        interruption.run();
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
        interruption.run();
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        interruption.run();
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        interruption.run();
        keys.clear();
    }
}
