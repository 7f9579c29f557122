package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;

/**
 * Ehcache's disk tier below a heap tier. It hands what it writes to a thread of its own, and throws all away if it was not closed.
 */
final class EhcacheEngine {
    private static final long DISK_GIGABYTES = 32;

    private EhcacheEngine() {}

    static Engine open(Path folder, Durability durability, Records records) {
        var tiers = ResourcePoolsBuilder.newResourcePoolsBuilder()
                .heap(CacheEngine.entriesInMemory(records), EntryUnit.ENTRIES)
                .disk(DISK_GIGABYTES, MemoryUnit.GB, true);
        PersistentCacheManager manager = CacheManagerBuilder.newCacheManagerBuilder()
                .with(CacheManagerBuilder.persistence(folder.toFile()))
                .withCache(
                        CacheEngine.NAME,
                        CacheConfigurationBuilder.newCacheConfigurationBuilder(String.class, byte[].class, tiers))
                .build(true);
        Cache<String, byte[]> cache = manager.getCache(CacheEngine.NAME, String.class, byte[].class);
        return new CacheEngine(cache::get, cache::put, manager::close);
    }
}
