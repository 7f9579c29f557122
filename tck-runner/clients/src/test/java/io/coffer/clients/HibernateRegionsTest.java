package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Hibernate's regions come from, what they are like, and what becomes of them when a SessionFactory is closed. */
final class HibernateRegionsTest {
    private static final List<String> REGIONS = List.of(
            Book.REGION,
            Book.REGION + ".reviews",
            Book.REGION + "##NaturalId",
            Author.REGION,
            Author.REGION + ".books",
            Country.REGION,
            BookDatabase.QUERIES,
            BookDatabase.TIMESTAMPS);

    @Order(1) // closes last
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @RegisterExtension
    final BookDatabase database = new BookDatabase();

    @Test
    void open_strategyCreate_makesEachRegionWithoutAWord() {
        var log = Logged.by(
                "org.hibernate", () -> database.open(with("hibernate.javax.cache.missing_cache_strategy", "create")));

        assertThat(caches.manager().getCacheNames()).containsExactlyInAnyOrderElementsOf(REGIONS);
        assertThat(log).noneMatch(message -> message.contains("missing_cache_strategy"));
    }

    @Test
    void open_noStrategy_makesEachRegionAndWarns() {
        var log = Logged.by(
                "org.hibernate", () -> database.open(without("hibernate.javax.cache.missing_cache_strategy")));

        assertThat(caches.manager().getCacheNames()).containsExactlyInAnyOrderElementsOf(REGIONS);
        assertThat(log)
                .filteredOn(message -> message.contains("missing_cache_strategy"))
                .hasSameSizeAs(REGIONS);
    }

    @Test
    void open_strategyFailAndNoCaches_failsAndNamesARegion() {
        assertThatThrownBy(() -> database.open(with("hibernate.javax.cache.missing_cache_strategy", "fail")))
                .hasStackTraceContaining("On-the-fly creation of JCache Cache objects is not supported [");
    }

    @Test
    void open_strategyFailAndAllCachesMadeBefore_usesThem() {
        REGIONS.forEach(caches::create);

        var factory = database.open(with("hibernate.javax.cache.missing_cache_strategy", "fail"));
        BookDatabase.storeBook(factory);
        find(factory);

        assertThat(caches.manager().getCache(Book.REGION)).hasSize(1);
    }

    @Test
    void open_noProviderNamed_findsTheOnlyOne() {
        var factory = database.open(without("hibernate.javax.cache.provider"));
        BookDatabase.storeBook(factory);
        find(factory);

        assertThat(caches.manager().getCache(Book.REGION)).hasSize(1);
    }

    /** A region that forgets makes the query cache give stale results: it must have no bound and no expiry. */
    @Test
    void timestampsRegion_asHibernateMakesIt_isUnboundedAndEternal() {
        database.open();

        var configuration = configurationOf(BookDatabase.TIMESTAMPS);

        assertThat(configuration.getMaxEntries()).isZero();
        assertThat(configuration.getMaxBytes()).isZero();
        assertThat(configuration.getExpiryPolicyFactory().create()).isInstanceOf(EternalExpiryPolicy.class);
    }

    @Test
    void timestampsRegion_manyTables_forgetsNone() {
        database.open();
        Cache<Object, Object> timestamps = caches.manager().getCache(BookDatabase.TIMESTAMPS);
        int tables = 50_000;

        for (long i = 0; i < tables; i++) {
            timestamps.put("table " + i, i);
        }

        for (long i = 0; i < tables; i++) {
            assertThat(timestamps.get("table " + i)).isEqualTo(i);
        }
    }

    /** The application decides how much a region may hold; Hibernate lives with what is evicted. */
    @Test
    void entityRegion_boundedByTheApplication_keepsToItAndAnswersRight() {
        caches.manager().createCache(Book.REGION, new CofferConfiguration<Object, Object>().setMaxEntries(10));
        var factory = database.open();
        factory.inTransaction(session -> {
            for (int i = 0; i < 200; i++) {
                session.persist(new Book(i, "isbn " + i, "title " + i));
            }
        });

        for (long i = 0; i < 200; i++) {
            long id = i;
            String title = factory.fromSession(session -> session.find(Book.class, id).title);
            assertThat(title).isEqualTo("title " + i);
        }

        ClientCaches.assertKeepsTo(10, caches.manager().getCache(Book.REGION), 200);
    }

