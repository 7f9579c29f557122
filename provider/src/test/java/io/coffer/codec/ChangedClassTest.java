package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.StoreConfiguration.OnUndecodable;
import io.coffer.jcache.CacheFixture;
import io.coffer.jcache.CofferCachingProvider;
import io.coffer.testing.CofferJson;
import io.coffer.testing.CompiledClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that one version of a class has written, and another version of the class would read. */
class ChangedClassTest {
    private static final String BOOK = "com.acme.Book";

    private static final String PART = """
            class com.acme.Part implements java.io.Serializable {
              private static final long serialVersionUID = 1L;
              public java.util.List<Line> lines = java.util.List.of(new Line());
              public String toString() { return lines.toString(); }
            }""";

    private static final String LINE =
            "record com.acme.Line (long number) implements java.io.Serializable { public Line() { this(7); } }";

    private static final String WORD = LINE.replace("Line", "Word");

    private static final List<String> RECORDS = List.of("""
            record com.acme.Book (String title, int pages, Part part) implements java.io.Serializable {
              public Book() { this("Emma", 474, new Part()); }
            }""", PART, LINE, WORD);

    private static final List<String> CLASSES = List.of("""
            class com.acme.Book extends Work implements java.io.Serializable {
              private static final long serialVersionUID = 1L;
              public String title = "Emma";
              public int pages = 474;
              public Part part = new Part();
              public String toString() { return "" + title + pages + part; }
            }""", "class com.acme.Work { }", PART, LINE, WORD);

    @TempDir
    Path folder;

    private enum Form {
        JAVA,
        JSON
    }

    /** What changes: from what sources, to what. */
    private record Change(String name, List<String> from, List<String> to) {

        /** Replaces texts of the sources: what follows are pairs of each and what it becomes. */
        static Change of(String name, List<String> sources, String... pairs) {
            var to = String.join("\0", sources);
            for (int i = 0; i < pairs.length; i += 2) {
                assertThat(to).contains(pairs[i]);
                to = to.replace(pairs[i], pairs[i + 1]);
            }
            return new Change(name, sources, List.of(to.split("\0")));
        }

        /** The java codec does not know what a list was declared to hold. */
        boolean isSeenBy(Form form) {
            return form == Form.JSON || !name.equals("other elements");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                        Change.of(
                                "record, added",
                                RECORDS,
                                "Part part",
                                "Part part, String author",
                                "new Part()",
                                "new Part(), \"Austen\""),
                        Change.of("record, renamed", RECORDS, "String title", "String name"),
                        Change.of("record, removed", RECORDS, "int pages, ", "", "474, ", ""),
                        Change.of("record, retyped", RECORDS, "int pages", "long pages"),
                        Change.of("class, added", CLASSES, "public int", "public String author = \"?\"; public int"),
                        Change.of("class, renamed", CLASSES, "title", "name"),
                        Change.of("class, removed", CLASSES, "public int pages = 474;", "", " + pages", ""),
                        Change.of("class, retyped", CLASSES, "String title", "Object title"),
                        Change.of("superclass, added", CLASSES, "Work { }", SERIALIZABLE_WORK),
                        Change.of("part, added", RECORDS, "public java", "public int count = 5; public java"),
                        Change.of("element, renamed", CLASSES, "number", "index"),
                        Change.of("other elements", CLASSES, "List<Line>", "List<Word>", "new Line()", "new Word()"))
                .flatMap(change ->
                        Stream.of(Form.values()).filter(change::isSeenBy).map(form -> Arguments.of(change, form)));
    }

    private static final String SERIALIZABLE_WORK = "Work implements java.io.Serializable { public int year = 1816; }";

    @ParameterizedTest
    @MethodSource("changes")
    void get_classHasChanged_throwsOrIsAMissThatIsRemovedAndCounted(Change change, Form form) throws IOException {
        try (var open = new Opened("first", change.from(), form, OnUndecodable.REMOVE)) {
            open.cache.put("a", open.book());
        }

        try (var open = new Opened("throwing", change.to(), form, OnUndecodable.THROW)) {
            assertThatThrownBy(() -> open.cache.get("a"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("Cache \"books\", value");
            assertThatThrownBy(() -> open.cache.get("a")).isInstanceOf(CacheException.class);
        }
        try (var open = new Opened("removing", change.to(), form, OnUndecodable.REMOVE)) {
            assertThat(open.cache.get("a")).isNull();
            assertThat(open.cache.get("a")).isNull();
            assertThat(open.cache.iterator().hasNext()).isFalse();
            assertThat(open.cache.counters().store().undecodable()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void get_classesAreCompiledAnew_isTheValue(Form form) throws IOException {
        for (var sources : List.of(RECORDS, CLASSES)) {
            try (var open = new Opened("first", sources, form, OnUndecodable.REMOVE)) {
                open.cache.put("a", open.book());
            }

            try (var open = new Opened("second", sources, form, OnUndecodable.REMOVE)) {
                assertThat(open.cache.get("a")).hasToString(open.book().toString());
                assertThat(open.cache.counters().store().undecodable()).isZero();
            }
        }
    }

    /** An application with its version of the classes, and the cache of it. */
    private final class Opened implements AutoCloseable {
        private final CofferCachingProvider provider = new CofferCachingProvider();
        private final CompiledClasses classes;
        private final CofferCache<Object, Object> cache;

        Opened(String name, List<String> sources, Form form, OnUndecodable onUndecodable) {
            classes = new CompiledClasses(folder.resolve(name), sources.toArray(String[]::new));
            var properties = new Properties();
            properties.setProperty("coffer.directory", folder.resolve("stores").toString());
            var configuration = new CofferConfiguration<Object, Object>()
                    .setStore(StoreConfiguration.log().setAllow("com.acme.**").setOnUndecodable(onUndecodable));
            if (form == Form.JSON) {
                configuration.setCodec(codec(book().getClass()));
            }
            cache = CacheFixture.beyond(
                    provider.getCacheManager(CofferJson.write(folder, "{ }"), classes.loader(), properties)
                            .createCache("books", configuration));
        }

        @SuppressWarnings("unchecked") // there are no other values
        private static JsonCodec<Object> codec(Class<?> type) {
            return JsonCodec.of((Class<Object>) type);
        }

        Object book() {
            return classes.instance(BOOK);
        }

        @Override
        public void close() throws IOException {
            provider.close();
            classes.close();
        }
    }
}
