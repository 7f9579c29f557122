package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.spi.StoreException;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.CofferJson;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches in logs, from the file to the disk: what is refused names who and what. */
class CachesOnDiskTest {
    private static final String LOG = "{ \"defaults\": { \"store\": \"log\" } }";

    private final CofferCachingProvider provider = new CofferCachingProvider();
    private final CofferCachingProvider other = new CofferCachingProvider();
    private final CapturedLog log = new CapturedLog();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        provider.close();
        other.close();
        log.close();
    }

    private CacheManager manager(CofferCachingProvider from, String text) {
        var properties = new Properties();
        properties.setProperty("coffer.directory", stores().toString());
        return from.getCacheManager(
                CofferJson.write(folder, text), CachesOnDiskTest.class.getClassLoader(), properties);
    }

    private Path stores() {
        return folder.resolve("stores");
    }

    private static <K, V> MutableConfiguration<K, V> types(Class<K> keys, Class<V> values) {
        return new MutableConfiguration<K, V>().setTypes(keys, values);
    }

    @Test
    void cache_closedAndMadeAgain_hasItsEntries() {
        manager(provider, LOG)
                .createCache("books", types(String.class, Long.class))
                .put("a", 1L);
        provider.close();

        var again = manager(other, LOG).createCache("books", types(String.class, Long.class));

        assertThat(again.get("a")).isEqualTo(1L);
        assertThat(stores().resolve("books")).isDirectory();
    }

    @Test
    void caches_namesThatFileSystemsFold_haveFoldersOfTheirOwn() throws IOException {
        var manager = manager(provider, LOG);
        manager.createCache("books", types(String.class, String.class)).put("a", "lower");
        manager.createCache("Books", types(String.class, String.class)).put("a", "upper");

        try (Stream<Path> folders = Files.list(stores())) {
            assertThat(folders.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("books", "%42ooks");
        }
        assertThat(manager.getCache("books", String.class, String.class).get("a"))
                .isEqualTo("lower");
    }

    @Test
    void createCache_folderInUse_saysByWhomAndSinceWhen() {
        manager(provider, LOG)
                .createCache("books", types(String.class, Long.class))
                .put("a", 1L);
        var second = manager(other, LOG);

        assertThatThrownBy(() -> second.createCache("books", types(String.class, Long.class)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED))
                .hasMessageMatching(
                        "The store of cache \"books\" cannot be opened: \\S+/stores/books is in use in this JVM:"
                                + " pid " + ProcessHandle.current().pid()
                                + " on \\S+, cache \"books\" of CacheManager file:\\S+"
                                + " for \\S+, since 2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\."
                                + " A folder belongs to one cache of one process at a time\\. Stop that one, give one of both"
                                + " another \"directory\", or set \"onLocked\": \"memory\"\\.");
        assertThat(second.getCacheNames()).isEmpty();
        assertThatThrownBy(() -> second.destroyCache("books")).isInstanceOf(StoreException.class);
        assertThat(provider.getCacheManager(
                                folder.resolve("coffer.json").toFile().toURI(), CachesOnDiskTest.class.getClassLoader())
                        .getCache("books", String.class, Long.class)
                        .get("a"))
                .isEqualTo(1L);
    }

    @Test
    void createCache_folderInUseByTheDefaultLoader_callsItByItsName() {
        var uri = CofferJson.write(folder, LOG);
        var properties = new Properties();
        properties.setProperty("coffer.directory", stores().toString());
        provider.getCacheManager(uri, null, properties).createCache("books", types(String.class, Long.class));

        assertThatThrownBy(() -> manager(other, LOG).createCache("books", types(String.class, Long.class)))
                .hasMessageContaining(" of CacheManager " + uri + " for the context class loader, since 2");
    }

    @Test
    void createCache_folderInUseAndMemoryWillDo_livesInMemoryWithOneWarning() {
        manager(provider, LOG)
                .createCache("books", types(String.class, Long.class))
                .put("a", 1L);

        var inMemory = manager(other, "{ \"defaults\": { \"store\": \"log\", \"onLocked\": \"memory\" } }")
                .createCache("books", types(String.class, Long.class));
        inMemory.put("b", 2L);

        assertThat(inMemory.containsKey("a")).isFalse();
        assertThat(inMemory.get("b")).isEqualTo(2L);
        assertThat(log.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .contains("\"books\"")
                        .contains("pid " + ProcessHandle.current().pid()));
    }

    @Test
    void createCache_otherTypesOrCodec_isRefusedWithBothNamed() throws IOException {
        manager(provider, LOG)
                .createCache("books", types(String.class, Long.class))
                .put("a", 1L);
        provider.close();
        var manager = manager(other, LOG);

        assertThatThrownBy(() -> manager.createCache("books", types(String.class, String.class)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISMATCH))
                .hasMessage("The store of cache \"books\" in "
                        + stores().resolve("books").toRealPath() + " was made for key"
                        + " java.lang.String by java, value java.lang.Long by java; the configuration wants key"
                        + " java.lang.String by java, value java.lang.String by java. Put the old settings back, or delete"
                        + " that folder, which loses its entries. Nothing was changed.");
        assertThat(manager.createCache("books", types(String.class, Long.class)).get("a"))
                .isEqualTo(1L);
    }

    /** The message of the first put says what to set; that must be possible. */
    @Test
    void createCache_otherCodecAfterTheFirstPutHasFailed_isOpened() {
        var books = manager(provider, LOG).createCache("books", new MutableConfiguration<String, Object>());
        assertThatThrownBy(() -> books.put("a", new Book("Emma"))).hasMessageContaining("is not allowed");
        provider.close();

        var again = manager(other, "{ \"defaults\": { \"store\": \"log\", \"codec\": \"json\" } }")
                .createCache("books", types(String.class, Book.class));
        again.put("a", new Book("Emma"));

        assertThat(again.get("a")).isEqualTo(new Book("Emma"));
    }

    @Test
    void destroyCache_openOrNot_leavesNothingBehind() {
        var manager = manager(provider, LOG);
        manager.createCache("open", types(String.class, Long.class)).put("a", 1L);
        manager.createCache("closed", types(String.class, Long.class)).put("a", 1L);
        manager.getCache("closed", String.class, Long.class).close();

        manager.destroyCache("open");
        manager.destroyCache("closed");

        assertThat(manager.createCache("open", types(String.class, Long.class)).containsKey("a"))
                .isFalse();
        assertThat(manager.createCache("closed", types(String.class, Long.class))
                        .containsKey("a"))
                .isFalse();
    }

    @Test
    void destroyCache_madeByCodeInAnEarlierRun_isDeletedThoughTheFileDoesNotNameIt() {
        var configuration = new CofferConfiguration<String, Long>().setStore(StoreConfiguration.log());
        manager(provider, "{ }").createCache("books", configuration).put("a", 1L);
        provider.close();
        var manager = manager(other, "{ }");
        assertThat(manager.getCacheNames()).isEmpty();

        manager.destroyCache("books");

        assertThat(manager.createCache("books", configuration).containsKey("a")).isFalse();
    }

    /** Of no package of the JDK. */
    public record Book(String title) implements Serializable {}

    @Test
    void put_classThatIsNotAllowed_namesTheLineToAdd() {
        var books = manager(provider, LOG).createCache("books", new MutableConfiguration<String, Object>());

        assertThatThrownBy(() -> books.put("a", new Book("Emma")))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Book.class.getName())
                .hasMessageContaining("\"allow\": [\"io.coffer.jcache.**\"]");
        assertThat(books.containsKey("a")).isFalse();
    }

    @Test
    void put_classThatIsAllowedOrDeclared_isReadBack() {
        var allowing = "{ \"defaults\": { \"store\": \"log\", \"codec\": \"java\" },"
                + " \"caches\": { \"books\": { \"allow\": \"io.coffer.jcache.*\" } } }";
        manager(provider, allowing)
                .createCache("books", new MutableConfiguration<>())
                .put("a", new Book("Emma"));
        manager(provider, allowing)
                .createCache("typed", types(String.class, Book.class))
                .put("a", new Book("Emma"));
        provider.close();
        var manager = manager(other, allowing);

        assertThat(manager.getCache("books").get("a")).isEqualTo(new Book("Emma"));
        assertThat(manager.createCache("typed", types(String.class, Book.class)).get("a"))
                .isEqualTo(new Book("Emma"));
    }
}
