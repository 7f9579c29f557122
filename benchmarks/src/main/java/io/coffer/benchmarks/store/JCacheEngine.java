package io.coffer.benchmarks.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import javax.cache.spi.CachingProvider;

/**
 * The same through JCache: keys are Strings of one character a byte, so they are somewhat longer on disk, values arrays of bytes. A thousandth of the entries
 * fits into memory, so that a get of any of them reads the disk.
 */
final class JCacheEngine implements Engine {
    private static final String NAME = "entries";
    private static final int SHARE_IN_MEMORY = 1_000;

    private final CachingProvider provider;
    private final Cache<String, byte[]> cache;

    private JCacheEngine(CachingProvider provider, Cache<String, byte[]> cache) {
        this.provider = provider;
        this.cache = cache;
    }

    static Engine open(Path folder, Durability durability, Records records) {
        var provider = new CofferCachingProvider();
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.toString());
        CacheManager manager =
                provider.getCacheManager(URI.create("benchmark"), JCacheEngine.class.getClassLoader(), properties);
        var configuration = new CofferConfiguration<String, byte[]>()
                .setStore(StoreConfiguration.log().setDurability(durability))
                .setCodec(new BytesCodec())
                .setMaxEntries(Math.max(1, records.count() / SHARE_IN_MEMORY));
        configuration.setTypes(String.class, byte[].class);
        return new JCacheEngine(provider, manager.createCache(NAME, configuration));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        cache.put(new String(key, ISO_8859_1), value);
    }

    @Override
    public byte[] get(byte[] key) {
        return cache.get(new String(key, ISO_8859_1));
    }

    /** JCache has no such call. */
    @Override
    public void sync() {
        throw new UnsupportedOperationException("JCache knows no sync");
    }

    @Override
    public void close() {
        provider.close();
    }
}
