package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code @CacheResult} with a cache of exceptions, and without a cache name. */
class FailuresTest {
    private static final String METHOD_NAME = "io.coffer.spring.Archive.printed(java.lang.String,int)";

    @TempDir
    private Path folder;

    @Test
    void exceptionCacheName_methodThatFails_isAskedOnceAndFailsTwice() throws Exception {
        var json = "{ \"caches\": { \"papers\": {}, \"failures\": { \"expiry\": { \"created\": \"1m\" } } } }";
        try (var classPath = ClassPath.withCofferJson(folder, json);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var archive = context.getBean(Archive.class);

            assertThatThrownBy(() -> archive.lost("title")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> archive.lost("title"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("lost: title");

            assertThat(archive.searches()).isEqualTo(1);
            assertThat(context.getBean(CacheManager.class).getCache("failures")).hasSize(1);
            assertThat(context.getBean(CacheManager.class).getCache("papers")).isEmpty();
        }
    }

    @Test
    void exceptionCacheName_noSuchCache_failsAtTheFirstCall() throws Exception {
        try (var classPath = ClassPath.withCofferJson(folder, "{ \"caches\": { \"papers\": {} } }");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var archive = context.getBean(Archive.class);

            assertThatThrownBy(() -> archive.lost("title"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Cannot find cache named 'failures'");
        }
    }

    @Test
    void cacheResult_noCacheName_failsAtTheFirstCallWithTheNameOfTheMethod() throws Exception {
        try (var classPath = new ClassPath(folder);
                var context = classPath.start()) {
            var archive = context.getBean(Archive.class);

            assertThatThrownBy(() -> archive.printed("title", 1999))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Cannot find cache named '" + METHOD_NAME + "'");
        }
    }

    /** With one parameter: a name with a comma needs what MetricsTest shows. */
    @Test
    void cacheResult_noCacheNameAndTheFileNamesTheMethod_isCached() throws Exception {
        var json = "{ \"caches\": { \"io.coffer.spring.Archive.printed(java.lang.String)\": {} } }";
        try (var classPath = ClassPath.withCofferJson(folder, json);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var archive = context.getBean(Archive.class);
            archive.printed("title");
            archive.printed("title");

            assertThat(archive.searches()).isEqualTo(1);
        }
    }
}
