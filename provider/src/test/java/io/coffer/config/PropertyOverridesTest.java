package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnFull;
import io.coffer.testing.CofferJson;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties given to getCacheManager: they have the last word before the caller of createCache. */
class PropertyOverridesTest {
    private static final ClassLoader LOADER = PropertyOverridesTest.class.getClassLoader();

    @TempDir
    Path folder;

    private final Properties properties = new Properties();

    private ManagerConfiguration read(String text) {
        return ManagerConfiguration.read(
                CofferJson.write(folder, text), false, LOADER, properties, Map.of("SIZE", "7")::get);
    }

    private ManagerConfiguration readWithoutFile() {
        return ManagerConfiguration.read(URI.create("orders"), false, LOADER, properties, name -> null);
    }

    private static CofferConfiguration<Object, Object> filledIn(ManagerConfiguration configuration, String cacheName) {
        return configuration.fillIn(cacheName, new CofferConfiguration<>(), LOADER);
    }

    @Test
    void property_overridesTheFileAndLeavesTheRest() {
        properties.setProperty("coffer.caches.books.maxEntries", "10_000");

        var books = filledIn(
                read(
                        "{ \"caches\": { \"books\": { \"maxEntries\": 5, \"statistics\": true }, \"films\": { \"maxEntries\": 6 } } }"),
                "books");

        assertThat(books.getMaxEntries()).isEqualTo(10_000);
        assertThat(books.isStatisticsEnabled()).isTrue();
    }

    @Test
    void property_valueThatTheFileHasWrong_mendsIt() {
        properties.setProperty("coffer.caches.books.maxEntries", "5");

        assertThat(filledIn(read(CofferJson.ofBooks("\"maxEntries\": \"many\"")), "books")
                        .getMaxEntries())
                .isEqualTo(5);
    }

    @Test
    void property_boundsOfTheDisk_overrideTheFile() {
        properties.setProperty("coffer.caches.books.maxDiskBytes", "2GB");
        properties.setProperty("coffer.caches.books.onFull", "reject");
        properties.setProperty("coffer.defaults.minFreeDiskBytes", "1GB");

        assertThat(filledIn(read(CofferJson.ofBooks("\"store\": \"log\", \"maxDiskBytes\": \"1MB\"")), "books")
                        .getStore())
                .isEqualTo(StoreConfiguration.log()
                        .setMaxDiskBytes(2L << 30)
                        .setMinFreeDiskBytes(1L << 30)
                        .setOnFull(OnFull.REJECT));
    }

    @Test
    void property_ofDefaults_servesCachesThatSayNothing() {
        properties.setProperty("coffer.defaults.maxEntries", "9");

        var configuration =
                read("{ \"defaults\": { \"maxEntries\": 1 }, \"caches\": { \"books\": { \"maxEntries\": 5 } } }");

        assertThat(filledIn(configuration, "books").getMaxEntries()).isEqualTo(5);
        assertThat(filledIn(configuration, "unnamed").getMaxEntries()).isEqualTo(9);
    }

