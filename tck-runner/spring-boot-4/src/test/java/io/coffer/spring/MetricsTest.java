package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.micrometer.CofferMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What Micrometer shows of a cache, which depends on its name: it is part of the name of a bean in JMX. */
class MetricsTest {
    static final String QUOTE = "a\\\"b";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "books",
                "my books",
                "io.coffer.Books",
                "books/new",
                "books-2026_11",
                "Bücher",
                "io.coffer.Books.newest()",
                "io.coffer.Books.find(java.lang.String)",
                "a;b#c$d%e&f@g"
            })
    void metrics_ordinaryName_areThoseOfTheCache(String name) throws Exception {
        try (var classPath = cacheWithStatistics(name);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            hitTwiceAndMissOnce(context, name);

            assertThat(gets(context, name, "hit")).isEqualTo(2);
            assertThat(gets(context, name, "miss")).isEqualTo(1);
        }
    }

    /** For JMX these names are patterns; Micrometer asks for the pattern, which is no bean. */
    @ParameterizedTest
    @ValueSource(strings = {"books*", "books?"})
    void metrics_nameThatIsAPattern_areZero(String name) throws Exception {
        try (var classPath = cacheWithStatistics(name);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            hitTwiceAndMissOnce(context, name);

            assertThat(gets(context, name, "hit")).isZero();
        }
    }

    /** JMX would have these names in quotes; Micrometer puts none, and Spring Boot fails to start. */
    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a=b", "a:b", QUOTE, "io.coffer.Books.find(java.lang.String,int)"})
    void metrics_nameThatNeedsQuotes_failTheStart(String name) throws Exception {
        try (var classPath = cacheWithStatistics(name)) {
            assertThatThrownBy(() -> classPath.start(ClassPath.COFFER_JSON))
                    .rootCause()
                    .hasMessageContaining("Cache name '" + name.replace("\\", "") + "' results in an invalid JMX name");
        }
    }

    /** What docs/spring.md advises for such names: Coffer's own meters, which need no JMX. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "books",
                "books*",
                "books?",
                "a,b",
                "a=b",
                "a:b",
                QUOTE,
                "io.coffer.Books.find(java.lang.String,int)"
            })
    void metrics_cofferMetrics_areThoseOfTheCacheWhateverItsName(String json) throws Exception {
        var name = json.replace("\\", "");
        try (var classPath = cacheWithStatistics(json);
                var context = classPath.start(CofferMeters.class, ClassPath.COFFER_JSON)) {
            hitTwiceAndMissOnce(context, name);

            assertThat(gets(context, name, "hit")).isEqualTo(2);
            assertThat(gets(context, name, "miss")).isEqualTo(1);
            var size = context.getBean(MeterRegistry.class).get("cache.size").tags("name", name);
            assertThat(size.gauge().value()).isEqualTo(1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class CofferMeters {
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        CacheMeters cofferMeters() {
            return (cache, tags) -> new CofferMetrics<>(cache.getNativeCache(), tags);
        }
    }

    @Test
    void metrics_statisticsOff_areZero() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, "{ \"caches\": { \"books\": {} } }");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            hitTwiceAndMissOnce(context, "books");

            assertThat(gets(context, "books", "hit")).isZero();
        }
    }

    private ClassPath cacheWithStatistics(String name) {
        return ClassPath.withCofferJson(folder, "{ \"caches\": { \"" + name + "\": { \"statistics\": true } } }");
    }

    private static void hitTwiceAndMissOnce(ConfigurableApplicationContext context, String name) {
        var cache = context.getBean(CacheManager.class).getCache(name);
        cache.get("key");
        cache.put("key", "value");
        cache.get("key");
        cache.get("key");
    }

    /** For other tests: a cache with statistics, nothing in it. */
    static double hitsShownAfterAHit(ConfigurableApplicationContext context, String name) {
        var cache = context.getBean(CacheManager.class).getCache(name);
        cache.put("key", "value");
        cache.get("key");
        return gets(context, name, "hit");
    }

    private static double gets(ConfigurableApplicationContext context, String name, String result) {
        return context.getBean(MeterRegistry.class)
                .get("cache.gets")
                .tags("name", name, "result", result)
                .functionCounter()
                .count();
    }
}
