package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Memory;
import io.coffer.StoreConfiguration;
import io.coffer.crypto.KeyFile;
import io.coffer.crypto.LocalKeys;
import io.coffer.spi.HeapStorage;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.CofferJson;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted caches as an application has them. */
class EncryptedCacheTest {
    private final CofferCachingProvider provider = new CofferCachingProvider();

    @TempDir
    Path folder;

    private LocalKeys keys;

    /** Not of the types that may be read from any file. */
    record Diagnosis(String name, List<String> signs) implements Serializable {}

    @BeforeEach
    void makeKey() {
        keys = KeyFile.create(folder.resolve("coffer.key"));
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager manager(String text) {
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.resolve("stores").toString());
        return provider.getCacheManager(
                CofferJson.write(folder, text), EncryptedCacheTest.class.getClassLoader(), properties);
    }

    private Cache<Object, Object> create(StoreConfiguration store) {
        return manager("{ }").createCache("patients", new CofferConfiguration<>().setStore(store));
    }

    private StoreConfiguration sealed() {
        return StoreConfiguration.log()
                .setEncryption(new EncryptionConfiguration().setKeys(keys).setMemory(Memory.SEALED));
    }

    @Test
    void createCache_encryptedWithoutKey_isRefusedWithTheWayOut() {
        assertThatThrownBy(() -> create(StoreConfiguration.log().setEncryption(new EncryptionConfiguration())))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cache \"patients\" is to be encrypted, but has no key: set key, such as")
                .hasMessageContaining("setKeys");
    }

    @Test
    void createCache_storeOfOnesOwnWithEncryption_isRefused() {
        var storage = new HeapStorage();

        assertThatThrownBy(() -> create(StoreConfiguration.of(() -> storage)
                        .setEncryption(new EncryptionConfiguration().setKeys(keys))))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a store of your own and encryption, which only the log store has");
    }

    @Test
    void put_classThatNobodyHasAllowed_isStored() {
        var cache = create(StoreConfiguration.encrypted(keys));
        var diagnosis = new Diagnosis("flu", new ArrayList<>(List.of("fever")));

        cache.put("ada", diagnosis);

        assertThat(cache.get("ada")).isEqualTo(diagnosis);
    }

    @Test
    void put_classThatIsNotAmongThoseNamed_isRefused() {
        var cache = create(StoreConfiguration.encrypted(keys).setAllow("com.acme.**"));

        assertThatThrownBy(() -> cache.put("ada", new Diagnosis("flu", new ArrayList<>(List.of("fever")))))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("not allowed");
    }

    @Test
    void sealed_allThatIsDoneToValues_isAsInOthers() {
        var seen = new ArrayList<String>();
        var cache = create(sealed());
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                () -> (CacheEntryUpdatedListener<Object, Object>)
                        events -> events.forEach(event -> seen.add(event.getOldValue() + " to " + event.getValue())),
                null,
                true,
                true));

        cache.put("ada", "flu");
        assertThat(cache.getAndPut("ada", "cough")).isEqualTo("flu");
        assertThat(cache.replace("ada", "cough", "well")).isTrue();
        assertThat(cache.putIfAbsent("ada", "ill")).isFalse();
        cache.<Object>invoke("ada", (entry, arguments) -> {
            entry.setValue(entry.getValue() + "!");
            return null;
        });

        assertThat(cache.get("ada")).isEqualTo("well!");
        assertThat(cache.iterator().next().getValue()).isEqualTo("well!");
        assertThat(seen).containsExactly("flu to cough", "cough to well", "well to well!");
        assertThat(cache.getAndRemove("ada")).isEqualTo("well!");
        assertThat(cache.get("ada")).isNull();
    }

    @Test
    void sealed_byTheFile_isSo() {
        var manager = manager(CofferJson.ofBooks("\"store\": \"encrypted\", \"key\": { \"file\": \""
                + folder.resolve("coffer.key") + "\" }, \"memory\": \"sealed\""));
        Cache<Object, Object> books = manager.getCache("books");

        books.put("a", 1L);

        assertThat(books.get("a")).isEqualTo(1L);
    }

    @Test
    void defaults_encrypted_serveCachesThatNobodyNames() {
        var manager = manager("{ \"defaults\": { \"store\": \"encrypted\", \"key\": { \"file\": \""
                + folder.resolve("coffer.key") + "\" }, \"memory\": \"sealed\" } }");

        var byValue = manager.createCache("a", new CofferConfiguration<>());
        var byReference = manager.createCache("b", new CofferConfiguration<>().setStoreByValue(false));

        assertThat(storeOf(byValue).getEncryption().getMemory()).isEqualTo(Memory.SEALED);
        assertThat(storeOf(byReference)).isNull();
    }

    @Test
    void createCache_inTheClearByCodeAndEncryptedByTheFile_isWarnedOf() {
        var manager = manager("{ \"defaults\": { \"store\": \"encrypted\", \"key\": { \"file\": \""
                + folder.resolve("coffer.key") + "\" } } }");

        try (var log = new CapturedLog()) {
            manager.createCache("clear", new CofferConfiguration<>().setStore(StoreConfiguration.log()));
            manager.createCache("encrypted", new CofferConfiguration<>());

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("Cache \"clear\" is written to disk in the clear, as its configuration in code says");
        }
    }

    @SuppressWarnings("unchecked") // a class knows nothing of type parameters
    private static StoreConfiguration storeOf(Cache<Object, Object> cache) {
        CofferConfiguration<Object, Object> configuration = cache.getConfiguration(CofferConfiguration.class);
        return configuration.getStore();
    }
}
