package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Caches that Spring Boot makes by {@code createCache}, of names that {@code coffer.json} knows or does not know. */
class CacheNamesTest {
    private static final String JSON = """
            {
              "defaults": { "expiry": { "created": "1h" } },
              "caches": { "books": { "expiry": { "created": "10m" }, "maxEntries": 100 } }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void cacheNames_nameInTheFile_getsTheSettingsOfTheFile() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var context = classPath.start(ClassPath.COFFER_JSON, "--spring.cache.cache-names=books")) {
            var books = CacheSettings.of(context.getBean(CacheManager.class), "books");

            assertThat(books.maxEntries()).isEqualTo(100);
            assertThat(books.timeToLive()).isEqualTo(new Duration(TimeUnit.MINUTES, 10));
        }
    }

    @Test
    void cacheNames_nameNotInTheFile_getsTheDefaults() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var context = classPath.start(ClassPath.COFFER_JSON, "--spring.cache.cache-names=papers")) {
            var papers = CacheSettings.of(context.getBean(CacheManager.class), "papers");

            assertThat(papers.maxEntries()).isZero();
            assertThat(papers.timeToLive()).isEqualTo(Duration.ONE_HOUR);
        }
    }

    @Test
    void cacheNames_onlySome_leaveTheOthersOfTheFileUsable() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var context = classPath.start(ClassPath.COFFER_JSON, "--spring.cache.cache-names=papers")) {
            var library = context.getBean(Library.class);
            library.find("isbn");
            library.find("isbn");

            assertThat(library.searches()).isEqualTo(1);
            assertThat(context.getBean(org.springframework.cache.CacheManager.class)
                            .getCacheNames())
                    .containsExactlyInAnyOrder("books", "papers");
        }
    }

    @Test
    void customizer_createsWhatTheFileNames_itsOwnSettingsWinAndTheFileFillsInTheRest() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON);
                var context = classPath.start(MinuteForBooks.class, ClassPath.COFFER_JSON)) {
            var books = CacheSettings.of(context.getBean(CacheManager.class), "books");

            assertThat(books.timeToLive()).isEqualTo(Duration.ONE_MINUTE);
            assertThat(books.maxEntries()).isEqualTo(100);
        }
    }

    @Test
    void customizer_besideCacheNames_failsTheStartAndNamesBoth() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, JSON)) {
            assertThatThrownBy(() -> classPath.start(
                            MinuteForBooks.class, ClassPath.COFFER_JSON, "--spring.cache.cache-names=books"))
                    .hasMessageContaining("Cache \"books\" exists already")
                    .hasMessageContaining("it was made by createCache on thread")
                    .hasMessageContaining("spring.cache.cache-names beside a JCacheManagerCustomizer");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class MinuteForBooks {
        @Bean
        CacheCustomizer minuteForBooks() {
            return manager -> manager.createCache(
                    "books",
                    new MutableConfiguration<>()
                            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
        }
    }
}
