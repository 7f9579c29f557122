package io.coffer.config;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.LinkedHashMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A file that has been read.
 *
 * @param name the last part of its path, for places in it
 * @param location where it was found
 * @param text its content
 */
record ConfigurationFile(String name, String location, String text) {
    static final String DEFAULT_NAME = "coffer.json";

    private static final System.Logger LOG = System.getLogger("io.coffer");
    private static final int BYTES_MAX = 1 << 20;

    String description() {
        return "Configuration " + location;
    }

    /** Returns {@code coffer.json} at the root of the class path, or null if there is none. */
    static @Nullable ConfigurationFile atRootOf(ClassLoader loader) {
        try {
            var found = new LinkedHashMap<String, URL>(); // a loader and its parent may find the same
            Collections.list(loader.getResources(DEFAULT_NAME)).forEach(url -> found.putIfAbsent(url.toString(), url));
            if (found.size() > 1) {
                LOG.log(
                        Level.WARNING,
                        "There are several " + DEFAULT_NAME + " on the class path; the first is read: "
                                + found.keySet());
            }
            return found.isEmpty() ? null : read(found.values().iterator().next());
        } catch (IOException e) {
            throw new CacheException("Looking for " + DEFAULT_NAME + " on the class path failed", e);
        }
    }

    /** Reads a file, whatever kind of URL it has. */
    static ConfigurationFile read(URL url) {
        var location = url.toString();
        var path = decoded(url.getPath());
        if (url.getProtocol().equals("file") && new File(path).isDirectory()) {
            throw new CacheException("Configuration " + location + " is a folder; name the file in it, such as "
                    + location.replaceFirst("/*$", "/") + DEFAULT_NAME);
        }
        try {
            var connection = url.openConnection();
            connection.setUseCaches(false); // a jar kept open could not be replaced
            var text = textOf(location, connection);
            ForeignConfiguration.refuseFile(location, text);
            return new ConfigurationFile(path.substring(path.lastIndexOf('/') + 1), location, text);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new CacheException("Configuration " + location + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new CacheException("Configuration " + location + " is not written in UTF-8", e);
        } catch (IOException e) {
            throw new CacheException("Configuration " + location + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Decodes UTF-8, with or without a byte order mark. */
    private static String textOf(String location, URLConnection connection) throws IOException {
        try (var in = connection.getInputStream()) {
            var bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new CacheException("Configuration " + location + " is larger than 1 MiB; is it the right file?");
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
    }

    /** Undoes the escapes of a URL, if they are written rightly. */
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path; // as it is, then: it only serves to name the file in messages
        }
    }
}
