package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferConfiguration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.config.InvalidConfigurationException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Micrometer reads the MBean of a cache's statistics, by a name that it puts together itself. */
final class MicrometerTest {
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "books",
                "io.coffer.example.Books.find(java.lang.String)",
                "io.coffer.clients.Book##NaturalId",
                "with spaces and / and %",
                "Bücher"
            })
    void monitor_nameThatJmxCanHold_countsEverything(String name) {
        Cache<String, String> cache = JCacheMetrics.monitor(registry, caches.createCounting(name));

        cache.put("one", "value");
        cache.put("other", "value");
        cache.get("one");
        cache.get("one");
        cache.get("one");
        cache.get("absent");
        cache.remove("one");

        assertThat(counter(name, "cache.gets", "result", "hit")).isEqualTo(3);
        assertThat(counter(name, "cache.gets", "result", "miss")).isEqualTo(1);
        assertThat(counter(name, "cache.puts")).isEqualTo(2);
        assertThat(removals(name)).isEqualTo(1);
        assertThat(counter(name, "cache.evictions")).isZero();
    }

    /** No bean can have such a name: Micrometer says so at once, and a host that binds all its caches does not start. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.coffer.example.Books.find(java.lang.String,int)",
                "key=value",
                "urn:books",
                "two\nlines",
                "half \" a quote",
            })
    void monitor_nameThatNoBeanCanHave_isRefusedByMicrometer(String name) {
        Cache<String, String> cache = caches.createCounting(name);

        assertThatThrownBy(() -> JCacheMetrics.monitor(registry, cache))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("Cache name '" + name + "' results in an invalid JMX name");

        cache.put("key", "value");
        assertThat(cache.get("key")).isEqualTo("value");
    }

    /** In a bean's name these are patterns and quotation, so that the bean has another name, and Micrometer finds none. */
    @ParameterizedTest
    @ValueSource(strings = {"books*", "books?", "\"books\""})
    void monitor_nameThatMeansSomethingElseInJmx_staysAtZero(String name) {
        Cache<String, String> cache = JCacheMetrics.monitor(registry, caches.createCounting(name));

        cache.put("key", "value");
        cache.get("key");

        assertThat(counter(name, "cache.gets", "result", "hit")).isZero();
        assertThat(counter(name, "cache.puts")).isZero();
    }

    @Test
    void monitor_statisticsOff_staysAtZeroUntilTheyAreSwitchedOn() {
        Cache<String, String> cache = JCacheMetrics.monitor(registry, caches.create("books"));
        cache.put("key", "value");
        assertThat(counter("books", "cache.puts")).isZero();

        caches.manager().enableStatistics("books", true);
        cache.put("key", "value");

        assertThat(counter("books", "cache.puts")).isEqualTo(1);
    }

    @Test
    void monitor_boundedCache_countsEvictions() {
        var bounded =
                new CofferConfiguration<Integer, String>().setMaxEntries(10).setStatisticsEnabled(true);
        Cache<Integer, String> cache =
                JCacheMetrics.monitor(registry, caches.manager().createCache("bounded", bounded));

        for (int i = 0; i < 1000; i++) {
            cache.put(i, "value");
        }

        assertThat(counter("bounded", "cache.evictions")).isEqualTo(1000 - count(cache));
        ClientCaches.assertKeepsTo(10, cache, 1000);
    }

    @Test
    void monitor_readThrough_aLoadIsAMissAndNoPut() {
        var reading = new MutableConfiguration<String, String>()
                .setReadThrough(true)
                .setCacheLoaderFactory(Echo::new)
                .setStatisticsEnabled(true);
        Cache<String, String> cache =
                JCacheMetrics.monitor(registry, caches.manager().createCache("echo", reading));

        assertThat(cache.get("key")).isEqualTo("key");
        assertThat(cache.get("key")).isEqualTo("key");

        assertThat(counter("echo", "cache.gets", "result", "miss")).isEqualTo(1);
        assertThat(counter("echo", "cache.gets", "result", "hit")).isEqualTo(1);
        assertThat(counter("echo", "cache.puts")).isZero();
    }

    @Test
    void monitor_twoCaches_areCountedApart() {
        Cache<String, String> one = JCacheMetrics.monitor(registry, caches.createCounting("one"));
        Cache<String, String> other = JCacheMetrics.monitor(registry, caches.createCounting("other"));

        one.putAll(Map.of("a", "1", "b", "2"));
        other.getAll(Set.of("a", "b", "c"));

        assertThat(counter("one", "cache.puts")).isEqualTo(2);
        assertThat(counter("other", "cache.puts")).isZero();
        assertThat(counter("other", "cache.gets", "result", "miss")).isEqualTo(3);
    }

    /** Micrometer replaces the colons of a manager's URI by dots. */
    @ParameterizedTest
    @ValueSource(strings = {"orders", "coffer:orders", "urn:x:y"})
    void monitor_managerWithAUri_isFoundByIt(String uri) {
        var manager = caches.provider().getCacheManager(URI.create(uri), null);
        Cache<String, String> cache = JCacheMetrics.monitor(
                registry,
                manager.createCache("books", new MutableConfiguration<String, String>().setStatisticsEnabled(true)));

        cache.put("key", "value");

        assertThat(counter("books", "cache.puts")).isEqualTo(1);
    }

    /** Micrometer then blames the name of the cache. */
    @ParameterizedTest
    @ValueSource(strings = {"coffer:orders,books", "coffer:orders?tenant=1"})
    void monitor_managerWithAUriThatNoBeanCanHave_isRefusedByMicrometer(String uri) {
        Cache<String, String> cache = caches.provider()
                .getCacheManager(URI.create(uri), null)
                .createCache("books", new MutableConfiguration<String, String>().setStatisticsEnabled(true));

        assertThatThrownBy(() -> JCacheMetrics.monitor(registry, cache))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("Cache name 'books' results in an invalid JMX name");
    }

    /** A host may bind its metrics first and create the caches anew later: the bean is looked for at each reading. */
    @Test
    void monitor_cacheIsDestroyedAndCreatedAgain_countsTheNewOne() {
        Cache<String, String> old = JCacheMetrics.monitor(registry, caches.createCounting("books"));
        old.put("key", "value");

        caches.manager().destroyCache("books");
        caches.<String, String>createCounting("books").putAll(Map.of("a", "1", "b", "2"));

        assertThat(old.isClosed()).isTrue();
        assertThat(counter("books", "cache.puts")).isEqualTo(2);
    }

    @Test
    void monitor_cacheIsClosed_staysAtZeroWithoutFailing() {
        Cache<String, String> cache = JCacheMetrics.monitor(registry, caches.createCounting("books"));
        cache.put("key", "value");

        cache.close();

        assertThat(counter("books", "cache.gets", "result", "hit")).isZero();
    }

    private double counter(String cache, String meter, String... tags) {
        return registry.get(meter).tag("cache", cache).tags(tags).meters().stream()
                .map(FunctionCounter.class::cast)
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    /** {@code monitor} shows removals as a gauge, unlike the other counters. */
    private double removals(String cache) {
        return registry.get("cache.removals").tag("cache", cache).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static long count(Cache<?, ?> cache) {
        long entries = 0;
        for (var iterator = cache.iterator(); iterator.hasNext(); iterator.next()) {
            entries++;
        }
        return entries;
    }

    /** Loads as the value of a key the key itself. */
    private static final class Echo implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            return key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            var loaded = new HashMap<String, String>();
            keys.forEach(key -> loaded.put(key, key));
            return loaded;
        }
    }
}
