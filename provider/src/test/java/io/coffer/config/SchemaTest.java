package io.coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coffer.testing.CofferJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The schema that ships says what the reader does. */
class SchemaTest {
    private final ShippedSchema schema = new ShippedSchema();

    @TempDir
    Path folder;

    static Stream<Arguments> levels() {
        return Stream.of(
                Arguments.of("", Vocabulary.ofTop()),
                Arguments.of("/$defs/cache", Vocabulary.ofCache()),
                Arguments.of("/$defs/cache/properties/expiry", Vocabulary.ofExpiry()),
                Arguments.of("/$defs/key", Vocabulary.ofKey()),
                Arguments.of("/$defs/listener", Vocabulary.ofListener()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("levels")
    void schema_namesAtEachLevel_areThoseOfTheReader(String pointer, Set<String> names) {
        var object = schema.objectAt(pointer);

        assertThat(object.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(object.get("additionalProperties").asString())
                .as("other names")
                .isEqualTo("false");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("levels")
    void schema_everyName_isDescribedInASentence(String pointer, Set<String> names) {
        var properties = schema.objectAt(pointer).get("properties");

        assertThat(properties.propertyNames())
                .allSatisfy(name -> assertThat(
                                properties.get(name).path("description").asString(""))
                        .as("description of %s", name)
                        .hasSizeGreaterThan(20)
                        .endsWith("."));
    }

    @Test
    void schema_itself_isOfItsDialectAndFindsAllItRefersTo() {
        assertThat(schema.errorsAgainstItsDialect()).isEmpty();
        var references = new ArrayList<String>();
        collectReferences(schema.root(), references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                schema.root().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        if (node.isObject() && node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
        node.forEach(child -> collectReferences(child, references));
    }

    /** Whether classes, variables and contradictions are right, a schema cannot know; the rest it refuses as the reader does. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongValues")
    void schema_wrongValue_isRefusedUnlessItCannotBeKnown(WrongValue wrong) {
        assertThat(schema.accepts(wrong.text())).isEqualTo(isBeyondASchema(wrong));
    }

    static List<WrongValue> wrongValues() {
        return WrongValue.all();
    }

    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "there is no class \"[^\"]+\" that could be loaded",
            "class \".*\" is no ",
            "class \".*\" is abstract",
            "class \".*\" is not public",
            "class \".*\" has no public constructor",
            "class \".*\" cannot be made an object of",
            "the constructor of class \".*\" failed",
            "the environment variable UNSET is not set",
            "found \"\\$\\{SET}\"",
            "is (read|write)-through without",
            "has \\w+ but is not read-through",
            "is bounded by maxBytes and stores by reference",
            "has a weigher but no maxBytes",
            "has a store and a weigher",
            "has a syncInterval, but its durability",
            "has a maxDiskBytes of less than",
            "has onFull, but neither",
            "this cache lives in memory only",
            "this cache is not encrypted",
            "is to be encrypted, but has no key",
            "has \"memory\": \"sealed\" and stores by reference",
            "found a key, which must not stand here",
            "found \"[^\"]+\"; expected the name of a provider of cryptography",
            "found \"129MB\"; expected a number of bytes from 1",
            "found \"(1|1023KB|1_048_575 b)\"; expected a number of bytes from 1048576 on",
            // To a schema, 1e3 is a whole number.
            "found 1000\\.0; expected a whole number",
            // Numbers written as they should be, but too large or too small: a pattern counts no digits.
            "found \"?[0-9_]+(TB)?\"?; expected a number( of bytes)? up to",
            "found \"[0-9]*[1-9][0-9]*[sd]\"; expected a time",
            "found \"PT0.0001S\"; expected a time");

    private static boolean isBeyondASchema(WrongValue wrong) {
        return !wrong.isOf("version")
                && wrong.errors().stream()
                        .allMatch(error ->
                                BEYOND_A_SCHEMA.stream().anyMatch(known -> error.matches("(?s).*: " + known + ".*")));
    }

    static List<String> goodValues() {
        return GoodValues.ALL;
    }

    @ParameterizedTest
    @MethodSource("goodValues")
    void schema_goodValue_isAcceptedByBoth(String settings) {
        var text = CofferJson.ofBooks(settings);

        assertThat(schema.errors(text)).isEmpty();
        assertThat(catchThrowable(() -> new Reader(folder).with("SET", "5").read(text)))
                .as("the reader")
                .isNull();
    }

    @Test
    void goodValues_everySetting_hasSome() {
        var without = new TreeSet<String>();
        Vocabulary.ofCache().forEach(name -> {
            if (GoodValues.ALL.stream().noneMatch(row -> row.contains("\"" + name + "\":"))) {
                without.add(name);
            }
        });

        assertThat(without).isEmpty();
    }

    @Test
    void schema_wholeFile_isAcceptedByBoth() {
        var text = """
                { "$schema": "./coffer.schema.json", "version": 1, "defaults": { "statistics": true },
                  "caches": { "books": { }, "": { }, "a.b/c ü": { "maxEntries": 5 } } }""";

        assertThat(schema.errors(text)).isEmpty();
        assertThat(new Reader(folder).read(text).cacheNames()).containsExactlyInAnyOrder("books", "", "a.b/c ü");
    }

    @Test
    void schema_readAsAConfiguration_isRefused() {
        assertThat(catchThrowable(() -> new Reader(folder).read(schema.text())))
                .isExactlyInstanceOf(CacheException.class);
    }
}