    /** Hibernate keeps keys and entries of its own classes, whatever the entity is. */
    @Test
    void entityRegion_createdForTheTypesOfTheEntity_failsAndNamesWhatHibernateKeeps() {
        caches.manager()
                .createCache(
                        Country.REGION,
                        new MutableConfiguration<String, Country>().setTypes(String.class, Country.class));
        var factory = database.open();

        assertThatThrownBy(() -> factory.inTransaction(session -> session.find(Country.class, "CH")))
                .hasStackTraceContaining("Cache \"" + Country.REGION + "\": the key is a org.hibernate.cache.internal.")
                .hasStackTraceContaining("but the cache was created for java.lang.String");
    }

    @Test
    void open_managerGiven_keepsTheRegionsThere() {
        var own = caches.provider().getCacheManager(URI.create("coffer:own"), null);
        var factory = database.open(with("hibernate.javax.cache.cache_manager", own));
        BookDatabase.storeBook(factory);
        find(factory);

        assertThat(own.getCache(Book.REGION)).hasSize(1);
        assertThat(caches.manager().getCacheNames()).isEmpty();
    }

    @Test
    void open_regionPrefix_namesTheCachesWithIt() {
        database.open(with("hibernate.cache.region_prefix", "shop"));

        assertThat(caches.manager().getCacheNames())
                .containsExactlyInAnyOrderElementsOf(
                        REGIONS.stream().map(region -> "shop." + region).toList());
    }

    /** Also a manager that was given: whoever shares one with Hibernate closes the SessionFactory last. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void close_managerFoundOrGiven_isClosed(boolean given) {
        var manager = caches.manager();
        var factory =
                database.open(given ? with("hibernate.javax.cache.cache_manager", manager) : BookDatabase.CACHING);
        var shared = caches.create("of the application");

        factory.close();

        assertThat(manager.isClosed()).isTrue();
        assertThat(shared.isClosed()).isTrue();
    }

    @Test
    void open_afterAnotherWasClosed_startsWithWhatIsOnDisk() {
        var first = database.open();
        BookDatabase.storeBook(first);
        find(first);
        first.close();

        var second = database.open();

        assertThat(caches.manager().getCache(Book.REGION)).hasSize(ClientCaches.countIfOnDisk(1));
        find(second);
        find(second);
        assertThat(BookDatabase.region(second, Book.REGION).getHitCount()).isEqualTo(1 + ClientCaches.countIfOnDisk(1));
    }

    /** Two factories of one application that name no URI have one manager, and the first that is closed closes it. */
    @Test
    void close_oneOfTwoFactoriesOnOneManager_leavesTheOtherWithoutCaches() {
        var first = database.open();
        BookDatabase.storeBook(first);
        var second = database.open();
        find(second);

        first.close();

        assertThatThrownBy(() -> find(second)).hasStackTraceContaining("Cache \"" + Book.REGION + "\" is closed");
    }

    @SuppressWarnings("unchecked") // the class literal of a generic class is raw
    private CofferConfiguration<Object, Object> configurationOf(String region) {
        return caches.manager().getCache(region).getConfiguration(CofferConfiguration.class);
    }

    private static void find(SessionFactory factory) {
        factory.inSession(session -> assertThat(session.find(Book.class, 1L)).isNotNull());
    }

    private static Map<String, Object> with(String setting, Object value) {
        var settings = new HashMap<>(BookDatabase.CACHING);
        settings.put(setting, value);
        return settings;
    }

    private static Map<String, Object> without(String setting) {
        var settings = new HashMap<>(BookDatabase.CACHING);
        settings.remove(setting);
        return settings;
    }
}
