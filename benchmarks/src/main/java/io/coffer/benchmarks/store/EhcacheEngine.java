package io.coffer.benchmarks.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
 * Ehcache's disk tier below a heap tier with a thousandth of the entries, as for Coffer by JCache; keys are Strings for the same reason. It
 * hands what it writes to a thread of its own, and throws all away if it was not closed.
 */
final class EhcacheEngine implements Engine {
    private static final String NAME = "entries";
    private static final int SHARE_IN_MEMORY = 1_000;
    private static final long DISK_GIGABYTES = 32;

    private final PersistentCacheManager manager;
    private final Cache<String, byte[]> cache;

    private EhcacheEngine(PersistentCacheManager manager) {
        this.manager = manager;
        this.cache = manager.getCache(NAME, String.class, byte[].class);
    }

    static Engine open(Path folder, Durability durability, Records records) {
        var tiers = ResourcePoolsBuilder.newResourcePoolsBuilder()
                .heap(Math.max(1, records.count() / SHARE_IN_MEMORY), EntryUnit.ENTRIES)
                .disk(DISK_GIGABYTES, MemoryUnit.GB, true);
        return new EhcacheEngine(CacheManagerBuilder.newCacheManagerBuilder()
                .with(CacheManagerBuilder.persistence(folder.toFile()))
                .withCache(
                        NAME, CacheConfigurationBuilder.newCacheConfigurationBuilder(String.class, byte[].class, tiers))
                .build(true));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        cache.put(new String(key, ISO_8859_1), value);
    }

    @Override
    public byte[] get(byte[] key) {
        return cache.get(new String(key, ISO_8859_1));
    }

    /** There is no such call. */
    @Override
    public void sync() {
        throw new UnsupportedOperationException("Ehcache leaves syncing to its own thread");
    }

    @Override
    public void close() {
        manager.close();
    }
}
