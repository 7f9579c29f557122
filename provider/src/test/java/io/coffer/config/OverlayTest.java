package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.codec.JsonCodec;
import io.coffer.jcache.CofferCachingProvider;
import io.coffer.testing.CofferJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file supplies what the caller of createCache has left at its default; what he says himself stands. */
class OverlayTest {
    private final CofferCachingProvider provider = new CofferCachingProvider();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager manager(String text) {
        var properties = new Properties();
        properties.setProperty("coffer.directory", folder.resolve("stores").toString());
        return provider.getCacheManager(CofferJson.write(folder, text), OverlayTest.class.getClassLoader(), properties);
    }

    @SuppressWarnings("unchecked") // any types will do
    private static CofferConfiguration<Object, Object> configurationOf(CacheManager manager, String cacheName) {
        return manager.getCache(cacheName).getConfiguration(CofferConfiguration.class);
    }

    static List<OverlaidSetting> settings() {
        return OverlaidSetting.all();
    }

    @Test
    void rows_everySettingThatAConfigurationShows_hasOne() {
        var settings = new TreeSet<>(Settings.names());

        assertThat(OverlaidSetting.all().stream().map(OverlaidSetting::name))
                .containsExactlyInAnyOrderElementsOf(settings);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void createCache_callerSaysNothing_hasWhatTheFileSays(OverlaidSetting setting) {
        var manager = manager(CofferJson.ofBooks(setting.inFile()));

        manager.createCache("books", new MutableConfiguration<>());

        assertThat(setting.in(configurationOf(manager, "books"))).isEqualTo(setting.ofFile());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void createCache_callerSaysNothingInOurConfiguration_hasWhatTheFileSays(OverlaidSetting setting) {
        var manager = manager(CofferJson.ofBooks(setting.inFile()));

        manager.createCache("books", new CofferConfiguration<>());

        assertThat(setting.in(configurationOf(manager, "books"))).isEqualTo(setting.ofFile());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void createCache_callerSaysSomething_itStandsAndHisOwnObjectIsNotChanged(OverlaidSetting setting) {
        var manager = manager(CofferJson.ofBooks(setting.inFile()));
        var wanted = new CofferConfiguration<Object, Object>();
        setting.caller().accept(wanted);
        var before = new CofferConfiguration<>(wanted);

        manager.createCache("books", wanted);

        assertThat(setting.in(configurationOf(manager, "books"))).isEqualTo(setting.ofCaller());
        assertThat(wanted).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void createCache_cacheThatTheFileDoesNotName_hasTheDefaults(OverlaidSetting setting) {
        var manager = manager("{ \"defaults\": { " + setting.inFile() + " } }");

        manager.createCache("unnamed", new MutableConfiguration<>());

        assertThat(setting.in(configurationOf(manager, "unnamed"))).isEqualTo(setting.ofFile());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void getCache_declared_hasWhatTheFileSays(OverlaidSetting setting) {
        assertThat(setting.in(configurationOf(manager(CofferJson.ofBooks(setting.inFile())), "books")))
                .isEqualTo(setting.ofFile());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void createCache_noFile_staysAtTheStandardsDefault(OverlaidSetting setting) {
        var manager = provider.getCacheManager(java.net.URI.create("no-file"), OverlayTest.class.getClassLoader());

        manager.createCache("books", new MutableConfiguration<>());

        assertThat(configurationOf(manager, "books")).isEqualTo(new CofferConfiguration<>());
    }

    @Test
    void defaults_cacheSaysOtherwise_theCacheWins() {
        var manager = manager("""
                { "defaults": { "maxEntries": 5, "statistics": true, "listeners": [ %s ] },
                  "caches": { "books": { "maxEntries": 6, "statistics": false, "listeners": [ ] } } }""".formatted(OverlaidSetting.FACTORY));

        var books = configurationOf(manager, "books");

        assertThat(books.getMaxEntries()).isEqualTo(6);
        assertThat(books.isStatisticsEnabled()).isFalse();
        assertThat(OverlaidSetting.listenersOf(books)).isEqualTo(0);
    }

    @Test
    void defaults_expiryOfACache_isReplacedAsAWhole() {
        var manager = manager("""
                { "defaults": { "expiry": { "created": "10m", "accessed": "1m" } },
                  "caches": { "books": { "expiry": { "created": "1h" } }, "films": { "expiry": { "created": "eternal" } } } }""");

        assertThat(configurationOf(manager, "books").getExpiryPolicyFactory())
                .isEqualTo(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
        assertThat(configurationOf(manager, "films")
                        .getExpiryPolicyFactory()
                        .create()
                        .getExpiryForCreation())
                .isEqualTo(Duration.ETERNAL);
    }

    @Test
    void defaults_nullOfACache_isNoWayToTakeThemBack() {
        assertThat(
                        new Reader(folder)
                                .errorsOf(
                                        "{ \"defaults\": { \"maxEntries\": 5 }, \"caches\": { \"books\": { \"maxEntries\": null } } }"))
                .isEqualTo(
                        "coffer.json:1:73 (caches.books.maxEntries): found null; expected a whole number such as 10000, or 0 for no bound");
    }

    @Test
    void types_ofTheFile_areWhatTypedGetCacheAsksFor() {
        var manager =
                manager(CofferJson.ofBooks("\"keyType\": \"java.lang.String\", \"valueType\": \"java.lang.Long\""));

        assertThat(manager.getCache("books", String.class, Long.class).getName())
                .isEqualTo("books");
        assertThatThrownBy(() -> manager.getCache("books", String.class, Integer.class))
                .isExactlyInstanceOf(ClassCastException.class);
        assertThat(configurationOf(manager, "books").getKeyType()).isEqualTo(String.class);
        assertThat(configurationOf(manager, "books").getValueType()).isEqualTo(Long.class);
    }

    @Test
    void types_oneOfTheCallerOneOfTheFile_areBothKept() {
        var manager =
                manager(CofferJson.ofBooks("\"keyType\": \"java.lang.String\", \"valueType\": \"java.lang.Long\""));

        manager.createCache(
                "books", new MutableConfiguration<>().setTypes(Object.class, OverlaidSetting.cast(Integer.class)));

        assertThat(configurationOf(manager, "books").getKeyType()).isEqualTo(String.class);
        assertThat(configurationOf(manager, "books").getValueType()).isEqualTo(Integer.class);
    }

    @Test
    void codec_jsonWithTypesOfTheCaller_readsThem() {
        var manager = manager("{ \"defaults\": { \"codec\": \"json\" } }");

        manager.createCache(
                "prices",
                new MutableConfiguration<Object, Object>().setTypes(Object.class, OverlaidSetting.cast(Price.class)));
        manager.getCache("prices").put("apple", new Price(7));

        assertThat(configurationOf(manager, "prices").getCodec()).isInstanceOf(JsonCodec.class);
        assertThat(manager.getCache("prices").get("apple")).isEqualTo(new Price(7));
    }

    /** Not Serializable: only JSON will do. */
    public record Price(int cents) {}

    @Test
    void codec_jsonWithoutTypes_isRefusedWordForWord() {
        var manager = manager("{ \"defaults\": { \"codec\": \"json\" } }");

        assertThatThrownBy(() -> manager.createCache("books", new MutableConfiguration<>()))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageStartingWith("Configuration file:")
                .hasMessageEndingWith(
                        "coffer.json has 1 error:\n  coffer.json:1:26 (defaults.codec): the codec \"json\" must know"
                                + " the class of what it reads back; set valueType, or call setTypes");
        assertThat(manager.getCacheNames()).isEmpty();
    }

    @Test
    void expiry_explicitTimesAndPolicies_becomeTheStandardsPolicies() {
        var reader = new Reader(folder);

        assertThat(expiryOf(reader, "\"accessed\": \"1d\"")).isEqualTo(TouchedExpiryPolicy.factoryOf(Duration.ONE_DAY));
        assertThat(expiryOf(reader, "")).isEqualTo(EternalExpiryPolicy.factoryOf());
        assertThat(expiryOf(reader, "\"created\": \"PT1H\""))
                .isEqualTo(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
        assertThat(expiryOf(reader, "\"created\": \"90s\""))
                .isEqualTo(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 90)));
        assertThat(expiryOf(reader, "\"created\": \"1h30m\""))
                .isEqualTo(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 90)));
        assertThat(expiryOf(reader, "\"created\": \"1500ms\""))
                .isEqualTo(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1500)));
    }

    private static Object expiryOf(Reader reader, String expiry) {
        return reader.fillIn("books", CofferJson.ofBooks("\"expiry\": { " + expiry + " }"))
                .getExpiryPolicyFactory();
    }
}
