package io.coffer.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** A cache of one provider with all entries in it, checked before and after it is measured. */
final class OpenCache<V> implements AutoCloseable {
    private static final String NAME = "measured";

    private final CacheManager manager;
    private final Entries entries;
    private final Settings settings;
    private final Cache<String, V> cache;

    private OpenCache(CacheManager manager, Entries entries, Settings settings, Cache<String, V> cache) {
        this.manager = manager;
        this.entries = entries;
        this.settings = settings;
        this.cache = cache;
    }

    static <V> OpenCache<V> open(
            Contender contender, Entries entries, Class<V> valueType, Settings settings, IntFunction<V> valueAt) {
        CacheManager manager = Caching.getCachingProvider(contender.className()).getCacheManager();
        if (settings.expiry() != Expiry.ETERNAL) {
            Checks.callsExpiryPolicy(manager, contender);
        }
        var policies = new AtomicInteger();
        var configuration = Configurations.of(contender, valueType, settings, () -> {
            policies.incrementAndGet();
            return settings.expiry().factory().create();
        });
        var opened = new OpenCache<>(manager, entries, settings, manager.createCache(NAME, configuration));
        opened.fill(valueAt);
        Checks.holds(opened.cache, entries, settings.storeByValue(), valueAt);
        Checks.createdExpiryPolicy(policies.get());
        return opened;
    }

    Cache<String, V> cache() {
        return cache;
    }

    @Override
    public void close() {
        Checks.holdsAllKeys(cache, entries);
        Checks.counts(NAME, settings.statistics());
        manager.close();
    }

    private void fill(IntFunction<V> valueAt) {
        for (int i = 0; i < Entries.COUNT; i++) {
            cache.put(entries.key(i), valueAt.apply(i));
        }
    }
}
