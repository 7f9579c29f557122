package io.coffer.config;

import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The URI of a manager: where its file is, or only a name.
 *
 * <p>A file is opened by its URL, whatever kind that is: {@code file:}, {@code jar:}, Spring Boot's {@code jar:nested:}, an
 * application server's own. Nothing is fetched from a network. What follows a {@code #} is no part of the file's place, so that
 * several managers can be made of one file: {@code classpath:coffer.json#second}.
 */
record ConfigurationUri(URI uri, ClassLoader loader) {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    /** Schemes that mean a file: one that cannot be opened is a mistake. */
    private static final Set<String> OF_FILES = Set.of("file", "jar", "jrt", "nested");

    /** Schemes that Java would fetch from another machine; as the name of a manager they are as good as any. */
    private static final Set<String> OF_NETWORKS = Set.of("http", "https", "ftp", "mailto");

    private static final Pattern FILE_NAME = Pattern.compile("(?i).+\\.(json|jsonc|xml|conf|ya?ml|properties)");

    /**
     * Reads the file, or returns null if the URI is only a name.
     *
     * @throws CacheException if it means a file that is not there
     */
    @Nullable
    ConfigurationFile read() {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("classpath")) {
            return resource();
        }
        if (OF_FILES.contains(scheme)) {
            refuseOtherMachines(scheme);
            return opened();
        }
        if (scheme.isEmpty() || OF_NETWORKS.contains(scheme)) {
            return scheme.isEmpty() ? nameOnly() : null;
        }
        return isUrl() ? opened() : nameOnly();
    }

    private ConfigurationFile resource() {
        var resource = uri.getSchemeSpecificPart().replaceFirst("^/+", "");
        var url = loader.getResource(resource);
        if (url == null) {
            throw new CacheException("CacheManager " + uri + ": there is no resource \"" + resource
                    + "\" on the class path of its class loader, " + loader);
        }
        return ConfigurationFile.read(url);
    }

    private void refuseOtherMachines(String scheme) {
        if (scheme.equals("file") && uri.getAuthority() != null) {
            throw new CacheException("CacheManager URI \"" + uri + "\" names the computer \"" + uri.getAuthority()
                    + "\"; a file of this one is written file:///" + uri.getAuthority() + uri.getPath());
        }
        if (scheme.equals("jar") && !uri.getSchemeSpecificPart().matches("(?i)(jar:)*(nested:|file:/(?!/[^/])).*")) {
            throw new CacheException("CacheManager URI \"" + uri + "\" is in a jar that is no file of this computer");
        }
    }

    private boolean isUrl() {
        try {
            return !uri.toURL().getProtocol().isEmpty();
        } catch (MalformedURLException | IllegalArgumentException e) {
            if (LOG.isLoggable(Level.DEBUG)) {
                LOG.log(Level.DEBUG, "CacheManager URI " + uri + " is only a name: no URL can be made of it", e);
            }
            return false;
        }
    }

    private ConfigurationFile opened() {
        try {
            return ConfigurationFile.read(uri.toURL());
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new CacheException(
                    "CacheManager URI \"" + uri + "\" is not written as the URL of a file: " + e.getMessage(), e);
        }
    }

    /** A name that looks like a file is a slip: nobody would notice that it is not read. */
    private @Nullable ConfigurationFile nameOnly() {
        if (FILE_NAME.matcher(uri.toString()).matches()) {
            throw new CacheException("CacheManager URI \"" + uri + "\" looks like a file, but does not say where it is."
                    + " Write classpath:" + ConfigurationFile.DEFAULT_NAME
                    + " or the URI of a file, such as file:///path/to/"
                    + ConfigurationFile.DEFAULT_NAME);
        }
        ForeignConfiguration.warnOfUri(uri);
        return null;
    }
}
