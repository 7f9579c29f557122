package io.coffer.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lays properties over a configuration: {@code coffer.caches.books.maxEntries=5000} is the dotted path of the file, after a
 * prefix. A cache's name may have dots itself; the setting is what comes last.
 */
record PropertyOverrides(Problems problems) {
    private static final String PREFIX = "coffer.";
    private static final String CACHES = "caches";
    private static final Map<String, Set<String>> NESTED = Map.of("expiry", ExpiryForm.NAMES, "key", KeyForm.NAMES);

    /** Returns the configuration with all properties in it that begin with the prefix. */
    Node over(Node root, Properties properties) {
        var names = new TreeSet<>(properties.stringPropertyNames()); // also those that are only defaults
        properties.keySet().forEach(key -> names.add(String.valueOf(key))); // also those whose values are no texts
        for (var name : names) {
            if (name.startsWith(PREFIX)) {
                var path = path(name.substring(PREFIX.length()));
                root = with(root, path, node(name, path, properties));
            }
        }
        return root;
    }

    private Node node(String name, List<String> path, Properties properties) {
        var text = properties.getProperty(name);
        var value = text == null ? properties.get(name) : text;
        var node = new Node(Place.ofProperty(name), String.join(".", path), value);
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            problems.add(
                    node,
                    "is an object"
                            + (value == null ? "" : " of " + value.getClass().getName()) + "; expected a text");
        }
        return node;
    }

    private static List<String> path(String dotted) {
        var names = new ArrayList<>(Arrays.asList(dotted.split("\\.", -1)));
        if (!names.get(0).equals(CACHES)) {
            return names;
        }
        int size = names.size();
        boolean isNested =
                size > 3 && NESTED.getOrDefault(names.get(size - 2), Set.of()).contains(names.get(size - 1));
        int settings = isNested ? 2 : 1;
        if (size <= settings + 1) {
            return names; // no cache is named; who reads it will say so
        }
        return Stream.of(
                        List.of(CACHES),
                        List.of(String.join(".", names.subList(1, size - settings))),
                        names.subList(size - settings, size))
                .flatMap(List::stream)
                .toList();
    }

    private Node with(Node object, List<String> path, Node value) {
        if (path.isEmpty()) {
            return value;
        }
        if (!object.isObject()) {
            problems.add(value, "cannot be set in " + object.kind() + " (" + object.place() + ")");
            return object;
        }
        var members = new LinkedHashMap<>(object.members());
        var name = path.get(0);
        var empty = new LinkedHashMap<String, Node>();
        var member = members.getOrDefault(name, new Node(value.place(), object.pathOf(name), empty));
        members.put(name, with(member, path.subList(1, path.size()), value));
        return object.withValue(members);
    }
}
