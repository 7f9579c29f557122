package io.coffer.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of {@code coffer.json} with something wrong in it, and what is said of that; as listed in wrong-values.txt.
 *
 * @param isOfCache whether it stands in a cache, else at the top
 * @param line a setting and its value
 * @param errors line by line, without the name of the file
 */
record WrongValue(boolean isOfCache, String line, List<String> errors) {
    private static final String RESOURCE = "wrong-values.txt";
    private static final String TOP = "[top]";
    private static final String CACHE = "[cache]";
    private static final String SETTINGS = "$settings";
    private static final String SETTINGS_ARE = "# " + SETTINGS + " stands for: ";

    /** Returns all that are listed. */
    static List<WrongValue> all() {
        var all = new ArrayList<WrongValue>();
        boolean isOfCache = false;
        var settings = "";
        for (var line : lines()) {
            if (line.startsWith(SETTINGS_ARE)) {
                settings = line.substring(SETTINGS_ARE.length());
            } else if (line.startsWith("  ")) {
                all.get(all.size() - 1).errors().add(line.strip().replace(SETTINGS, settings));
            } else if (line.equals(TOP) || line.equals(CACHE)) {
                isOfCache = line.equals(CACHE);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                all.add(new WrongValue(isOfCache, line, new ArrayList<>()));
            }
        }
        return all;
    }

    private static List<String> lines() {
        try (var in = WrongValue.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a file that has nothing wrong in it but this. */
    String text() {
        return isOfCache
                ? "{\n  \"caches\": {\n    \"books\": {\n      " + line + "\n    }\n  }\n}\n"
                : "{\n  " + line + "\n}\n";
    }

    /** Returns the whole message. */
    String message(String location) {
        return "Configuration " + location + " has " + (errors.size() == 1 ? "1 error" : errors.size() + " errors")
                + ":" + errors.stream().map(error -> "\n  coffer.json:" + error).collect(Collectors.joining());
    }

    /** Tells whether a setting is what the line is about. */
    boolean isOf(String setting) {
        return line.startsWith("\"" + setting + "\":");
    }

    /** Tells whether a setting within another is what the line is about. */
    boolean isOf(String setting, String member) {
        return isOf(setting) && line.contains("\"" + member + "\":");
    }

    @Override
    public String toString() {
        return line;
    }
}
