package io.coffer.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /** How the parser begins if the text ends within an object or array, but not within a text or comment. */
    private static final List<String> UNCLOSED =
            List.of("Unexpected end-of-input: expected close marker", "Unexpected end-of-input within/between");

    private final String fileName;
    private final JsonParser parser;
    private final Problems problems;

    /** The objects and arrays that have begun and not yet ended, the innermost first. */
    private final Deque<Open> open = new ArrayDeque<>();

    /** An object or array that has begun, where, and what ends it. */
    private record Open(String kind, Place place, char end) {}

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
            return new JsonText(fileName, parser, problems).wholeOrNull();
        }
    }

    private @Nullable Node wholeOrNull() {
        try {
            return whole();
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
        var root = value(here(), "");
        if (parser.nextToken() != null) {
            problems.add(here(), "", "the text goes on after the end of the configuration");
        }
        return root;
    }

    private Node value(Place namedAt, String path) {
        var place = here();
        return new Node(
                place,
                namedAt,
                path,
                switch (parser.currentToken()) {
                    case START_OBJECT -> members(place, path);
                    case START_ARRAY -> elements(place, path);
                    case VALUE_STRING -> parser.getString();
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> null;
                });
    }

    private Map<String, Node> members(Place begin, String path) {
        open.push(new Open("object", begin, '}'));
        var members = new LinkedHashMap<String, Node>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var place = here();
            parser.nextToken();
            var member = value(place, path.isEmpty() ? name : path + "." + name);
            var first = members.putIfAbsent(name, member);
            if (first != null) {
                problems.add(place, member.path(), "is here a second time; the first is at " + first.namedAt());
            }
        }
        open.pop();
        return members;
    }

    private List<Node> elements(Place begin, String path) {
        open.push(new Open("array", begin, ']'));
        var elements = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(here(), path + "[" + elements.size() + "]"));
        }
        open.pop();
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

    /** Where the text ends too early, the parser knows only what it wanted next; what is missing began earlier. */
    private String words(JacksonException e) {
        var innermost = open.peek();
        var told = String.valueOf(e.getOriginalMessage());
        boolean isOpen = innermost != null && UNCLOSED.stream().anyMatch(told::startsWith);
        return isOpen
                ? "a " + innermost.end() + " is missing for the " + innermost.kind() + " that begins at "
                        + innermost.place()
                : parserWords(e);
    }

    /** The parser's words without what it quotes, which may be a secret, and without what only its programmer understands. */
    private static String parserWords(JacksonException e) {
        return UNTOLD.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    }
}
