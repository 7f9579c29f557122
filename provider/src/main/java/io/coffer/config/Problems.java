package io.coffer.config;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.cache.CacheException;

/** All that is wrong with one configuration, so that its writer learns of everything at once. For one thread. */
final class Problems {
    private static final int SHOWN_MAX = 30;

    private final String source;
    private final List<Problem> all = new ArrayList<>();

    private record Problem(Place place, String path, String text) {}

    /**
     * Begins without any.
     *
     * @param source names the file for a message
     */
    Problems(String source) {
        this.source = source;
    }

    /** Tells whether one of some settings has a problem, in the object of a path. */
    boolean areIn(String path, Set<String> settings) {
        return settings.stream().map(setting -> path + "." + setting).anyMatch(this::areAt);
    }

    private boolean areAt(String path) {
        return all.stream()
                .map(Problem::path)
                .anyMatch(known -> known.equals(path) || known.startsWith(path + ".") || known.startsWith(path + "["));
    }

    /** Adds what is wrong with a value. */
    void add(Node node, String message) {
        add(node.place(), node.path(), message);
    }

    /** Adds what is wrong with a setting whatever its value is. */
    void addToName(Node node, String message) {
        add(node.namedAt(), node.path(), message);
    }

    /** Adds what is wrong at a place. */
    void add(Place place, String path, String message) {
        all.add(new Problem(
                place, path, path.isEmpty() ? place + ": " + message : place + " (" + path + "): " + message));
    }

    /** Adds the members of an object that do not exist. */
    void refuseUnknown(Node object, Set<String> allowed) {
        object.members().forEach((name, member) -> {
            if (!allowed.contains(name)) {
                refuseName(member, name, allowed);
            }
        });
    }

    /** Adds a member that does not exist. */
    void refuseName(Node member, String name, Set<String> allowed) {
        addToName(member, "there is no such setting" + Suggestion.among(allowed, name));
    }

    /**
     * Ends the reading if anything was wrong.
     *
     * @throws CacheException if so, with a line for each problem
     */
    void throwIfAny() {
        if (!all.isEmpty()) {
            var count = all.size() == 1 ? "1 error" : all.size() + " errors";
            var lines = all.stream()
                    .sorted(comparingInt((Problem problem) -> problem.place().line())
                            .thenComparingInt(problem -> problem.place().column()))
                    .limit(SHOWN_MAX)
                    .map(Problem::text)
                    .collect(joining("\n  "));
            throw new CacheException(source + " has " + count + ":\n  " + lines
                    + (all.size() > SHOWN_MAX ? "\n  and " + (all.size() - SHOWN_MAX) + " more" : ""));
        }
    }
}
