package io.coffer.config;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file as it is written, with the properties laid over it: names are checked, values are not yet read.
 *
 * @param source names the file in messages
 * @param top what is said of the manager, by name
 * @param defaults settings of all caches, by name
 * @param caches the caches, by name; each an object of its settings
 */
record Document(String source, Map<String, Node> top, Map<String, Node> defaults, Map<String, Node> caches) {
    static final Set<String> NAMES = Set.of("$schema", "version", "directory", "defaults", "caches");

    /** What is said instead of a setting that names a folder. */
    static final String DIRECTORY_FOR_ALL = "\"directory\", and stands beside \"caches\", once for all caches";

    /** What those who come from other caches write at the top. */
    private static final Set<String> OTHER_WORDS_FOR_DIRECTORY = Set.of("dir", "path");

    /** Reads a file, if there is one, and lays the properties over it. */
    static Document of(@Nullable ConfigurationFile file, Properties properties, Problems problems) {
        var source = file == null ? "a property of the CacheManager" : file.name();
        var root = file == null ? null : JsonText.read(file.name(), file.text(), problems);
        if (root == null) {
            root = new Node(new Place(source, 0, 0), "", Map.of());
        }
        if (!root.isObject()) {
            problems.add(root, "found " + root.kind() + "; expected an object such as { \"caches\": { … } }");
        }
        root = new PropertyOverrides(problems).over(root, properties);
        checkTop(root, problems);
        var defaults = objectAt(root, "defaults", problems);
        var caches = objectAt(root, "caches", problems);
        Settings.checkNames(defaults, problems);
        for (var cache : caches.members().values()) {
            if (cache.isObject()) {
                Settings.checkNames(cache, problems);
            } else {
                problems.add(cache, "found " + cache.kind() + "; expected an object of settings, such as { }");
            }
        }
        return new Document(source, root.members(), defaults.members(), caches.members());
    }

    private static void checkTop(Node root, Problems problems) {
        var members = root.members();
        members.forEach((name, member) -> {
            if (OTHER_WORDS_FOR_DIRECTORY.contains(name)) {
                problems.addToName(member, "there is no such setting; here it is called \"directory\"");
            } else if (!NAMES.contains(name)) {
                problems.refuseName(member, name, NAMES);
            }
        });
        var version = members.get("version");
        if (version != null && !"1".equals(String.valueOf(version.value()))) {
            problems.add(version, "found " + version.found() + "; expected 1, the only version of this format");
        }
        var schema = members.get("$schema");
        if (schema != null && schema.text() == null) {
            problems.add(schema, "found " + schema.found() + "; expected a text that says where the schema is");
        }
    }

    private static Node objectAt(Node root, String name, Problems problems) {
        var member = root.members().get(name);
        if (member == null) {
            return new Node(root.place(), root.pathOf(name), Map.of());
        }
        if (!member.isObject()) {
            problems.add(member, "found " + member.kind() + "; expected an object, such as { }");
        }
        return member;
    }
}
