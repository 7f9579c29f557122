package io.coffer.crypto;

import static java.util.Objects.requireNonNull;

import io.coffer.spi.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * Outer keys in a file: {@code "key": { "file": "…" }} in {@code coffer.json}. The file has a key of 32 random bytes as base64 or hex, or
 * several, one a line: the first wraps, all unwrap. It is for its owner alone ({@code rw-------}); else the log warns.
 *
 * <pre>{@code
 * configuration.setStore(StoreConfiguration.encrypted(KeyFile.at(Path.of("/run/secrets/coffer.key"))));
 * }</pre>
 *
 * <p>Whoever has this file and the files of a cache can read the cache: keep copies of the two apart. Without it, the cache is lost.
 */
public final class KeyFile {
    private KeyFile() {}

    /**
     * Returns the keys of a file, which is not looked at before they are needed.
     *
     * @param path relative to the working directory, or absolute
     */
    public static LocalKeys at(Path path) {
        return new LocalKeys(
                new TextReader(
                        new SecretFile("key file", requireNonNull(path, "path == null"), "key.file"),
                        TextReader.Form.KEYS),
                null);
    }

    /**
     * Makes a file with a new random key, for its owner alone, and syncs it.
     *
     * @return the keys of the file
     * @throws StoreException of kind KEY if there is a file already, or it cannot be written
     */
    public static LocalKeys create(Path path) {
        try {
            NewKeyFile.make(requireNonNull(path, "path == null"));
            return at(path);
        } catch (FileAlreadyExistsException e) {
            throw KeyFailure.of("key file " + path + " is there already, and is not overwritten", e);
        } catch (IOException e) {
            throw KeyFailure.of("key file " + path + " cannot be written: " + e, e);
        }
    }
}