    @Test
    void property_withoutAFile_declaresCaches() {
        properties.setProperty("coffer.caches.books.maxEntries", "5");
        properties.setProperty("coffer.version", "1");

        var configuration = readWithoutFile();

        assertThat(configuration.cacheNames()).containsExactly("books");
        assertThat(filledIn(configuration, "books").getMaxEntries()).isEqualTo(5);
        assertThat(configuration.source()).isEqualTo("a property of the CacheManager");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "books",
                "com.acme.Book",
                "com.acme.Book.authors",
                "a..b",
                ".a",
                "a.",
                "expiry",
                "a.expiry",
                "caches",
                "com.acme.expiry.Book"
            })
    void property_cacheNameWithDots_isTheNameAsAWhole(String name) {
        properties.setProperty("coffer.caches." + name + ".maxEntries", "5");
        properties.setProperty("coffer.caches." + name + ".expiry.created", "10m");

        var configuration = readWithoutFile();

        assertThat(configuration.cacheNames()).containsExactly(name);
        assertThat(filledIn(configuration, name).getMaxEntries()).isEqualTo(5);
        assertThat(filledIn(configuration, name).getExpiryPolicyFactory())
                .isEqualTo(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 10)));
    }

    @Test
    void property_withinExpiry_isAddedToWhatTheFileSays() {
        properties.setProperty("coffer.caches.books.expiry.updated", "5m");

        assertThat(filledIn(read(CofferJson.ofBooks("\"expiry\": { \"created\": \"5m\" }")), "books")
                        .getExpiryPolicyFactory())
                .isEqualTo(ModifiedExpiryPolicy.factoryOf(Duration.FIVE_MINUTES));
    }

    @Test
    void property_onlyADefaultOfProperties_countsUnlessItIsSet() {
        var inherited = new Properties();
        inherited.setProperty("coffer.caches.books.maxEntries", "1");
        inherited.setProperty("coffer.caches.books.statistics", "true");
        var chained = new Properties(new Properties(inherited));
        chained.setProperty("coffer.caches.books.maxEntries", "2");

        var books = filledIn(
                ManagerConfiguration.read(URI.create("orders"), false, LOADER, chained, name -> null), "books");

        assertThat(books.getMaxEntries()).isEqualTo(2);
        assertThat(books.isStatisticsEnabled()).isTrue();
    }

    @Test
    void property_withAVariable_getsItsValue() {
        properties.setProperty("coffer.caches.books.maxEntries", "${SIZE}");

        assertThat(filledIn(read("{ }"), "books").getMaxEntries()).isEqualTo(7);
    }

    @Test
    void property_numberOrTruthInsteadOfText_countsToo() {
        properties.put("coffer.caches.books.maxEntries", 500);
        properties.put("coffer.caches.books.statistics", true);

        var books = filledIn(readWithoutFile(), "books");

        assertThat(books.getMaxEntries()).isEqualTo(500);
        assertThat(books.isStatisticsEnabled()).isTrue();
    }

    @Test
    void property_anotherObject_isRefusedWithoutItsContent() {
        properties.put("coffer.caches.books.maxEntries", Map.of("hunter2", "hunter2"));

        assertThatThrownBy(this::readWithoutFile)
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageStartingWith("The configuration of CacheManager orders has ")
                .hasMessageContaining(
                        "property coffer.caches.books.maxEntries (caches.books.maxEntries): is an object of ")
                .hasMessageContaining("; expected a text")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coffer. | 5 | property coffer.: there is no such setting. Allowed: $schema, caches, defaults, directory, version",
                "coffer.maxEntries | 5 | property coffer.maxEntries (maxEntries): there is no such setting. Allowed: $schema, caches, defaults, directory, version",
                "coffer.cache.books.maxEntries | 5 | property coffer.cache.books.maxEntries (cache): there is no such setting; did you mean \"caches\"? Allowed: $schema, caches, defaults, directory, version",
                "coffer.caches | books | property coffer.caches (caches): found a text; expected an object, such as { }",
                "coffer.caches.books | 5 | property coffer.caches.books (caches.books): found a text; expected an object of settings, such as { }",
                "coffer.defaults.ttl | 10m | property coffer.defaults.ttl (defaults.ttl): there is no such setting; here it is called \"expiry\": { \"created\": … } or { \"updated\": … }",
                "coffer.defaults.store | json | property coffer.defaults.store (defaults.store): store \"json\" is not built yet; this version has \"log\", \"encrypted\" and \"memory\"",
                "coffer.caches.a.b.maxEntries | -5 | property coffer.caches.a.b.maxEntries (caches.a.b.maxEntries): found \"-5\"; expected a whole number such as 10000, or 0 for no bound",
                "coffer.caches.a.b.strict | true | property coffer.caches.a.b.strict (caches.a.b.strict): this cache lives in memory only, where nothing comes of strict: set store beside it, as in \"store\": \"log\", or leave it out",
                "coffer.directory | ~ | property coffer.directory (directory): found \"~\"; expected the path of a folder, such as \"/var/lib/acme/coffer\", \"./coffer\" or \"${HOME}/coffer\""
            })
    void property_wrong_isRefusedWordForWord(String name, String value, String message) {
        properties.setProperty(name, value);

        assertThatThrownBy(this::readWithoutFile)
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage("The configuration of CacheManager orders has 1 error:\n  " + message);
    }

    @Test
    void property_underSomethingThatIsNoObject_isRefusedBesideIt() {
        properties.setProperty("coffer.caches.books.expiry.created", "10m");

        assertThatThrownBy(() -> read(CofferJson.ofBooks("\"expiry\": \"5m\"")))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining(
                        "\n  property coffer.caches.books.expiry.created (caches.books.expiry.created): cannot be set in a text (coffer.json:1:36)")
                .hasMessageContaining(
                        "\n  coffer.json:1:36 (caches.books.expiry): found \"5m\"; expected an object with created, updated,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caches.books.maxEntries",
                "Coffer.caches.books.maxEntries",
                "coffer",
                "cofferx.caches",
                "javax.cache.x",
                ""
            })
    void property_notOurs_isIgnored(String name) {
        properties.setProperty(name, "wrong");

        assertThat(readWithoutFile().cacheNames()).isEmpty();
    }
}
