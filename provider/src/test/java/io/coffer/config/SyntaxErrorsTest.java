package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.CofferJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no JSON, or more than that. */
class SyntaxErrorsTest {
    private static final String VALID = CofferJson.ofBooks("\"maxEntries\": 5");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// first\n{ /* second */ \"caches\": { \"books\": { } } } // last",
                "/* many\n * lines\n */\n{ \"caches\": { \"books\": { } } }\n/* end */",
                "{ \"caches\": { \"books\": { \"maxEntries\": 5, }, }, }",
                "{ \"caches\": { \"books\": { \"listeners\": [ \"io.coffer.config.AllRoles$Fit\", ], }, }, }",
                "\uFEFF{ \"caches\": { \"books\": { } } }",
                "\r\n\t{\r\n\"caches\"\t:{\"books\":{}}}\r\n\r\n",
                "{ \"caches\": { \"\\u0062ooks\": { } } }"
            })
    void read_commentsTrailingCommasAndTheLike_areFine(String text) {
        assertThat(new Reader(folder).read(text).cacheNames()).containsExactly("books");
    }

    static Stream<Arguments> noJson() {
        return Stream.of(
                Arguments.of("missing comma", "{\n\"caches\": { \"a\": { } \"b\": { } } }", "2:22: this is not JSON: "),
                Arguments.of("missing colon", "{ \"caches\" { } }", "1:12: this is not JSON: "),
                Arguments.of("missing value", "{ \"caches\": }", "1:13: this is not JSON: "),
                Arguments.of("unclosed object", "{ \"caches\": {\n  \"a\": { }\n", "3:1: this is not JSON: "),
                Arguments.of("unclosed text", "{ \"caches", "1:10: this is not JSON: "),
                Arguments.of("unclosed comment", "{ } /* end", "1:11: this is not JSON: "),
                Arguments.of("wrong bracket", "{ \"caches\": { ] }", "1:15: this is not JSON: "),
                Arguments.of("single quotes", "{ 'caches': { } }", "1:3: this is not JSON: "),
                Arguments.of("no quotes", "{ caches: { } }", "1:3: this is not JSON: "),
                Arguments.of("shell comment", "# caches\n{ }", "1:1: this is not JSON: "),
                Arguments.of("line break in text", "{ \"cach\nes\": { } }", ": this is not JSON: "),
                Arguments.of("trailing garbage", VALID + " }", ": this is not JSON: "),
                Arguments.of("trailing word", VALID + " end", ": this is not JSON: "),
                Arguments.of("leading zero", CofferJson.ofBooks("\"maxEntries\": 05"), ": this is not JSON: "),
                Arguments.of("hexadecimal", CofferJson.ofBooks("\"maxEntries\": 0x5"), ": this is not JSON: "),
                Arguments.of("not a number", CofferJson.ofBooks("\"maxEntries\": NaN"), ": this is not JSON: "),
                Arguments.of("deep arrays", "[".repeat(10_000) + "]".repeat(10_000), ": this is not JSON: "),
                Arguments.of("deep objects", "{\"caches\":".repeat(10_000), ": this is not JSON: "),
                Arguments.of(
                        "deep under a name", "{\"caches\": { \"a\": " + "[".repeat(10_000), ": this is not JSON: "),
                Arguments.of(
                        "number of 100,000 digits",
                        CofferJson.ofBooks("\"maxEntries\": " + "9".repeat(100_000)),
                        ": this is not JSON: "),
                Arguments.of(
                        "name of 100,000 letters", "{ \"" + "x".repeat(100_000) + "\": 1 }", ": this is not JSON: "));
    }

    /** How a parser puts it is its affair; it says where, and nothing of its own insides. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("noJson")
    void read_noJson_saysWhere(String name, String text, String expected) {
        assertThat(new Reader(folder).errorsOf(text))
                .startsWith("coffer.json:")
                .contains(expected)
                .hasLineCount(1)
                .hasSizeLessThan(300)
                .doesNotContain("REDACTED", "StreamRead", "getMax", "UNKNOWN", "tools.jackson");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"caches\": { \"books\": { \"maxEntries\": 10 } | 1:44 | a } | object | 1:13",
                "{ \"caches\": { \"books\": { \"maxEntries\": 10 | 1:42 | a } | object | 1:24",
                "{ \"caches\": { \"books\": { } } | 1:29 | a } | object | 1:1",
                "{ \"caches\": { \"books\": | 1:23 | a } | object | 1:13",
                "{ \"caches\": { \"books\": { \"listeners\": [ \"a\" | 1:44 | a ] | array | 1:39",
                "{ \"caches\": { \"books\": { \"listeners\": [ ], | 1:43 | a } | object | 1:24"
            })
    void read_endIsMissing_saysOfWhat(String text, String end, String missing, String kind, String begin) {
        assertThat(new Reader(folder).errorsOf(text))
                .isEqualTo("coffer.json:" + end + ": this is not JSON: " + missing + " is missing for the " + kind
                        + " that begins at coffer.json:" + begin);
    }

    @Test
    void read_syntaxError_isNotFollowedByOthers() {
        assertThat(new Reader(folder).errorsOf("{ \"caches\": { \"books\": { \"maxEntries\": -1 } "))
                .hasLineCount(1)
                .contains("this is not JSON");
    }

    @Test
    void read_syntaxErrorAndWrongProperty_tellsBoth() {
        assertThat(new Reader(folder).withProperty("coffer.cache", "x").errorsOf("{ ! }"))
                .startsWith("property coffer.cache (cache): there is no such setting; did you mean \"caches\"?")
                .contains("\ncoffer.json:1:3: this is not JSON: ");
    }

    @Test
    void read_twoDocuments_isRefusedWhereTheSecondBegins() {
        assertThat(new Reader(folder).errorsOf("{ }\n{ }"))
                .isEqualTo("coffer.json:2:1: the text goes on after the end of the configuration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "// nothing yet\n", "\uFEFF"})
    void read_emptyFile_saysSo(String text) {
        assertThat(new Reader(folder).errorsOf(text))
                .startsWith("coffer.json:1:1: ")
                .contains("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "5", "true", "\"caches\""})
    void read_noObject_isRefused(String text) {
        assertThat(new Reader(folder).errorsOf(text))
                .startsWith("coffer.json:1:1: found ")
                .endsWith("; expected an object such as { \"caches\": { … } }");
    }

    @Test
    void read_numbersBeyondAllBounds_areRefusedAtOnce() {
        assertThat(new Reader(folder).errorsOf("""
                                { "defaults": {
                                "maxEntries": 1e999999999,
                                "maxBytes": 1e-999999999,
                                "expiry": { "created": 99999999999999999999e99999 } } }
                                """))
                .hasLineCount(3)
                .contains("coffer.json:2:15 (defaults.maxEntries): found ")
                .contains("coffer.json:3:13 (defaults.maxBytes): found ")
                .contains("coffer.json:4:24 (defaults.expiry.created): found ");
    }

    @Test
    void read_namesTwice_isRefusedAtEachLevelWithBothPlaces() {
        assertThat(new Reader(folder).errorsOf("""
                { "version": 1,
                  "version": 1,
                  "caches": { "books": { "maxEntries": 1,
                                         "maxEntries": 2 },
                              "books": { } } }
                """)).isEqualTo("""
                coffer.json:2:3 (version): is here a second time; the first is at coffer.json:1:3
                coffer.json:4:26 (caches.books.maxEntries): is here a second time; the first is at coffer.json:3:26
                coffer.json:5:15 (caches.books): is here a second time; the first is at coffer.json:3:15""");
    }

    @Test
    void read_notUtf8_isRefused() {
        var uri = CofferJson.write(folder, "{ \"caches\": { \"bücher\": { } } }".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new Reader(folder).refusalOf(uri)).isEqualTo("Configuration " + uri + " is not written in UTF-8");
    }

    @Test
    void read_utf16_isRefused() {
        var uri = CofferJson.write(folder, VALID.getBytes(StandardCharsets.UTF_16));

        assertThat(new Reader(folder).refusalOf(uri)).isEqualTo("Configuration " + uri + " is not written in UTF-8");
    }

    @Test
    void read_largest_isFineAndOneByteMoreIsNot() {
        var largest = VALID + " ".repeat((1 << 20) - VALID.length());

        assertThat(new Reader(folder).read(largest).cacheNames()).containsExactly("books");
        var uri = CofferJson.write(folder, largest + " ");
        assertThat(new Reader(folder).refusalOf(uri))
                .isEqualTo("Configuration " + uri + " is larger than 1 MiB; is it the right file?");
    }

    /** Patterns of the JDK call themselves for what is repeated. */
    @Test
    void read_endlessRepetitions_endNoStack() {
        var blanks = "\n\t".repeat(250_000);

        assertThat(new Reader(folder).read(blanks + VALID).cacheNames()).containsExactly("books");
        assertThat(new Reader(folder).read("// x\n".repeat(20_000) + VALID).cacheNames())
                .containsExactly("books");
        assertThat(new Reader(folder).errorsOf("<!-- x -->\n".repeat(10_000) + "{ }"))
                .contains("this is not JSON");
        assertThat(new Reader(folder)
                        .errorsOf(CofferJson.ofBooks("\"expiry\": { \"created\": \"" + "1s".repeat(100_000) + "x\" }")))
                .contains("(caches.books.expiry.created): found \"1s1s1s");
        assertThat(new Reader(folder).errorsOf(CofferJson.ofBooks("\"store\": \"" + "${X:".repeat(100_000) + "\"")))
                .contains("(caches.books.store): ");
        assertThat(new Reader(folder).errorsOf(CofferJson.ofBooks("\"maxBytes\": \"" + "1_".repeat(100_000) + " KB\"")))
                .contains("(caches.books.maxBytes): found \"1_1_1_");
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 100_000})
    void read_arrayOfTooManyDimensions_isRefused(int dimensions) {
        assertThat(new Reader(folder)
                        .errorsOf(CofferJson.ofBooks("\"valueType\": \"int" + "[]".repeat(dimensions) + "\"")))
                .startsWith("coffer.json:1:39 (caches.books.valueType): there is no class \"int[][]");
    }
}
