package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Two application contexts of one JVM, as tests with different properties make them. */
class TwoContextsTest {
    private static final String JSON = "{ \"caches\": { \"books\": { \"expiry\": { \"created\": \"10m\" } } } }";

    @TempDir
    private Path folder;

    @Test
    void second_sameFile_sharesManagerAndEntriesOfTheFirst() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON)) {
            var first = classPath.start(ClassPath.COFFER_JSON);
            var second = classPath.start(ClassPath.COFFER_JSON);

            assertThat(second.getBean(CacheManager.class)).isSameAs(first.getBean(CacheManager.class));

            first.getBean(Library.class).find("isbn");
            second.getBean(Library.class).find("isbn");
            assertThat(second.getBean(Library.class).searches()).isZero();
        }
    }

    @Test
    void second_cacheNamesInBoth_failsToStartAndSaysWhy() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var first = classPath.start(ClassPath.COFFER_JSON, "--spring.cache.cache-names=books")) {
            assertThat(first.isActive()).isTrue();
            assertThatThrownBy(() -> classPath.start(ClassPath.COFFER_JSON, "--spring.cache.cache-names=books"))
                    .hasMessageContaining("Cache \"books\" exists already in CacheManager file:")
                    .hasMessageContaining("a second application context of this JVM");
        }
    }

    @Test
    void close_oneOfTwoThatShare_closesTheCachesOfTheOther() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON)) {
            var first = classPath.start(ClassPath.COFFER_JSON);
            var second = classPath.start(ClassPath.COFFER_JSON);

            first.close();

            assertThatThrownBy(() -> second.getBean(Library.class).find("isbn"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("\"books\" is closed");
        }
    }

    @Test
    void second_managerOfItsOwn_isIndependentOfTheFirst() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON)) {
            var first = classPath.start(OwnManager.class);
            var second = classPath.start(OwnManager.class);

            first.getBean(Library.class).find("isbn");
            second.getBean(Library.class).find("isbn");
            assertThat(second.getBean(Library.class).searches()).isEqualTo(1);
            assertThat(CacheSettings.of(second.getBean(CacheManager.class), "books")
                            .timeToLive()
                            .getDurationAmount())
                    .isEqualTo(10);

            var managerOfFirst = first.getBean(CacheManager.class);
            first.close();
            assertThat(managerOfFirst.isClosed()).isTrue();
            second.getBean(Library.class).find("isbn");
            assertThat(second.getBean(Library.class).searches()).isEqualTo(1);
        }
    }

    @Test
    void close_context_closesItsManagerAndTheNextStartsClean() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON)) {
            var first = classPath.start(ClassPath.COFFER_JSON, "--spring.cache.cache-names=books,papers");
            var managerOfFirst = first.getBean(CacheManager.class);
            first.getBean(Library.class).find("isbn");

            first.close();
            var second = classPath.start(ClassPath.COFFER_JSON, "--spring.cache.cache-names=books,papers");

            assertThat(managerOfFirst.isClosed()).isTrue();
            second.getBean(Library.class).find("isbn");
            assertThat(second.getBean(Library.class).searches()).isEqualTo(1);
        }
    }

    /** The recommendation of docs/spring.md: what stands behind the number sign makes another manager of the same file. */
    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class OwnManager {
        @Bean
        CacheManager jCacheManager(ApplicationContext context) {
            var uri = URI.create("classpath:coffer.json#" + UUID.randomUUID());
            return Caching.getCachingProvider().getCacheManager(uri, context.getClassLoader());
        }
    }
}
