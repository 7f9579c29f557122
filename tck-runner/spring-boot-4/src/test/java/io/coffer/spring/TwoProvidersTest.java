package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.caffeine.CaffeineCacheManager;

/** Caffeine's JCache provider has been left on the class path beside Coffer. Runs in a JVM of its own. */
class TwoProvidersTest {
    private static final String JSON = "{ \"caches\": { \"books\": {} } }";

    @TempDir
    private Path folder;

    @Test
    void start_nothingSaid_takesNeitherAndSaysNothing() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            assertThat(context.getBean(org.springframework.cache.CacheManager.class))
                    .isInstanceOf(CaffeineCacheManager.class);
            assertThat(context.getBeansOfType(CacheManager.class)).isEmpty();
        }
    }

    @Test
    void start_typeJcache_failsWithoutNamingTheProviders() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON)) {
            assertThatThrownBy(() -> classPath.start(ClassPath.COFFER_JSON, "--spring.cache.type=jcache"))
                    .hasMessageContaining("CacheManager")
                    .hasMessageNotContaining("io.coffer.jcache")
                    .hasMessageNotContaining("caffeine");
        }
    }

    @Test
    void start_providerNamed_takesCoffer() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var context = classPath.start(
                        ClassPath.COFFER_JSON,
                        "--spring.cache.type=jcache",
                        "--spring.cache.jcache.provider=io.coffer.jcache.CofferCachingProvider")) {
            assertThat(context.getBean(CacheManager.class)
                            .getCachingProvider()
                            .getClass()
                            .getName())
                    .isEqualTo("io.coffer.jcache.CofferCachingProvider");
            var library = context.getBean(Library.class);
            library.find("isbn");
            library.find("isbn");
            assertThat(library.searches()).isEqualTo(1);
        }
    }
}
