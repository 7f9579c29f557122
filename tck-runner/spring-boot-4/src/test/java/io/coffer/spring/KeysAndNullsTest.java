package io.coffer.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.NullValue;

/** What Spring makes of parameters and of null, and what Coffer makes of that. */
class KeysAndNullsTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> keys() {
        return Stream.of(
                key("two parameters", library -> library.find("isbn", 2), new SimpleKey("isbn", 2)),
                key("none", Library::newest, SimpleKey.EMPTY),
                key("a number", library -> library.number(7), 7),
                key("an enum", library -> library.bought(DayOfWeek.MONDAY), DayOfWeek.MONDAY),
                key("a record", library -> library.findEdition(new Edition("isbn", 2)), new Edition("isbn", 2)));
    }

    private static Arguments key(String name, Function<Library, Object> call, Object key) {
        return Arguments.of(name, call, key);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void cacheable_parameters_areFoundAgainUnderTheirKey(String name, Function<Library, Object> call, Object key)
            throws Exception {
        try (var classPath = books("{}");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);

            var first = call.apply(library);

            assertThat(call.apply(library)).isEqualTo(first);
            assertThat(library.searches()).isEqualTo(1);
            assertThat(booksOf(context.getBean(CacheManager.class)).containsKey(key))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("untyped")
    void cacheable_nullResult_isCachedAsTheOneNullValue(String settings) throws Exception {
        try (var classPath = books(settings);
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);

            assertThat(library.find(Library.UNKNOWN)).isNull();
            assertThat(library.find(Library.UNKNOWN)).isNull();
            assertThat(library.findOnce(Library.UNKNOWN)).isNull();

            assertThat(library.searches()).isEqualTo(1);
            // Spring compares it by identity, so that decoding must not make another one.
            assertThat(booksOf(context.getBean(CacheManager.class)).get(Library.UNKNOWN))
                    .isSameAs(NullValue.INSTANCE);
        }
    }

    static Stream<String> untyped() {
        return Stream.of("{}", "{ \"storeByValue\": false }", "{ \"maxBytes\": \"1MB\" }");
    }

    @Test
    void cacheable_nullResultInATypedCache_isRefusedAndSaysWhatToDo() throws Exception {
        try (var classPath = books("{ \"valueType\": \"io.coffer.spring.Book\" }");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);

            assertThatThrownBy(() -> library.find(Library.UNKNOWN))
                    .isInstanceOf(ClassCastException.class)
                    .hasMessageContaining("Cache \"books\"")
                    .hasMessageContaining("org.springframework.cache.support.NullValue")
                    .hasMessageContaining("io.coffer.spring.Book")
                    .hasMessageContaining("Spring puts it for a null result: write unless = \"#result == null\"");
            assertThat(library.find("isbn")).isEqualTo(Book.of("isbn"));
        }
    }

    @Test
    void cacheable_twoParametersInACacheWithAKeyType_isRefusedWithBothTypes() throws Exception {
        try (var classPath = books("{ \"keyType\": \"java.lang.String\" }");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);

            assertThatThrownBy(() -> library.find("isbn", 2))
                    .isInstanceOf(ClassCastException.class)
                    .hasMessageContaining("Cache \"books\"")
                    .hasMessageContaining("org.springframework.cache.interceptor.SimpleKey")
                    .hasMessageContaining("java.lang.String")
                    .hasMessageContaining("Spring makes it of several parameters");
        }
    }

    @Test
    void cacheable_jsonCodec_decodesTheDeclaredType() throws Exception {
        try (var classPath = books("{ \"codec\": \"json\", \"valueType\": \"io.coffer.spring.Book\" }");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var library = context.getBean(Library.class);
            library.find("isbn");

            assertThat(library.find("isbn")).isEqualTo(Book.of("isbn"));
            assertThat(library.searches()).isEqualTo(1);
        }
    }

    @Test
    void springPut_valueThatIsNotSerializable_isRefusedAndSaysWhatToDo() throws Exception {
        try (var classPath = books("{}");
                var context = classPath.start(ClassPath.COFFER_JSON)) {
            var cache = context.getBean(org.springframework.cache.CacheManager.class)
                    .getCache("books");

            assertThatThrownBy(() -> cache.put("key", new Object()))
                    .hasMessageContaining("java.lang.Object")
                    .hasMessageContaining("java.io.Serializable")
                    .hasMessageContaining("\"storeByValue\": false")
                    .hasRootCauseInstanceOf(NotSerializableException.class);
        }
    }

    private ClassPath books(String settings) {
        return ClassPath.withCofferJson(folder, "{ \"caches\": { \"books\": " + settings + " } }");
    }

    private static Cache<Object, Object> booksOf(CacheManager manager) {
        return manager.getCache("books");
    }
}
