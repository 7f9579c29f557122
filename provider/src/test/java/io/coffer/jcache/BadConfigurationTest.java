package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.ehcache.fake.FakeConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a manager says to configurations that cannot work, to names it does not know, and after it was closed. */
class BadConfigurationTest {
    private final CacheFixture fixture = new CacheFixture();
    private final CacheManager manager = fixture.manager();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static CofferConfiguration<String, String> configuration() {
        return new CofferConfiguration<>();
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                contradiction(
                        configuration().setReadThrough(true), "read-through", "CacheLoader", "setCacheLoaderFactory"),
                contradiction(
                        configuration().setWriteThrough(true), "write-through", "CacheWriter", "setCacheWriterFactory"),
                contradiction(configuration().setWeigher((key, value) -> 1), "weigher", "no maxBytes", "setMaxBytes"),
                contradiction(
                        configuration().setMaxBytes(1_000).setStoreByValue(false),
                        "maxBytes",
                        "by reference",
                        "setWeigher",
                        "setMaxEntries"));
    }

    private static Arguments contradiction(CofferConfiguration<String, String> configuration, String... parts) {
        return Arguments.of(parts[0], configuration, parts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void createCache_contradiction_isRefusedAndTheNameStaysFree(
            String name, CofferConfiguration<String, String> configuration, String[] parts) {
        var refusal =
                Refusal.of(() -> manager.createCache("orders", configuration)).is(IllegalArgumentException.class);

        refusal.says("\"orders\"");
        refusal.says(parts);
        assertThat(manager.getCacheNames()).isEmpty();
        assertThat(manager.createCache("orders", configuration()).isClosed()).isFalse();
    }

    @Test
    void createCache_maxBytesByReferenceWithWeigher_isAccepted() {
        var configuration =
                configuration().setMaxBytes(1_000).setStoreByValue(false).setWeigher((key, value) -> 1);

        assertThat(manager.createCache("orders", configuration).getName()).isEqualTo("orders");
    }

    @Test
    void createCache_configurationOfAnotherProvider_messageNamesItsClassProviderAndOurs() {
        Refusal.of(() -> manager.createCache("orders", new FakeConfiguration<String, String>()))
                .is(IllegalArgumentException.class)
                .says(
                        "\"orders\"",
                        FakeConfiguration.class.getName(),
                        "Ehcache",
                        "io.coffer.CofferConfiguration",
                        "MutableConfiguration");
    }

    @Test
    void setters_negativeBounds_messageNamesSettingValueAndMeaning() {
        Refusal.of(() -> configuration().setMaxEntries(-1))
                .is(IllegalArgumentException.class)
                .says("maxEntries", "-1", "0 is none");
        Refusal.of(() -> configuration().setMaxBytes(Long.MIN_VALUE))
                .is(IllegalArgumentException.class)
                .says("maxBytes", "-9223372036854775808", "0 is none");
    }

    @Test
    void createCache_nameIsTaken_messageNamesItTheManagerAndTheRemedies() {
        Cache<String, String> first = manager.createCache("orders", configuration());

        Refusal.of(() -> manager.createCache("orders", configuration()))
                .is(CacheException.class)
                .says("\"orders\"", "exists already", manager.getURI().toString(), "getCache", "destroyCache");

        assertThat(manager.getCache("orders")).isSameAs(first);
        assertThat(first.isClosed()).isFalse();
    }

    @Test
    void getCache_otherTypes_messageNamesBothPairs() {
        manager.createCache("orders", configuration().setTypes(String.class, String.class));

        Refusal.of(() -> manager.getCache("orders", Integer.class, Long.class))
                .is(ClassCastException.class)
                .says("\"orders\"", "java.lang.String", "java.lang.Integer", "java.lang.Long");
    }

    static Stream<Arguments> switches() {
        return Stream.of(
                call("enableStatistics", m -> m.enableStatistics("oders", true)),
                call("enableManagement", m -> m.enableManagement("oders", true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("switches")
    void enable_noSuchCache_messageNamesItTheManagerAndWhatThereIs(String name, Consumer<CacheManager> call) {
        manager.createCache("orders", configuration());

        Refusal.of(() -> call.accept(manager))
                .is(IllegalArgumentException.class)
                .says("\"oders\"", manager.getURI().toString(), "orders");
    }

    @Test
    void destroyCache_noSuchCache_doesNothing() {
        manager.createCache("orders", configuration());

        manager.destroyCache("oders");

        assertThat(manager.getCacheNames()).containsExactly("orders");
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                call("cacheName == null", m -> m.createCache(null, new MutableConfiguration<String, String>())),
                call("configuration == null", m -> m.createCache("orders", null)),
                call("cacheName == null", m -> m.getCache(null)),
                call("cacheName == null", m -> m.getCache(null, String.class, String.class)),
                call("keyType == null", m -> m.getCache("orders", null, String.class)),
                call("valueType == null", m -> m.getCache("orders", String.class, null)),
                call("cacheName == null", m -> m.destroyCache(null)),
                call("cacheName == null", m -> m.enableStatistics(null, true)),
                call("cacheName == null", m -> m.enableManagement(null, true)));
    }

    private static Arguments call(String name, Consumer<CacheManager> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("nulls")
    void null_anywhere_isNamed(String expected, Consumer<CacheManager> call) {
        Refusal.of(() -> call.accept(manager)).is(NullPointerException.class).says(expected);
    }

    static Stream<Arguments> allOfManager() {
        return Stream.concat(
                nulls(),
                Stream.of(
                        call("getCacheNames", CacheManager::getCacheNames),
                        call("getCache", m -> m.getCache("orders")),
                        call("destroyCache", m -> m.destroyCache("orders"))));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("allOfManager")
    void closedManager_anyCall_saysSoBeforeAnythingElse(String name, Consumer<CacheManager> call) {
        manager.close();

        Refusal.of(() -> call.accept(manager))
                .is(IllegalStateException.class)
                .says("CacheManager " + manager.getURI(), "closed");
    }

    static Stream<Arguments> allOfCache() {
        return Stream.concat(
                BadInputTest.nulls(),
                Stream.of(
                        cacheCall("get", c -> c.get("k")),
                        cacheCall("getAll of none", c -> c.getAll(Set.of())),
                        cacheCall("removeAll", Cache::removeAll),
                        cacheCall("clear", Cache::clear),
                        cacheCall("iterator", Cache::iterator)));
    }

    private static Arguments cacheCall(String name, Consumer<Cache<String, String>> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("allOfCache")
    void closedCache_anyCall_saysSoBeforeAnythingElse(String name, Consumer<Cache<String, String>> call) {
        Cache<String, String> cache = manager.createCache("orders", configuration());
        cache.close();

        Refusal.of(() -> call.accept(cache)).is(IllegalStateException.class).says("\"orders\"", "closed");
    }

    @Test
    void closedCache_iteratorMadeBefore_saysSo() {
        Cache<String, String> cache = manager.createCache("orders", configuration());
        cache.put("k", "v");
        var entries = cache.iterator();
        entries.next();
        cache.close();

        Refusal.of(entries::hasNext).is(IllegalStateException.class).says("\"orders\"", "closed");
        Refusal.of(entries::next).is(IllegalStateException.class).says("\"orders\"", "closed");
        Refusal.of(entries::remove).is(IllegalStateException.class).says("\"orders\"", "closed");
    }
}
