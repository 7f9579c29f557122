package io.coffer.config;

import static io.coffer.config.Reader.storeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.testing.CapturedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which caches the store of {@code defaults} leaves in memory, since their entries would be of no use on disk, and what the log says of it. */
class UnstoredCachesTest {
    private static final String LOG_BY_DEFAULT = "{ \"defaults\": { \"store\": \"log\" } }";

    private final CapturedLog log = new CapturedLog();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        log.close();
    }

    private ManagerConfiguration read(String text) {
        return new Reader(folder).read(text);
    }

    private List<String> messages() {
        return log.messages(Level.INFO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default-update-timestamps-region",
                "default-query-results-region",
                "acme.default-update-timestamps-region",
                "acme.default-query-results-region",
                "org.hibernate.cache.spi.TimestampsRegion",
                "org.hibernate.cache.spi.UpdateTimestampsCache",
                "org.hibernate.cache.spi.QueryResultsRegion",
                "org.hibernate.cache.internal.StandardQueryCache"
            })
    void defaults_storeAndRegionOfHibernatesQueryCache_isNotPersistedAndSaysSo(String region) {
        assertThat(storeOf(read(LOG_BY_DEFAULT), region)).isNull();

        assertThat(messages())
                .containsExactly(
                        "Cache \"" + region + "\" lives in memory only, although the defaults of coffer.json have a"
                                + " store: it is a region of Hibernate's query cache, which would serve outdated results after a"
                                + " restart. To keep it on disk all the same, set store in its own entry (setStore)");
    }

    @Test
    void caches_regionOfHibernatesQueryCacheWithoutAStoreOfItsOwn_isNotPersistedEither() {
        var settings = read("""
                { "defaults": { "store": "log" }, "caches": { "default-query-results-region": { "maxEntries": 5 } } }""");

        assertThat(storeOf(settings, "default-query-results-region")).isNull();
        assertThat(messages()).hasSize(1);
    }

    @Test
    void caches_storeOfARegionOfHibernatesQueryCache_isPersistedWithAWarning() {
        var settings = read("""
                { "caches": { "default-query-results-region": { "store": "log" } } }""");

        assertThat(storeOf(settings, "default-query-results-region")).isEqualTo(StoreConfiguration.log());
        assertThat(log.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith(
                                "Cache \"default-query-results-region\" is a region of Hibernate's query cache and kept on disk")
                        .contains("outdated"));
    }

    @Test
    void createCache_storeInCodeOfARegionOfHibernatesQueryCache_isPersistedWithAWarning() {
        var wanted = new CofferConfiguration<>().setStore(StoreConfiguration.log());

        assertThat(storeOf(read(LOG_BY_DEFAULT), "default-update-timestamps-region", wanted))
                .isEqualTo(StoreConfiguration.log());
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void defaults_storeAndMemoryRegionOfHibernate_nothingIsSaid() {
        var settings = read("""
                { "defaults": { "store": "log" }, "caches": { "default-query-results-region": { "store": "memory" } } }""");

        assertThat(storeOf(settings, "default-query-results-region")).isNull();
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.hibernate.cache.spi.TimestampsRegion",
                "acme.org.hibernate.cache.spi.UpdateTimestampsCache",
                "default-update-timestamps-region"
            })
    void defaults_boundsAndUpdateTimestamps_areNotMade(String region) {
        var settings = read("""
                { "defaults": { "maxEntries": 5, "expiry": { "created": "1m" }, "statistics": true,
                    "maxDiskBytes": "1MB", "minFreeDiskBytes": "1GB", "onFull": "reject" } }""");

        assertThat(settings.fillIn(
                        region, new CofferConfiguration<>(), getClass().getClassLoader()))
                .isEqualTo(new CofferConfiguration<>().setStatisticsEnabled(true));
        assertThat(storeOf(settings, region, new CofferConfiguration<>().setStore(StoreConfiguration.log())))
                .isEqualTo(StoreConfiguration.log());
    }

    @Test
    void defaults_storeAndACacheByReference_isNotPersistedAndSaysSo() {
        var byReference = new CofferConfiguration<>().setStoreByValue(false);

        assertThat(storeOf(read(LOG_BY_DEFAULT), "sessions", byReference)).isNull();

        assertThat(messages())
                .containsExactly(
                        "Cache \"sessions\" lives in memory only, although the defaults of coffer.json have a store:"
                                + " it is stored by reference, so that its objects need not be encodable. To keep it on disk all"
                                + " the same, set store in its own entry (setStore)");
    }

    @Test
    void caches_storeAndByReference_isPersisted() {
        var settings = read("""
                { "defaults": { "storeByValue": false }, "caches": { "books": { "store": "log" } } }""");

        assertThat(storeOf(settings, "books")).isEqualTo(StoreConfiguration.log());
        assertThat(messages()).isEmpty();
    }

    @Test
    void defaults_memoryAndAnExcludedCache_nothingIsSaid() {
        var settings = read("{ \"defaults\": { \"store\": \"memory\" } }");

        assertThat(storeOf(settings, "default-query-results-region")).isNull();
        assertThat(storeOf(settings, "sessions", new CofferConfiguration<>().setStoreByValue(false)))
                .isNull();
        assertThat(messages()).isEmpty();
    }
}
