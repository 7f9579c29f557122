package io.coffer.config;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema as it is in the jar, in the hands of a validator that is not ours. */
final class ShippedSchema {
    private static final String RESOURCE = "/io/coffer/coffer.schema.json";
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private final String text = read();
    private final JsonNode root = JSON.readTree(text);
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Schema schema = registry.getSchema(text, InputFormat.JSON);

    private static String read() {
        try (var in = ShippedSchema.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    JsonNode root() {
        return root;
    }

    /** Returns what describes an object at a place: itself, or the object among what it may be. */
    JsonNode objectAt(String pointer) {
        var node = root.at(pointer);
        while (!node.has("properties")) {
            node = node.has("items") && node.get("items").toString().contains("\"properties\"")
                    ? node.get("items")
                    : alternativeOf(node);
        }
        return node;
    }

    private static JsonNode alternativeOf(JsonNode node) {
        for (var alternative : node.path("anyOf")) {
            if (alternative.toString().contains("\"properties\"")) {
                return alternative;
            }
        }
        throw new AssertionError("No object is described in " + node);
    }

    /** Returns what is wrong with a file, which may have comments and trailing commas. */
    List<String> errors(String file) {
        return schema.validate(JSON.readTree(file)).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    boolean accepts(String file) {
        return errors(file).isEmpty();
    }

    /** Returns what is wrong with the schema itself. */
    List<String> errorsAgainstItsDialect() {
        return registry.getSchema(SchemaLocation.of(DIALECT)).validate(root).stream()
                .map(Object::toString)
                .toList();
    }
}
