package io.coffer.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a configuration, and where it stands.
 *
 * @param place where it was written
 * @param namedAt where its name was written; the same as place if it has none
 * @param path the names that lead to it, dotted; empty for the whole
 * @param value what JSON has: a Map of nodes by name, a List of nodes, a String, a Number, a Boolean, or null
 */
record Node(
        Place place, Place namedAt, String path, @Nullable Object value) {
    private static final int SHOWN_MAX = 60;

    Node(Place place, String path, @Nullable Object value) {
        this(place, place, path, value);
    }

    /** Tells whether it stands in {@code defaults}. */
    boolean isOfDefaults() {
        return path.startsWith("defaults.");
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isArray() {
        return value instanceof List;
    }

    /** Returns the members of an object; none if it is no object. */
    @SuppressWarnings("unchecked") // as the reader has made it
    Map<String, Node> members() {
        return value instanceof Map ? (Map<String, Node>) value : Map.of();
    }

    /** Returns the elements of an array; a single value stands for an array of it. */
    @SuppressWarnings("unchecked") // as the reader has made it
    List<Node> elements() {
        return value instanceof List ? (List<Node>) value : List.of(this);
    }

    /** Returns the text as it was written, or null if the value is no text. */
    @Nullable
    String text() {
        return value instanceof String text ? text : null;
    }

    Node withValue(@Nullable Object other) {
        return new Node(place, namedAt, path, other);
    }

    /** Returns the path of a member. */
    String pathOf(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    /** Tells what kind of value it is, for a message that must not show it. */
    String kind() {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        if (value instanceof String) {
            return "a text";
        }
        return value instanceof Number ? "a number" : String.valueOf(value);
    }

    /** Tells what was found, for a message: texts as they were written, without their variables, and the beginning of long ones. */
    String found() {
        if (value instanceof String text) {
            return "\"" + shortened(text) + "\"";
        }
        return value instanceof Number ? shortened(value.toString()) : kind();
    }

    private static String shortened(String text) {
        var start = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", "\u00b7"); // a line break would tear the list of errors
    }
}
