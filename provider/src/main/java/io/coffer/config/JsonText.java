package io.coffer.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON, with comments and trailing commas, into nodes that know where they stand. For one thread. */
final class JsonText {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private static final Pattern UNTOLD = Pattern.compile(
            " '.*?'(?=:)| ?\\((start marker|for \\w+ starting) at.*|, from `.*| \\(`Stream.*", Pattern.DOTALL);

    private final String fileName;
    private final JsonParser parser;
    private final Problems problems;

    private JsonText(String fileName, JsonParser parser, Problems problems) {
        this.fileName = fileName;
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * Reads a whole text; null if it is no JSON, which is a problem.
     *
     * @param fileName names the file in places
     * @param text the text
     * @param problems gets what is wrong
     */
    static @Nullable Node read(String fileName, String text, Problems problems) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new JsonText(fileName, parser, problems).whole();
        } catch (JacksonException e) {
            problems.add(place(fileName, e.getLocation()), "", "this is not JSON: " + words(e));
            return null;
        }
    }

    private Node whole() {
        if (parser.nextToken() == null) {
            problems.add(
                    new Place(fileName, 1, 1), "", "the file is empty; expected an object such as { \"caches\": { } }");
            return new Node(new Place(fileName, 1, 1), "", Map.of());
        }
        var root = value("");
        if (parser.nextToken() != null) {
            problems.add(here(), "", "the text goes on after the end of the configuration");
        }
        return root;
    }

    private Node value(String path) {
        var place = here();
        return new Node(
                place,
                path,
                switch (parser.currentToken()) {
                    case START_OBJECT -> members(path);
                    case START_ARRAY -> elements(path);
                    case VALUE_STRING -> parser.getString();
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> null;
                });
    }

    private Map<String, Node> members(String path) {
        var members = new LinkedHashMap<String, Node>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var place = here();
            parser.nextToken();
            var member = value(path.isEmpty() ? name : path + "." + name);
            var first = members.putIfAbsent(name, member);
            if (first != null) {
                problems.add(place, member.path(), "is here a second time; the first is at " + first.place());
            }
        }
        return members;
    }

    private List<Node> elements(String path) {
        var elements = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private Place here() {
        return place(fileName, parser.currentTokenLocation());
    }

    private static Place place(String fileName, @Nullable TokenStreamLocation location) {
        return location == null
                ? new Place(fileName, 1, 1)
                : new Place(fileName, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** The parser's words without what it quotes, which may be a secret, and without what only its programmer understands. */
    private static String words(JacksonException e) {
        return UNTOLD.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    }
}
