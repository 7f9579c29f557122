package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What {@code coffer.json} says takes effect, found by Spring's property or at the root of the class path. */
class ConfigurationFileTest {
    private static final String TWO_BOOKS_FOR_TEN_MINUTES = """
            {
              // what a user writes
              "version": 1,
              "caches": {
                "books": { "expiry": { "created": "10m" }, "maxEntries": 2, "valueType": "io.coffer.spring.Book" },
                "papers": { "expiry": { "accessed": "1h" } },
              },
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void config_namesTheFile_appliesItsSettings() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, TWO_BOOKS_FOR_TEN_MINUTES);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var manager = context.getBean(CacheManager.class);

            assertThat(manager.getURI()).isEqualTo(folder.resolve("coffer.json").toUri());
            assertThat(manager.getCacheNames()).containsExactly("books", "papers");
            assertThat(CacheSettings.of(manager, "books").timeToLive()).isEqualTo(new Duration(TimeUnit.MINUTES, 10));
            assertThat(CacheSettings.of(manager, "papers").timeToLive()).isEqualTo(Duration.ONE_HOUR);
            assertThat(manager.getCache("books", Object.class, Book.class)).isNotNull();
        }
    }

    @Test
    void config_boundOfTwo_keepsNoMoreThanTwoOfManyCachedAnswers() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, TWO_BOOKS_FOR_TEN_MINUTES);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);
            for (int i = 0; i < 50; i++) {
                library.find("isbn " + i);
            }

            assertThat(context.getBean(CacheManager.class).getCache("books")).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void config_timeToLiveOfAMillisecond_searchesAgainWhenItIsOver() throws Exception {
        var json = "{ \"caches\": { \"books\": { \"expiry\": { \"created\": \"1ms\" } } } }";
        try (var classPath = ClassPath.withCofferJson(folder, json);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);
            library.find("isbn");
            long cachedAtMillis = System.currentTimeMillis();
            while (System.currentTimeMillis() <= cachedAtMillis + 1) {
                Thread.onSpinWait();
            }
            library.find("isbn");

            assertThat(library.searches()).isEqualTo(2);
        }
    }

    @Test
    void config_none_takesTheFileAtTheRootOfTheClassPath() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, TWO_BOOKS_FOR_TEN_MINUTES);
                var context = classPath.start()) {
            var manager = context.getBean(CacheManager.class);

            assertThat(manager.getURI()).isEqualTo(manager.getCachingProvider().getDefaultURI());
            assertThat(CacheSettings.of(manager, "books").timeToLive()).isEqualTo(new Duration(TimeUnit.MINUTES, 10));
        }
    }

    @Test
    void config_noFileAtAll_startsAndHasNoCaches() throws Exception {
        try (var classPath = new ClassPath(folder);
                var context = classPath.start()) {
            assertThat(context.getBean(CacheManager.class).getCacheNames()).isEmpty();
            assertThatThrownBy(() -> context.getBean(Library.class).find("isbn"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Cannot find cache named 'books'");
        }
    }

    @Test
    void config_fileWithMistakes_failsTheStartAndTellsAllOfThem() throws Exception {
        var json = """
                { "caches": {
                    "books": { "maxEntrys": 2, "expiry": { "created": "ten minutes" } }
                } }
                """;
        try (var classPath = ClassPath.withCofferJson(folder, json)) {
            assertThatThrownBy(() -> classPath.start(ClassPath.COFFER_JSON))
                    .hasMessageContaining("coffer.json has 2 errors:")
                    .hasMessageContaining("coffer.json:2:16 (caches.books.maxEntrys): there is no such setting; did you"
                            + " mean \"maxEntries\"?")
                    .hasMessageContaining("coffer.json:2:55 (caches.books.expiry.created)");
        }
    }

    @Test
    void config_propertyOfSpring_overridesTheFile() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, TWO_BOOKS_FOR_TEN_MINUTES);
                var context = classPath.start(BooksFromProperty.class, ClassPath.COFFER_JSON, "--books.max=7")) {
            var books = CacheSettings.of(context.getBean(CacheManager.class), "books");

            assertThat(books.maxEntries()).isEqualTo(7);
            assertThat(books.timeToLive()).isEqualTo(new Duration(TimeUnit.MINUTES, 10));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class BooksFromProperty {
        @Bean
        PropertiesCustomizer books(@Value("${books.max}") String max) {
            return properties -> properties.setProperty("coffer.caches.books.maxEntries", max);
        }
    }

    @Test
    void config_missingFile_failsTheStartWithItsName() throws Exception {
        try (var classPath = new ClassPath(folder)) {
            assertThatThrownBy(() -> classPath.start(ClassPath.COFFER_JSON))
                    .hasMessageContaining("class path resource [coffer.json]")
                    .hasMessageContaining("must exist");
        }
    }

    @Test
    void config_fileOfAnotherProvider_failsTheStartAndSaysWhereHelpIs() throws Exception {
        try (var classPath = new ClassPath(folder)) {
            classPath.write("ehcache.xml", "<config xmlns='http://www.ehcache.org/v3'><ehcache/></config>");

            assertThatThrownBy(() -> classPath.start("--spring.cache.jcache.config=classpath:ehcache.xml"))
                    .hasMessageContaining("ehcache.xml is made for Ehcache")
                    .hasMessageContaining("docs/migration.md#ehcache");
        }
    }
}
