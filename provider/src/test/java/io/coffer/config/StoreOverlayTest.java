package io.coffer.config;

import static io.coffer.config.Reader.storeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.spi.Durability;
import io.coffer.spi.Storage;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.CofferJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import javax.cache.configuration.FactoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which caches the store of {@code defaults} keeps on disk, and which of its settings they have. */
class StoreOverlayTest {
    private static final ClassLoader LOADER = StoreOverlayTest.class.getClassLoader();

    private final CapturedLog log = new CapturedLog();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        log.close();
    }

    private ManagerConfiguration read(String text) {
        return new Reader(folder).with("DATA", "data").read(text);
    }

    private List<String> messages() {
        return log.messages(Level.INFO);
    }

    @Test
    void defaults_store_keepsEveryCacheOnDiskUnlessItSaysOtherwise() {
        var settings = read("""
                { "defaults": { "store": "log" },
                  "caches": { "books": {}, "scratch": { "store": "memory" }, "own": { "store": "io.coffer.config.AllRoles$Fit" } } }""");

        assertThat(storeOf(settings, "books")).isEqualTo(StoreConfiguration.log());
        assertThat(storeOf(settings, "unnamed")).isEqualTo(StoreConfiguration.log());
        assertThat(storeOf(settings, "scratch")).isNull();
        assertThat(storeOf(settings, "own"))
                .isEqualTo(StoreConfiguration.of(FactoryBuilder.<Storage>factoryOf("io.coffer.config.AllRoles$Fit")));
        assertThat(messages()).isEmpty();
    }

    @Test
    void defaults_settingsOfStores_serveOnlyCachesWithAStore() {
        var settings = read("""
                { "defaults": { "durability": "always", "strict": true, "allow": "com.acme.**" },
                  "caches": { "books": { "store": "log", "strict": false }, "films": {} } }""");

        assertThat(storeOf(settings, "books"))
                .isEqualTo(StoreConfiguration.log()
                        .setDurability(Durability.ALWAYS)
                        .setAllow("com.acme.**"));
        assertThat(storeOf(settings, "films")).isNull();
        assertThat(storeOf(settings, "code", new CofferConfiguration<>().setStore(StoreConfiguration.log())))
                .isEqualTo(StoreConfiguration.log()
                        .setDurability(Durability.ALWAYS)
                        .setStrict(true)
                        .setAllow("com.acme.**"));
    }

    @Test
    void defaults_wrongSettingOfStores_isToldThoughNoCacheHasAStore() {
        assertThat(new Reader(folder)
                        .errorsOf("{ \"defaults\": { \"durability\": \"x\" }, \"caches\": { \"a\": {} } }"))
                .isEqualTo(
                        "coffer.json:1:31 (defaults.durability): found \"x\"; expected \"none\" or \"interval\" or \"always\"");
    }

    @Test
    void defaults_syncInterval_isNotForACacheOfAnotherDurability() {
        var settings = read("""
                { "defaults": { "store": "log", "syncInterval": "5s" },
                  "caches": { "books": {}, "films": { "durability": "always" } } }""");

        assertThat(storeOf(settings, "books").getSyncInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(storeOf(settings, "films"))
                .isEqualTo(StoreConfiguration.log().setDurability(Durability.ALWAYS));
    }

    @Test
    void defaults_boundsOfTheDisk_serveCachesWithAStoreAndCanBeTakenBack() {
        var settings = read("""
                { "defaults": { "maxDiskBytes": "2GB", "minFreeDiskBytes": "1GB", "onFull": "reject" },
                  "caches": { "books": { "store": "log" }, "films": {}, "songs": { "store": "log", "maxDiskBytes": 0 },
                    "own": { "store": "log", "maxDiskBytes": "1MB", "onFull": "evict" } } }""");
        var bounded = StoreConfiguration.log().setMinFreeDiskBytes(1 << 30);

        assertThat(storeOf(settings, "books"))
                .isEqualTo(new StoreConfiguration(bounded)
                        .setMaxDiskBytes(2L << 30)
                        .setOnFull(OnFull.REJECT));
        assertThat(storeOf(settings, "films")).isNull();
        assertThat(storeOf(settings, "songs")).isEqualTo(new StoreConfiguration(bounded).setOnFull(OnFull.REJECT));
        assertThat(storeOf(settings, "own")).isEqualTo(new StoreConfiguration(bounded).setMaxDiskBytes(1 << 20));
    }

    @Test
    void defaults_onFull_isNotForACacheWithoutABound() {
        var settings = read("""
                { "defaults": { "store": "log", "onFull": "reject" },
                  "caches": { "books": {}, "films": { "maxDiskBytes": "1GB" }, "songs": { "minFreeDiskBytes": 1 } } }""");

        assertThat(storeOf(settings, "books")).isEqualTo(StoreConfiguration.log());
        assertThat(storeOf(settings, "films").getOnFull()).isEqualTo(OnFull.REJECT);
        assertThat(storeOf(settings, "songs").getOnFull()).isEqualTo(OnFull.REJECT);
        var bounded =
                new CofferConfiguration<>().setStore(StoreConfiguration.log().setMaxDiskBytes(1 << 20));
        assertThat(storeOf(settings, "code", bounded).getOnFull()).isEqualTo(OnFull.REJECT);
    }

    @Test
    void defaults_recordsTooLargeForTheBoundOfACache_areRefused() {
        assertThat(new Reader(folder).errorsOf("""
                        { "defaults": { "store": "log", "maxRecordBytes": "1MB" },
                          "caches": { "books": { "maxDiskBytes": "8MB" }, "films": { "maxDiskBytes": "8191KB" } } }"""))
                .isEqualTo(
                        "coffer.json:2:62 (caches.films): has a maxDiskBytes of less than 8 times its maxRecordBytes, so"
                                + " that few entries of that size would fill the disk: raise maxDiskBytes (setMaxDiskBytes), or"
                                + " lower maxRecordBytes (setMaxRecordBytes)");
    }

    @Test
    void createCache_boundsInCodeThatContradictEachOther_areRefusedWordForWord() {
        var few = new CofferConfiguration<>()
                .setStore(StoreConfiguration.log().setMaxRecordBytes(131_073).setMaxDiskBytes(1 << 20));
        var unbounded =
                new CofferConfiguration<>().setStore(StoreConfiguration.log().setOnFull(OnFull.REJECT));

        assertThatThrownBy(() -> ConfigurationCheck.check("books", few))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cache \"books\" has a maxDiskBytes of less than 8 times its maxRecordBytes, so that few entries"
                                + " of that size would fill the disk: raise maxDiskBytes (setMaxDiskBytes), or lower maxRecordBytes"
                                + " (setMaxRecordBytes)");
        assertThatThrownBy(() -> ConfigurationCheck.check("books", unbounded))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cache \"books\" has onFull, but neither maxDiskBytes nor minFreeDiskBytes, so that nothing comes"
                                + " of it: set one of them (setMaxDiskBytes, setMinFreeDiskBytes), or leave onFull out (setOnFull)");
    }

    @Test
    void caches_settingOfStores_isFineWithTheStoreOfDefaults() {
        var settings = read("""
                { "defaults": { "store": "log" }, "caches": { "books": { "durability": "none" } } }""");

        assertThat(storeOf(settings, "books").getDurability()).isEqualTo(Durability.NONE);
    }

    @Test
    void caches_storeThatIsWrong_hidesWhatMayFollowFromIt() {
        var reader = new Reader(folder);

        assertThat(reader.errorsOf(CofferJson.ofBooks("\"store\": \"no.Such\", \"strict\": true")))
                .contains("there is no class \"no.Such\"")
                .doesNotContain("lives in memory only");
        assertThat(
                        reader.errorsOf(
                                "{ \"defaults\": { \"store\": \"no.Such\" }, \"caches\": { \"books\": { \"strict\": true } } }"))
                .contains("there is no class \"no.Such\"")
                .doesNotContain("lives in memory only");
    }

    @Test
    void codec_javaByName_isTheDefaultAndLeftToTheAssembly() {
        var books =
                new Reader(folder).fillIn("books", CofferJson.ofBooks("\"codec\": \"java\", \"keyCodec\": \"java\""));

        assertThat(books).isEqualTo(new CofferConfiguration<>());
    }

    @Test
    void directory_nothingSaid_isCofferInTheWorkingDirectory() {
        assertThat(read("{ }").directory())
                .isEqualTo(Path.of("").toAbsolutePath().resolve("coffer"));
    }

    @Test
    void directory_relativeOrAbsolute_isAbsoluteThenAndTheFolderLiesInIt() {
        var here = Path.of("").toAbsolutePath();

        assertThat(read("{ \"directory\": \"./${DATA}/../stores\" }").directory())
                .isEqualTo(here.resolve("stores"));
        assertThat(read("{ \"directory\": \"${DATA}\" }").folderOf("Books"))
                .isEqualTo(here.resolve("data").resolve("%42ooks"));
        assertThat(read("{ \"directory\": \"" + json(folder) + "\" }").folderOf("books"))
                .isEqualTo(folder.toAbsolutePath().resolve("books"));
    }

    private static String json(Path path) {
        return path.toAbsolutePath().toString().replace("\\", "\\\\");
    }

    @Test
    void storeOf_cacheThatIsNotOpen_isWhatTheFileSaysEvenIfDefaultsWouldNotPersistIt() {
        var settings = read("""
                { "defaults": { "store": "log" }, "caches": { "scratch": { "store": "memory" } } }""");

        assertThat(settings.storeOf("unnamed", LOADER)).isEqualTo(StoreConfiguration.log());
        assertThat(settings.storeOf("default-query-results-region", LOADER)).isEqualTo(StoreConfiguration.log());
        assertThat(settings.storeOf("scratch", LOADER)).isNull();
        assertThat(read("{ }").storeOf("unnamed", LOADER)).isNull();
    }
}
