package io.coffer.example.story;

import io.coffer.example.CallReport;
import io.coffer.example.Origin;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells on the console what a persistent cache is good for: a search, a kill, and the answer that is still there. */
final class Story {

    private static final String CACHE = "countries";
    private static final String QUESTION = "Alemania";
    private static final String DIRECTORY_OPTION = "--example.directory=";
    private static final String DIRECTORY = "target/coffer";

    /** What the shell makes of a process that was ended by signal 9. */
    private static final int KILLED = 128 + 9;

    private final List<String> options;
    private final Path directory;
    private final PrintStream out;
    private final Narrator narrator;

    /**
     * A story that was not told yet.
     *
     * @param options of the application
     */
    Story(List<String> options, PrintStream out) {
        this.options = new ArrayList<>(options);
        this.out = out;
        this.narrator = new Narrator(out);
        String named = options.stream()
                .filter(option -> option.startsWith(DIRECTORY_OPTION))
                .map(option -> option.substring(DIRECTORY_OPTION.length()))
                .findFirst()
                .orElse("");
        if (named.isEmpty()) {
            this.options.add(DIRECTORY_OPTION + DIRECTORY);
        }
        directory = Path.of(named.isEmpty() ? DIRECTORY : named);
    }

    /**
     * Tells it.
     *
     * @return the application, which goes on
     * @throws ApplicationEndedException if it ends meanwhile
     */
    Application tell() throws InterruptedException {
        out.printf("Which country has this name in some language? %s%n%n", QUESTION);

        Application first = start("1. The application starts");
        CallReport found = first.ask(CACHE, QUESTION);
        if (found.origin() != Origin.SEARCH) {
            narrator.call("A call", found);
            out.printf("   An earlier run has left it. It is forgotten now, to begin with a search.%n");
            first.forget(CACHE, QUESTION);
            found = first.ask(CACHE, QUESTION);
        }
        narrator.call("First call", found);
        narrator.call("Second call", first.ask(CACHE, QUESTION));
        narrator.call("Third call", first.ask(CACHE, QUESTION));
        found.lines().forEach(line -> out.printf("   %s%n", line));
        out.printf("   The entry lives until %s.%n", narrator.time(found.expiresAt()));

        out.printf("%n2. kill -9 %d%n", first.pid());
        int code = first.kill();
        out.printf(
                "   The JVM that held the cache has ended, exit code %d%s. It was not asked, and has closed nothing.%n",
                code, code == KILLED ? " (128 + signal 9)" : "");

        Application second = start("%n3. The application starts again");
        CallReport kept = second.ask(CACHE, QUESTION);
        narrator.call("First call", kept);
        narrator.call("Second call", second.ask(CACHE, QUESTION));
        CallReport last = second.ask(CACHE, QUESTION);
        narrator.call("Third call", last);
        out.printf("   The same answer: %s%n", Narrator.yes(kept.lines().equals(found.lines())));
        out.printf(
                "   The entry lives until %s, as before: %s%n",
                narrator.time(last.expiresAt()), Narrator.yes(last.expiresAt().equals(found.expiresAt())));

        Path folder = directory.resolve(CACHE).toAbsolutePath().normalize();
        out.printf("%n4. The files of the cache, in %s%n", folder);
        narrator.list(folder);

        out.printf("%nSee what is cached at %s%nCtrl-C ends it.%n", second.page());
        return second;
    }

    private Application start(String title) throws InterruptedException {
        Application application = Application.start(options, out);
        out.printf(title + ": JVM %d, %s%n", application.pid(), application.page());
        return application;
    }
}
