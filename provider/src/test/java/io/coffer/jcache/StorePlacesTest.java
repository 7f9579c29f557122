package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.StoreConfiguration.OnLocked;
import io.coffer.codec.BytesCodec;
import io.coffer.codec.JavaCodec;
import io.coffer.codec.JsonCodec;
import io.coffer.codec.StringCodec;
import io.coffer.config.ManagerConfiguration;
import io.coffer.spi.Codec;
import io.coffer.spi.Durability;
import io.coffer.spi.HeapStorage;
import io.coffer.spi.Recovery;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreException;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.CofferJson;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the stores of caches are, what they are opened with, and how they are deleted. */
class StorePlacesTest {
    private static final ClassLoader LOADER = StorePlacesTest.class.getClassLoader();
    private static final URI MANAGER = URI.create("orders");

    private final HeapStorage logs = new HeapStorage();
    private final HeapStorage own = new HeapStorage();
    private final FakeClock clock = new FakeClock();
    private final CapturedLog log = new CapturedLog();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        log.close();
    }

    private StorePlaces places(String text) {
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.toString());
        var settings =
                ManagerConfiguration.read(CofferJson.write(folder, text), false, LOADER, properties, name -> null);
        var context = new LoaderContext(() -> LOADER);
        return new StorePlaces(MANAGER, context, settings, clock, new KeyHolders(context), () -> logs);
    }

    private static CofferConfiguration<Object, Object> log(StoreConfiguration store) {
        return new CofferConfiguration<>().setStore(store);
    }

    @Test
    void of_cacheInMemory_isNowhere() {
        assertThat(places("{ }").of("books", new CofferConfiguration<>())).isNull();
    }

    @Test
    void of_store_isToldAllThatWasSaid() {
        var store = StoreConfiguration.log()
                .setDurability(Durability.ALWAYS)
                .setSyncInterval(Duration.ofSeconds(3))
                .setRecovery(Recovery.SALVAGE)
                .setMaxRecordBytes(77)
                .setMaxDiskBytes(5L << 30)
                .setMinFreeDiskBytes(6L << 30)
                .setOnFull(OnFull.REJECT);

        var place = places("{ }").of("Books", log(store));

        assertThat(place.storage()).isSameAs(logs);
        assertThat(place.options().cacheName()).isEqualTo("Books");
        assertThat(place.options().folder()).isEqualTo(folder.toAbsolutePath().resolve("%42ooks"));
        assertThat(place.options().holder())
                .isEqualTo("cache \"Books\" of CacheManager orders for "
                        + LOADER.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(LOADER)));
        assertThat(place.options().durability()).isEqualTo(Durability.ALWAYS);
        assertThat(place.options().syncInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(place.options().recovery()).isEqualTo(Recovery.SALVAGE);
        assertThat(place.options().maxRecordBytes()).isEqualTo(77);
        assertThat(place.options().maxDiskBytes()).isEqualTo(5L << 30);
        assertThat(place.options().minFreeDiskBytes()).isEqualTo(6L << 30);
        assertThat(place.options().rejectsWhenFull()).isTrue();
        assertThat(place.options().wallClock()).isSameAs(clock);
        assertThat(folder.resolve("%42ooks")).doesNotExist();
    }

    @Test
    void of_storeWithoutBounds_isToldOfNone() {
        var options = places("{ }").of("books", log(StoreConfiguration.log())).options();

        assertThat(options.maxDiskBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(options.minFreeDiskBytes()).isZero();
        assertThat(options.rejectsWhenFull()).isFalse();
    }

    @Test
    void of_storageOfTheUser_isMadeByItsFactory() {
        assertThat(places("{ }")
                        .of("books", log(StoreConfiguration.of(() -> own)))
                        .storage())
                .isSameAs(own);
        assertThatThrownBy(() -> places("{ }").of("books", log(StoreConfiguration.of(new NothingFactory()))))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cache \"books\": the factory " + NothingFactory.class.getName()
                        + " has made null instead of a Storage");
    }

    /** Makes nothing. */
    private static final class NothingFactory implements javax.cache.configuration.Factory<Storage> {
        private static final long serialVersionUID = 1L;

        @Override
        public Storage create() {
            return null;
        }
    }

    /** Existing stores were made with this wording: whoever changes it locks all users out. */
    @Test
    void description_typesAndCodecs_hasAFixedWording() {
        var places = places("{ }");
        var codec = new StringCodec();

        assertThat(description(places, new CofferConfiguration<>()))
                .isEqualTo("key java.lang.Object by java, value java.lang.Object by java");
        assertThat(description(
                        places,
                        new CofferConfiguration<String, byte[]>()
                                .setTypes(String.class, byte[].class)
                                .setKeyCodec(codec)
                                .setCodec(new BytesCodec())))
                .isEqualTo("key java.lang.String by string, value byte[] by bytes");
        assertThat(description(
                        places,
                        new CofferConfiguration<Long, Duration>()
                                .setTypes(Long.class, Duration.class)
                                .setKeyCodec(new JavaCodec<>())
                                .setCodec(JsonCodec.of(Duration.class))))
                .isEqualTo("key java.lang.Long by java, value java.time.Duration by json");
        assertThat(description(places, new CofferConfiguration<Object, String>().setCodec(new Backwards())))
                .isEqualTo("key java.lang.Object by java, value java.lang.Object by " + Backwards.class.getName());
    }

    private static <K, V> String description(StorePlaces places, CofferConfiguration<K, V> configuration) {
        return places.of("books", configuration.setStore(StoreConfiguration.log()))
                .options()
                .description();
    }

    /** A codec of the user. */
    private static final class Backwards implements Codec<String> {
        @Override
        public byte[] encode(String value) {
            return new StringBuilder(value).reverse().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes, ClassLoader loader) {
            return new StringBuilder(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                    .reverse()
                    .toString();
        }
    }

    @Test
    void delete_cacheOfTheFile_deletesByItsStorage() {
        var places = places("{ \"defaults\": { \"store\": \"log\" } }");
        places.of("books", log(StoreConfiguration.log())).open().close();

        places.delete("books");

        assertThat(isThere(places, "books")).isFalse();
    }

    @Test
    void delete_cacheThatNobodyConfigures_deletesTheLogOfItsFolderOnly() throws IOException {
        var places = places("{ }");
        places.of("books", log(StoreConfiguration.log())).open().close();

        places.delete("books");
        assertThat(isThere(places, "books"))
                .as("without a folder there is no log")
                .isTrue();

        Files.createDirectory(folder.resolve("books"));
        places.delete("books");
        assertThat(isThere(places, "books")).isFalse();
    }

    @Test
    void delete_neverMade_doesNothing() {
        places("{ \"defaults\": { \"store\": \"log\" } }").delete("books");

        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void delete_somebodyElseHasIt_saysWho() {
        var places = places("{ \"defaults\": { \"store\": \"log\" } }");
        try (var store = places.of("books", log(StoreConfiguration.log())).open()) {
            assertThat(store.size()).isZero();

            assertThatThrownBy(() -> places.delete("books"))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("cache \"books\" of CacheManager orders");
        }
        assertThat(isThere(places, "books")).isTrue();
    }

    @Test
    void delete_somebodyElseHasItAndMemoryWillDo_leavesItWithAWarning() {
        var places = places("{ }");
        var store = StoreConfiguration.log().setOnLocked(OnLocked.MEMORY);
        try (var open = places.of("books", log(store)).open()) {
            places.delete("books", store);

            assertThat(open.size()).isZero();
            assertThat(log.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning)
                            .startsWith("Cache \"books\" is destroyed, but its files are left to who has them: ")
                            .contains("CacheManager orders"));
        }
        assertThat(isThere(places, "books")).isTrue();
    }

    @Test
    void delete_otherFailure_reachesTheCallerThoughMemoryWouldDo() {
        var failing = new FailingStorage();
        var store = StoreConfiguration.of(() -> failing).setOnLocked(OnLocked.MEMORY);

        assertThatThrownBy(() -> places("{ }").delete("books", store)).isSameAs(failing.failure);
    }

    /** Cannot delete. */
    private static final class FailingStorage implements Storage {
        private final StoreException failure = new StoreException(StoreException.Kind.FAILED, "no disk");

        @Override
        public io.coffer.spi.EntryStore open(io.coffer.spi.StoreOptions options) {
            throw failure;
        }

        @Override
        public boolean delete(io.coffer.spi.StoreOptions options) {
            throw failure;
        }
    }

    /** Asks by deleting it, which nothing after this needs. */
    private static boolean isThere(StorePlaces places, String cacheName) {
        return places.of(cacheName, log(StoreConfiguration.log())).delete();
    }
}
