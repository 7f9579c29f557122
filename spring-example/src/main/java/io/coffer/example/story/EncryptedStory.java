package io.coffer.example.story;

import io.coffer.crypto.KeyFile;
import io.coffer.example.CallReport;
import io.coffer.example.Origin;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells on the console what an encrypted cache is good for: who has only the disk reads nothing, and who has the key goes on. */
final class EncryptedStory {

    private static final String CACHE = "countries";
    private static final String QUESTION = "Alemania";
    private static final String DIRECTORY_OPTION = "--example.directory=";
    private static final String DIRECTORY = "target/coffer-encrypted";
    private static final String KEY_OPTION = "--example.key=";
    private static final String PROFILE = "--spring.profiles.active=encrypted";

    private final List<String> options;
    private final Path directory;
    private final Path folder;
    private final Path key;
    private final PrintStream out;
    private final Narrator narrator;

    /**
     * A story that was not told yet.
     *
     * @param options of the application
     */
    EncryptedStory(List<String> options, PrintStream out) {
        String named = options.stream()
                .filter(option -> option.startsWith(DIRECTORY_OPTION))
                .map(option -> option.substring(DIRECTORY_OPTION.length()))
                .findFirst()
                .orElse(DIRECTORY);
        this.options = options;
        this.directory = Path.of(named).toAbsolutePath().normalize();
        this.folder = directory.resolve(CACHE);
        this.key = directory.resolveSibling("coffer.key");
        this.out = out;
        this.narrator = new Narrator(out);
    }

    /**
     * Tells it.
     *
     * @return the application, which goes on
     * @throws ApplicationEndedException if it ends meanwhile
     */
    Application tell() throws InterruptedException {
        out.printf("Which country has this name in some language? %s%n%n", QUESTION);
        out.printf("1. The key, in %s%n", key);
        if (Files.exists(key)) {
            out.printf("   An earlier run has made it.%n");
        } else {
            makeKey(key);
            out.printf("   It is made now: 32 random bytes, for the owner of the file alone.%n");
        }

        Application first = start("%n2. The application starts", key);
        CallReport found = first.ask(CACHE, QUESTION);
        if (found.origin() != Origin.SEARCH) {
            first.forget(CACHE, QUESTION);
            found = first.ask(CACHE, QUESTION);
        }
        narrator.call("First call", found);
        narrator.call("Second call", first.ask(CACHE, QUESTION));
        found.lines().forEach(line -> out.printf("   %s%n", line));
        first.end();

        out.printf("%n3. Who has only the disk: the files of the cache, in %s%n", folder);
        narrator.list(folder);
        out.printf("   Files in which \"%s\" or the answer can be read: %s%n", QUESTION, filesWith(found));

        Path another = directory.resolveSibling("another.key");
        Map<Path, String> before = contents();
        out.printf("%n4. The application starts with another key%n");
        refuse(another);
        out.printf(
                "   The files are as they were: %s%n", Narrator.yes(contents().equals(before)));

        Application second = start("%n5. The application starts with its key", key);
        CallReport kept = second.ask(CACHE, QUESTION);
        narrator.call("First call", kept);
        out.printf("   The same answer: %s%n", Narrator.yes(kept.lines().equals(found.lines())));

        out.printf("%nSee what is cached at %s%nCtrl-C ends it.%n", second.page());
        return second;
    }

    private static void makeKey(Path file) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        KeyFile.create(file);
    }

    private void refuse(Path another) {
        try {
            Files.deleteIfExists(another);
            makeKey(another);
            List<String> printed = Application.startInVain(optionsWith(another));
            int from = printed.indexOf("Description:") + 1; // all of it if there is none
            int to = printed.indexOf("Action:");
            printed.subList(from, to < from ? printed.size() : to).forEach(line -> out.printf("   %s%n", line));
            Files.delete(another);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Application start(String title, Path file) throws InterruptedException {
        Application application = Application.start(optionsWith(file), out);
        out.printf(title + ": JVM %d, %s%n", application.pid(), application.page());
        return application;
    }

    private List<String> optionsWith(Path file) {
        List<String> all = new ArrayList<>(options);
        all.removeIf(option -> option.startsWith(DIRECTORY_OPTION));
        all.addAll(List.of(PROFILE, DIRECTORY_OPTION + directory, KEY_OPTION + file));
        return all;
    }

    private String filesWith(CallReport found) {
        List<String> secrets = new ArrayList<>(found.lines());
        secrets.add(QUESTION);
        List<String> names = contents().entrySet().stream()
                .filter(file -> secrets.stream().anyMatch(file.getValue()::contains))
                .map(file -> file.getKey().getFileName().toString())
                .sorted()
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** All bytes of all files, as characters. */
    private Map<Path, String> contents() {
        Map<Path, String> contents = new HashMap<>();
        for (Path file : Narrator.files(folder)) {
            try {
                contents.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return contents;
    }
}
