package io.coffer.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CofferCachingProvider;
import io.coffer.testing.CapturedLog;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which names the beans of a cache are found, and when they come and go. */
class MBeansTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final CofferCachingProvider provider = new CofferCachingProvider();
    private final String name = "mbeans-test-" + UUID.randomUUID();
    private final CacheManager manager = provider.getCacheManager(URI.create(name), null);

    @AfterEach
    void close() {
        provider.close();
    }

    private static MutableConfiguration<String, Integer> shown() {
        return new MutableConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setStatisticsEnabled(true)
                .setManagementEnabled(true);
    }

    /** The rule by which Micrometer's JCacheMetrics finds the statistics of a cache: only the colons of the URI are replaced. */
    private static ObjectName nameByMicrometer(Cache<?, ?> cache) throws JMException {
        var uri = cache.getCacheManager().getURI().toString().replace(':', '.');
        return new ObjectName("javax.cache:type=CacheStatistics,CacheManager=" + uri + ",Cache=" + cache.getName());
    }

    private Set<ObjectName> beans() throws JMException {
        return server.queryNames(new ObjectName("javax.cache:CacheManager=*" + name + "*,*"), null);
    }

    private Object attribute(String type, String cacheName, String attribute) throws JMException {
        return server.getAttribute(
                new ObjectName("javax.cache:type=" + type + ",CacheManager=" + name + ",Cache=" + cacheName),
                attribute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "urn:example:",
                "coffer://host:8080/",
                "x:/a/b/%20c/",
            })
    void names_anyUri_areThoseThatMicrometerLooksFor(String prefix) throws Exception {
        var other = provider.getCacheManager(URI.create(prefix + name), null);

        for (var cacheName : new String[] {"orders", "com.acme.Order", "an order", "a/b", "ä'\\$()[]{}"}) {
            var cache = other.createCache(cacheName, shown());
            cache.put("k", 1);
            cache.get("k");

            assertThat(server.getAttribute(nameByMicrometer(cache), "CacheHits"))
                    .as(cacheName)
                    .isEqualTo(1L);
        }
    }

    @Test
    void names_charactersThatJmxDoesNotTake_areReplaced() throws Exception {
        manager.createCache("a:b=c,d*e?f\"g\nh", shown());

        assertThat(attribute("CacheStatistics", "a.b.c.d.e.f.g.h", "CachePuts")).isEqualTo(0L);
        assertThat(attribute("CacheConfiguration", "a.b.c.d.e.f.g.h", "StoreByValue"))
                .isEqualTo(true);
    }

    @Test
    void names_clashOnceReplaced_warnsAndTheCacheWorks() throws Exception {
        try (var log = new CapturedLog()) {
            var first = manager.createCache("a:b", shown());
            var second = manager.createCache("a=b", shown());

            second.put("k", 1);

            assertThat(second.get("k")).isEqualTo(1);
            assertThat(attribute("CacheStatistics", "a.b", "CachePuts")).isEqualTo(0L);
            assertThat(log.warnings()).hasSize(2).allMatch(line -> line.contains("a.b"));

            second.close();
            assertThat(beans()).hasSize(2); // the first one's are still there
            first.close();
            assertThat(beans()).isEmpty();
        }
    }

    @Test
    void names_clashHasGone_canBeShown() throws Exception {
        try (var log = new CapturedLog()) {
            var first = manager.createCache("a:b", shown());
            var second = manager.createCache("a=b", shown());
            second.put("k", 1);
            first.close();

            manager.enableStatistics("a=b", true);

            assertThat(attribute("CacheStatistics", "a.b", "CachePuts")).isEqualTo(1L);
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void enable_onAndOff_beansComeAndGo() throws Exception {
        manager.createCache("c", new MutableConfiguration<>());
        assertThat(beans()).isEmpty();

        manager.enableStatistics("c", true);
        manager.enableStatistics("c", true);
        assertThat(beans()).hasSize(1);
        manager.enableManagement("c", true);
        assertThat(beans()).hasSize(2);
        assertThat(attribute("CacheConfiguration", "c", "StatisticsEnabled")).isEqualTo(true);

        manager.enableStatistics("c", false);
        manager.enableStatistics("c", false);
        assertThat(attribute("CacheConfiguration", "c", "StatisticsEnabled")).isEqualTo(false);
        assertThat(beans()).hasSize(1);
        manager.enableManagement("c", false);
        assertThat(beans()).isEmpty();
    }

    @Test
    void enable_onAndOff_isToldByTheConfiguration() {
        var cache = manager.createCache("c", shown());

        manager.enableStatistics("c", false);
        manager.enableManagement("c", false);

        @SuppressWarnings("unchecked") // a class literal has no parameters
        var configuration = (MutableConfiguration<String, Integer>) cache.getConfiguration(MutableConfiguration.class);
        assertThat(configuration.isStatisticsEnabled()).isFalse();
        assertThat(configuration.isManagementEnabled()).isFalse();
    }

    @Test
    void enable_unknownCache_isRefusedWithTheNamesThatThereAre() {
        manager.createCache("known", shown());

        assertThatThrownBy(() -> manager.enableStatistics("unknown", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"unknown\"")
                .hasMessageContaining("known");
        assertThatThrownBy(() -> manager.enableManagement(null, true)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void configuration_shownByItsBean_isAsItWasSet() throws Exception {
        manager.createCache("c", shown().setStoreByValue(false));

        assertThat(attribute("CacheConfiguration", "c", "KeyType")).isEqualTo(String.class.getName());
        assertThat(attribute("CacheConfiguration", "c", "ValueType")).isEqualTo(Integer.class.getName());
        assertThat(attribute("CacheConfiguration", "c", "StoreByValue")).isEqualTo(false);
        assertThat(attribute("CacheConfiguration", "c", "ReadThrough")).isEqualTo(false);
        assertThat(attribute("CacheConfiguration", "c", "WriteThrough")).isEqualTo(false);
        assertThat(attribute("CacheConfiguration", "c", "ManagementEnabled")).isEqualTo(true);
    }

    @Test
    void clear_invokedByJmx_setsEverythingToZero() throws Exception {
        var cache = manager.createCache("c", shown());
        for (int i = 0; i < 1_000; i++) {
            cache.put("k", 1);
            cache.get("k");
        }

        server.invoke(nameByMicrometer(cache), "clear", null, null);

        for (var attribute :
                new String[] {"CacheHits", "CacheMisses", "CachePuts", "CacheRemovals", "CacheEvictions"}) {
            assertThat(attribute("CacheStatistics", "c", attribute)).isEqualTo(0L);
        }
        assertThat(attribute("CacheStatistics", "c", "AverageGetTime")).isEqualTo(0f);
        assertThat(attribute("CacheStatistics", "c", "AveragePutTime")).isEqualTo(0f);
    }

    @Test
    void close_beanUnregisteredByOthers_doesNotFail() throws Exception {
        var cache = manager.createCache("c", shown());
        server.unregisterMBean(nameByMicrometer(cache));

        cache.close();

        assertThat(beans()).isEmpty();
    }
}
