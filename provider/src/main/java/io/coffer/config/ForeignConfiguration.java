package io.coffer.config;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Recognises what was made for another provider, and says which page helps. */
final class ForeignConfiguration {
    private static final System.Logger LOG = System.getLogger("io.coffer");
    private static final String NEVER = "(?!)";

    private static final List<Provider> PROVIDERS = List.of(
            new Provider(
                    "Ehcache",
                    "(org\\.|net\\.sf\\.)?ehcache\\.|urn:X-ehcache:",
                    "<ehcache\\b|<(\\w+:)?config(urations)?\\b.*www\\.ehcache\\.org",
                    NEVER),
            new Provider("Caffeine", "(com\\.github\\.benmanes\\.)?caffeine\\.", NEVER, "caffeine"),
            new Provider("cache2k", "(org\\.)?cache2k\\.", "<cache2k[\\s>/]", NEVER),
            new Provider(
                    "Hazelcast",
                    "(com\\.)?hazelcast\\.",
                    "<(\\w+:)?hazelcast(-client(-failover)?)?[\\s>/]",
                    "hazelcast(-client(-failover)?)?"),
            new Provider("Infinispan", "(org\\.)?infinispan\\.", "<(\\w+:)?infinispan[\\s>/]", "infinispan"),
            new Provider(
                    "Redisson",
                    "(org\\.)?redisson\\.",
                    NEVER,
                    "(single|masterSlave|sentinel|cluster|replicated)Servers?Config"));

    /** What may stand before the first tag or brace, and how it ends. */
    private static final Map<String, String> COMMENTS =
            Map.of("<?", "?>", "<!--", "-->", "<!DOCTYPE", ">", "//", "\n", "/*", "*/", "#", "\n");

    /**
     * Another provider.
     *
     * @param name what people call it; in lower case, its section in docs/migration.md
     * @param names how the names of its classes and properties begin
     * @param rootTag the first tag of its XML files
     * @param topKey a key of its other files, at the beginning of a line
     * @param firstKey the same key, as the first in braces
     */
    private record Provider(String name, Pattern names, Pattern rootTag, Pattern topKey, Pattern firstKey) {
        Provider(String name, String names, String rootTag, String topKey) {
            this(
                    name,
                    Pattern.compile(names),
                    Pattern.compile(rootTag, Pattern.DOTALL),
                    Pattern.compile("(?m)^\\s*\"?" + topKey + "\"?\\s*[.:={]"),
                    Pattern.compile("\\A\\s*\\{\\s*\"?" + topKey + "\"?\\s*[.:={]"));
        }

        String help() {
            return "see docs/migration.md#" + name.toLowerCase(Locale.ROOT);
        }

        boolean isNameOf(String named) {
            return names.matcher(named).lookingAt();
        }

        /** In braces, only what comes first counts: a cache of ours may be called anything. */
        boolean isFileOf(String text) {
            if (text.startsWith("<")) {
                return rootTag.matcher(text.substring(0, text.indexOf('>') + 1)).lookingAt();
            }
            return (text.startsWith("{") ? firstKey : topKey).matcher(text).find();
        }
    }

    private ForeignConfiguration() {}

    private static @Nullable Provider providerOf(String name) {
        return PROVIDERS.stream()
                .filter(provider -> provider.isNameOf(name))
                .findFirst()
                .orElse(null);
    }

    /** Refuses a configuration whose class, or a type above it, says things that we would silently drop. */
    static void refuseClass(String cacheName, @Nullable Class<?> type) {
        if (type != null) {
            refuseClassName(cacheName, type.getName());
            for (var above : type.getInterfaces()) {
                refuseClass(cacheName, above);
            }
            refuseClass(cacheName, type.getSuperclass());
        }
    }

    private static void refuseClassName(String cacheName, String name) {
        var provider = providerOf(name);
        if (provider != null) {
            throw new IllegalArgumentException("Cache \"" + cacheName + "\" is configured by a " + name
                    + ", whose settings only " + provider.name()
                    + " knows. Use io.coffer.CofferConfiguration or MutableConfiguration; " + provider.help());
        }
    }

    /** Refuses a file that is not ours. */
    static void refuseFile(String location, String text) {
        var content = withoutLeadingComments(text);
        for (var provider : PROVIDERS) {
            if (provider.isFileOf(content)) {
                throw new CacheException("Configuration " + location + " is made for " + provider.name()
                        + "; Coffer reads JSON (coffer.json). What its settings are called here: " + provider.help());
            }
        }
        if (content.startsWith("<") || location.matches("(?i).*\\.(xml|conf|ya?ml|properties)")) {
            throw new CacheException("Configuration " + location + " is not JSON; Coffer reads JSON (coffer.json)");
        }
    }

    private static String withoutLeadingComments(String text) {
        int start = endOfBlanks(text, 0);
        for (int end = endOfComment(text, start); end > start; end = endOfComment(text, start)) {
            start = endOfBlanks(text, end);
        }
        return text.substring(start);
    }

    private static int endOfBlanks(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Returns where the comment ends that begins there, or the same place if none does. */
    private static int endOfComment(String text, int start) {
        for (var comment : COMMENTS.entrySet()) {
            if (text.startsWith(comment.getKey(), start)) {
                int end = text.indexOf(comment.getValue(), start);
                return end < 0 ? text.length() : end + comment.getValue().length();
            }
        }
        return start;
    }

    /** Warns of properties that another provider would have read; their values may be anything, and are not shown. */
    static void warnOfProperties(URI managerUri, Properties properties) {
        var names = new TreeSet<String>();
        properties.keySet().forEach(key -> names.add(String.valueOf(key)));
        for (var name : names) {
            var provider = providerOf(name);
            if (provider != null) {
                warn(managerUri, "the property " + name + " is not used, it belongs to " + provider.name(), provider);
            }
        }
    }

    /** Warns of a URI that only another provider gives a meaning. */
    static void warnOfUri(URI managerUri) {
        var provider = providerOf(managerUri.toString());
        if (provider != null) {
            warn(
                    managerUri,
                    "this is the default URI of " + provider.name()
                            + "; here it is only a name, and coffer.json is not read. Leave the URI out",
                    provider);
        }
    }

    private static void warn(URI managerUri, String what, Provider provider) {
        LOG.log(Level.WARNING, "CacheManager \"" + managerUri + "\": " + what + "; " + provider.help());
    }
}
