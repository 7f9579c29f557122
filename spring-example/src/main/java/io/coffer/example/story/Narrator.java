package io.coffer.example.story;

import io.coffer.example.CallReport;
import io.coffer.example.DurationPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What stories tell in the same words.
 *
 * @param out where they are told
 */
record Narrator(PrintStream out) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    void call(String title, CallReport call) {
        String origin = switch (call.origin()) {
            case SEARCH -> "every country in every language searched";
            case DISK -> "from disk";
            case MEMORY -> "from memory";
        };
        out.printf("   %-12s %9s, %s%n", title + ":", print(call.took()), origin);
    }

    String time(Instant deadline) {
        Duration left = Duration.between(Instant.now(), deadline);
        return "%s, in %s".formatted(CLOCK.format(deadline.atZone(ZoneId.systemDefault())), print(left));
    }

    private static String print(Duration duration) {
        return new DurationPrinter().print(duration, Locale.ENGLISH);
    }

    static String yes(boolean condition) {
        return condition ? "yes" : "no";
    }

    /** Lists the files of a folder. */
    void list(Path folder) {
        for (Path file : files(folder)) {
            try {
                out.printf(Locale.ENGLISH, "   %,11d bytes  %s%n", Files.size(file), file.getFileName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
