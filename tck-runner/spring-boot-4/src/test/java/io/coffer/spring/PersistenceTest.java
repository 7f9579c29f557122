package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.support.NullValue;

/** An application whose caches are on disk: what it has cached is still cached when it is started again. */
class PersistenceTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> calls() {
        return Stream.of(
                call("one parameter", library -> library.find("isbn")),
                call("two parameters", library -> library.find("isbn", 2)),
                call("none", Library::newest),
                call("a number", library -> library.number(7)),
                call("an enum, and a list as the result", library -> library.bought(DayOfWeek.MONDAY)),
                call("sync", library -> library.findOnce("isbn")),
                call("null", library -> library.find(Library.UNKNOWN)));
    }

    private static Arguments call(String name, Function<Library, Object> call) {
        return Arguments.of(name, call);
    }

    /** Of Spring's own classes and those of the JDK, nobody need say that they are allowed. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void cacheable_contextIsStartedAgain_isAHitFromDisk(String name, Function<Library, Object> call) throws Exception {
        try (var classPath = onDisk("\"allow\": [\"io.coffer.spring.*\"]")) {
            var first = classPath.start(ClassPath.COFFER_JSON);
            var result = call.apply(first.getBean(Library.class));
            first.close();

            var library = classPath.start(ClassPath.COFFER_JSON).getBean(Library.class);

            assertThat(call.apply(library)).isEqualTo(result);
            assertThat(library.searches()).isZero();
        }
    }

    /** Spring compares it by identity. */
    @Test
    void cacheable_nullResult_isTheOneNullValueWhenReadFromDisk() throws Exception {
        try (var classPath = onDisk("")) {
            var first = classPath.start(ClassPath.COFFER_JSON);
            first.getBean(Library.class).find(Library.UNKNOWN);
            first.close();

            var second = classPath.start(ClassPath.COFFER_JSON);

            assertThat(second.getBean(CacheManager.class).getCache("books").get(Library.UNKNOWN))
                    .isSameAs(NullValue.INSTANCE);
        }
    }

    @Test
    void cacheEvict_contextIsStartedAgain_isNotCached() throws Exception {
        try (var classPath = onDisk("\"allow\": [\"io.coffer.spring.*\"]")) {
            var first = classPath.start(ClassPath.COFFER_JSON);
            first.getBean(Library.class).find("one");
            first.getBean(Library.class).find("two");
            first.getBean(Library.class).forget("one");
            first.close();

            var library = classPath.start(ClassPath.COFFER_JSON).getBean(Library.class);
            library.find("one");
            library.find("two");

            assertThat(library.searches()).isEqualTo(1);
        }
    }

    @Test
    void cacheResult_contextIsStartedAgain_isAHitFromDiskAsIsTheException() throws Exception {
        try (var classPath = onDisk("\"allow\": [\"io.coffer.spring.*\"]")) {
            var first = classPath.start(ClassPath.COFFER_JSON);
            var paper = first.getBean(Archive.class).find("title");
            assertThatThrownBy(() -> first.getBean(Archive.class).lost("another"))
                    .isInstanceOf(IllegalStateException.class);
            first.close();

            var archive = classPath.start(ClassPath.COFFER_JSON).getBean(Archive.class);

            assertThat(archive.find("title")).isEqualTo(paper);
            assertThatThrownBy(() -> archive.lost("another"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("lost: another");
            assertThat(archive.searches()).isZero();
        }
    }

    @Test
    void cacheable_classThatIsNotAllowed_failsAtTheFirstCallWithTheLineToAdd() throws Exception {
        try (var classPath = onDisk("");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            assertThatThrownBy(() -> context.getBean(Library.class).find("isbn"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("Cache \"books\"")
                    .hasMessageContaining("io.coffer.spring.Book")
                    .hasMessageContaining("\"allow\": [\"io.coffer.spring.**\"]");
        }
    }

    /** The declared type is allowed, and null is of another: it is to be kept out. */
    @Test
    void cacheable_declaredType_isAHitFromDisk() throws Exception {
        try (var classPath = onDisk("\"keyType\": \"java.lang.String\", \"valueType\": \"io.coffer.spring.Book\"")) {
            var first = classPath.start(ClassPath.COFFER_JSON);
            first.getBean(Library.class).find("isbn");
            first.close();

            var library = classPath.start(ClassPath.COFFER_JSON).getBean(Library.class);

            assertThat(library.find("isbn")).isEqualTo(Book.of("isbn"));
            assertThat(library.searches()).isZero();
        }
    }

    private ClassPath onDisk(String settings) {
        return ClassPath.withCofferJson(
                folder, """
                {
                  "directory": "%s",
                  "defaults": { "store": "log", %s },
                  "caches": { "books": {}, "papers": {}, "failures": {} }
                }
                """.formatted(folder.resolve("stores").toString().replace('\\', '/'), settings));
    }
}
