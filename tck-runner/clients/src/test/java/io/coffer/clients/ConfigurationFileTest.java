package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.JCacheConstants;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.cache.Cache;
import org.apache.shiro.cache.jcache.JCacheManager;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each client has its own way to name a configuration file; the caches it makes by name are then as the file has them. */
final class ConfigurationFileTest {
    @Order(1) // closes last
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    @RegisterExtension
    final BookDatabase database = new BookDatabase();

    @RegisterExtension
    final CamelContexts camel = new CamelContexts();

    /** Hibernate takes the name of a resource, and looks for it itself. */
    @Test
    void hibernate_uri_regionsAreAsTheFileHasThem() throws Exception {
        var factory = database.open(withFile("clients.json", "create"));
        factory.inTransaction(session -> {
            for (int i = 0; i < 100; i++) {
                session.persist(new Book(i, "isbn " + i, "title " + i));
            }
        });

        var manager = caches.provider().getCacheManager(file("clients.json"), null);
        assertThat(manager.getCache(Book.REGION)).hasSizeLessThanOrEqualTo(10);
        assertThat(configurationOf(manager, Author.REGION)
                        .getExpiryPolicyFactory()
                        .create()
                        .getExpiryForCreation())
                .isEqualTo(new Duration(TimeUnit.MINUTES, 10));
        assertThat(configurationOf(manager, BookDatabase.TIMESTAMPS).getMaxEntries())
                .isZero();
    }

    /** Caches of the file exist for whoever asks: nothing is missing. */
    @Test
    void hibernate_strategyFailAndAllRegionsInTheFile_opens() {
        var factory = database.open(withFile("clients.json", "fail"));
        BookDatabase.storeBook(factory);

        for (int i = 0; i < 2; i++) {
            factory.inSession(
                    session -> assertThat(session.find(Book.class, 1L)).isNotNull());
        }

        assertThat(BookDatabase.region(factory, Book.REGION).getHitCount()).isEqualTo(1);
    }

    /** Defaults bound every region that Hibernate makes, but the one that must not forget. */
    @ParameterizedTest
    @ValueSource(strings = {"", "shop."})
    void hibernate_defaultsWithABoundAndExpiry_spareTheTimestamps(String prefix) throws Exception {
        var settings = withFile("clients-defaults.json", "create");
        settings.put("hibernate.cache.region_prefix", prefix.isEmpty() ? "" : "shop");

        database.open(settings);

        var manager = caches.provider().getCacheManager(file("clients-defaults.json"), null);
        assertThat(configurationOf(manager, prefix + Book.REGION).getMaxEntries())
                .isEqualTo(10);
        var timestamps = configurationOf(manager, prefix + BookDatabase.TIMESTAMPS);
        assertThat(timestamps.getMaxEntries()).isZero();
        assertThat(timestamps.getExpiryPolicyFactory().create()).isInstanceOf(EternalExpiryPolicy.class);
    }

    /** Shiro looks for the resource from its own class, hence the slash. */
    @Test
    void shiro_cacheConfig_cachesAreAsTheFileHasThem() {
        var shiro = new JCacheManager();
        shiro.setCacheConfig("/clients.json");
        var info = new SimpleAuthenticationInfo("ada", "secret", "engineers"); // with a salt that is not serializable
        Cache<String, Object> authentication = shiro.getCache("authentication");
        shiro.getCache("shiro-activeSessionCache");

        authentication.put("ada", info);

        assertThat(authentication.get("ada")).isSameAs(info);
        assertThat(configurationOf(shiro.getCacheManager(), "shiro-activeSessionCache")
                        .getExpiryPolicyFactory()
                        .create()
                        .getExpiryForAccess())
                .isEqualTo(Duration.THIRTY_MINUTES);
        shiro.destroy();
    }

    @Test
    void camel_configurationUri_cacheIsAsTheFileHasIt() throws Exception {
        camel.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").to("jcache:orders?action=PUT&configurationUri=classpath:clients.json");
            }
        });

        for (int i = 0; i < 100; i++) {
            int order = i;
            var answer = camel.send("direct:orders", exchange -> {
                exchange.getIn().setHeader(JCacheConstants.KEY, order);
                exchange.getIn().setBody("book");
            });
            assertThat(answer.getException()).isNull();
        }

        var manager = caches.provider().getCacheManager(URI.create("classpath:clients.json"), null);
        assertThat(manager.getCache("orders")).hasSizeLessThanOrEqualTo(10).isNotEmpty();
    }

    /** The URI of the manager is a part of the name that Micrometer looks for. */
    @Test
    void micrometer_managerOfAFile_countsWhatTheFileHasSwitchedOn() throws Exception {
        var registry = new SimpleMeterRegistry();
        javax.cache.Cache<Object, Object> orders =
                caches.provider().getCacheManager(file("clients.json"), null).getCache("orders");
        JCacheMetrics.monitor(registry, orders);

        orders.put("one", "book");

        assertThat(registry.get("cache.puts")
                        .tag("cache", "orders")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private static Map<String, Object> withFile(String resource, String missingCacheStrategy) {
        var settings = new HashMap<>(BookDatabase.CACHING);
        settings.put("hibernate.javax.cache.uri", resource);
        settings.put("hibernate.javax.cache.missing_cache_strategy", missingCacheStrategy);
        return settings;
    }

    private static URI file(String resource) throws Exception {
        return ConfigurationFileTest.class.getResource("/" + resource).toURI();
    }

    @SuppressWarnings("unchecked") // the class literal of a generic class is raw
    private static CofferConfiguration<Object, Object> configurationOf(CacheManager manager, String cache) {
        return manager.getCache(cache).getConfiguration(CofferConfiguration.class);
    }
}
