package io.coffer.benchmarks.store;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.codec.BytesCodec;
import io.coffer.jcache.CofferCachingProvider;
import io.coffer.spi.Durability;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** Coffer's log store through JCache. */
final class JCacheEngine {
    private JCacheEngine() {}

    static Engine open(Path folder, Durability durability, Records records) {
        var provider = new CofferCachingProvider();
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.toString());
        CacheManager manager =
                provider.getCacheManager(URI.create("benchmark"), JCacheEngine.class.getClassLoader(), properties);
        var configuration = new CofferConfiguration<String, byte[]>()
                .setStore(StoreConfiguration.log().setDurability(durability))
                .setCodec(new BytesCodec())
                .setMaxEntries(CacheEngine.entriesInMemory(records));
        configuration.setTypes(String.class, byte[].class);
        Cache<String, byte[]> cache = manager.createCache(CacheEngine.NAME, configuration);
        return new CacheEngine(cache::get, cache::put, provider::close);
    }
}
