package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What Spring Boot's goal process-aot does at build time, in the same JVM.
 *
 * <p>An annotation of JSR-107 makes Spring open the CacheManager then, before it has read spring.cache.jcache.config: the one
 * without a URI, whose file is at the root of the class path.
 */
class AheadOfTimeTest {

    @TempDir
    private Path folder;

    @Test
    void process_applicationWithJsrAnnotations_generatesItsSources() throws Exception {
        process("{ \"caches\": { \"books\": {}, \"papers\": {} } }");

        assertThat(generatedSources()).contains("AheadOfTimeTest_BuiltAhead__ApplicationContextInitializer.java");
    }

    @Test
    void process_mistakeInTheFileAtTheRoot_failsTheBuildWithItsPlace() {
        assertThatThrownBy(() -> process("{ \"caches\": { \"books\": \"10m\" } }"))
                .rootCause()
                .hasMessageContaining("coffer.json:1:24 (caches.books): found a text; expected an object of settings");
    }

    private void process(String json) throws Exception {
        var thread = Thread.currentThread();
        var outer = thread.getContextClassLoader();
        try (var classPath = ClassPath.withCofferJson(folder, json)) {
            thread.setContextClassLoader(classPath.loader());
            SpringApplicationAotProcessor.main(new String[] {
                BuiltAhead.class.getName(),
                folder.resolve("sources").toString(),
                folder.resolve("resources").toString(),
                folder.resolve("classes").toString(),
                "io.coffer",
                "spring",
                "--spring.cache.jcache.config=classpath:annotations/coffer.json"
            });
        } finally {
            Caching.getCachingProvider()
                    .close(thread.getContextClassLoader()); // nobody closes what the build has opened
            thread.setContextClassLoader(outer);
        }
    }

    private List<String> generatedSources() throws Exception {
        try (var files = Files.walk(folder.resolve("sources"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** An application has a main method, which the goal calls. */
    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class BuiltAhead {
        public static void main(String[] arguments) {
            SpringApplication.run(BuiltAhead.class, arguments);
        }
    }
}
