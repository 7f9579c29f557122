package io.coffer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the {@code coffer.json} of a test. */
public final class CofferJson {
    /** The name that is looked for on the class path. */
    public static final String NAME = "coffer.json";

    private CofferJson() {}

    /** Writes a file into a folder, which is made if need be, and returns where it is. */
    public static URI write(Path folder, String text) {
        return write(folder, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file that need not be text. */
    public static URI write(Path folder, byte[] content) {
        try {
            Files.createDirectories(folder);
            return Files.write(folder.resolve(NAME), content).toFile().toURI(); // with one slash, as URLs print it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the text of a file with one cache, {@code books}, and nothing else. */
    public static String ofBooks(String settings) {
        return "{ \"caches\": { \"books\": { " + settings + " } } }";
    }
}
