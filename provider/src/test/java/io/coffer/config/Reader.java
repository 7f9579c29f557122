package io.coffer.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.testing.CofferJson;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.cache.CacheException;

/** Reads configurations as a manager does, in an environment that a test makes. */
final class Reader {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Properties properties = new Properties();

    /** Makes a reader that writes its files into a folder. */
    Reader(Path folder) {
        this.folder = folder;
    }

    /** Sets an environment variable. */
    Reader with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Sets a property of the manager. */
    Reader withProperty(String name, String value) {
        properties.setProperty(name, value);
        return this;
    }

    /** Reads a file of this content. */
    ManagerConfiguration read(String text) {
        return read(CofferJson.write(folder, text));
    }

    /** Reads what a URI names. */
    ManagerConfiguration read(URI uri) {
        return read(uri, Reader.class.getClassLoader());
    }

    /** Reads what a URI names. */
    ManagerConfiguration read(URI uri, ClassLoader loader) {
        return ManagerConfiguration.read(uri, false, loader, properties, environment::get);
    }

    /** Reads a file of this content, and fills a new configuration in from it. */
    CofferConfiguration<Object, Object> fillIn(String cacheName, String text) {
        return read(text).fillIn(cacheName, new CofferConfiguration<>(), Reader.class.getClassLoader());
    }

    /** Returns the store of a cache of which nothing is said in code, null if it has none. */
    static StoreConfiguration storeOf(ManagerConfiguration settings, String cacheName) {
        return storeOf(settings, cacheName, new CofferConfiguration<>());
    }

    /** Returns the store of a cache of which this is said in code, null if it has none. */
    static StoreConfiguration storeOf(
            ManagerConfiguration settings, String cacheName, CofferConfiguration<Object, Object> wanted) {
        return settings.fillIn(cacheName, wanted, Reader.class.getClassLoader()).getStore();
    }

    /** Returns what is said of a file of this content. */
    String refusalOf(String text) {
        return refusalOf(CofferJson.write(folder, text));
    }

    /** Returns what is said of what a URI names. */
    String refusalOf(URI uri) {
        var refusal = catchThrowableOfType(CacheException.class, () -> read(uri));
        if (refusal == null) {
            throw new AssertionError("was accepted: " + uri);
        }
        return refusal.getMessage();
    }

    /** Returns what is said of a file of this content, without the line that names it. */
    String errorsOf(String text) {
        var uri = CofferJson.write(folder, text);
        var lines = refusalOf(uri).split("\n", 2);
        if (lines.length < 2 || !lines[0].matches("Configuration \\Q" + uri + "\\E has (1 error|[0-9]+ errors):")) {
            throw new AssertionError("no list of errors: " + lines[0]);
        }
        return lines[1].substring(2).replace("\n  ", "\n");
    }
}
