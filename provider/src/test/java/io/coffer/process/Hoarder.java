package io.coffer.process;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.jcache.CofferCachingProvider;
import java.nio.ByteBuffer;
import java.util.Properties;

/** A process whose cache is far larger than its heap: fills it, goes through it, and says what it has seen. */
public final class Hoarder {
    static final int ENTRIES = 24_000;

    private static final int VALUE_BYTES = 10 << 10;
    private static final int BYTES_IN_MEMORY = 2 << 20;

    private Hoarder() {}

    /** Prints the size of the heap, how many bytes were put, how many entries were shown, and the sum of their numbers. */
    public static void main(String[] arguments) {
        var properties = new Properties();
        properties.setProperty("coffer.directory", arguments[0]);
        try (var provider = new CofferCachingProvider()) {
            var cache = provider.getCacheManager(provider.getDefaultURI(), null, properties)
                    .createCache(
                            "c",
                            new CofferConfiguration<Integer, byte[]>()
                                    .setTypes(Integer.class, byte[].class)
                                    .setMaxBytes(BYTES_IN_MEMORY)
                                    .setStore(StoreConfiguration.log()));
            for (int key = 0; key < ENTRIES; key++) {
                var value = new byte[VALUE_BYTES];
                ByteBuffer.wrap(value).putInt(key);
                cache.put(key, value);
            }
            long shown = 0;
            long sum = 0;
            for (var entry : cache) {
                if (ByteBuffer.wrap(entry.getValue()).getInt() == entry.getKey()) {
                    shown++;
                    sum += entry.getKey();
                }
            }
            System.out.println(Runtime.getRuntime().maxMemory());
            System.out.println((long) ENTRIES * VALUE_BYTES);
            System.out.println(shown);
            System.out.println(sum);
        }
    }
}
