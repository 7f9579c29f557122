package io.coffer.example.story;

import io.coffer.example.Announcement;
import io.coffer.example.CallReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application in a JVM of its own, a child of this one. It ends with this one: by a signal if this one has the time to send
 * it, else since its standard input ends. For one thread.
 */
final class Application {

    /** Longer than the application waits for requests in progress. */
    private static final long END_SECONDS = 15;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI page;

    private Application(Process process, URI page) {
        this.process = process;
        this.page = page;
    }

    /**
     * Starts it, waits until it listens, and passes on what it prints.
     *
     * @throws ApplicationEndedException if it does not start
     */
    static Application start(List<String> options, PrintStream out) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command(options))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-application"));
            BufferedReader lines = process.inputReader();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Announcement.START)) {
                    passOn(lines, out);
                    return new Application(process, URI.create(line.substring(Announcement.START.length())));
                }
                out.println(line);
            }
            throw new ApplicationEndedException("The application has not started; its exit code is " + process.waitFor()
                    + ". If it is the port that is taken, add --server.port=8081.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it, where it must not start, and waits until it has ended.
     *
     * @return what it has printed, without empty lines
     * @throws ApplicationEndedException if it starts
     */
    static List<String> startInVain(List<String> options) {
        try {
            Process process = new ProcessBuilder(command(options))
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process), "end-application"));
            List<String> printed = new ArrayList<>();
            for (String line : (Iterable<String>) process.inputReader().lines()::iterator) {
                if (line.startsWith(Announcement.START)) {
                    process.destroyForcibly();
                    throw new ApplicationEndedException("The application has started, although it must not.");
                }
                printed.add(line);
            }
            return printed.stream().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a question in a cache. */
    CallReport ask(String cache, String question) throws InterruptedException {
        String path = cache + "/answer?question=" + URLEncoder.encode(question, StandardCharsets.UTF_8);
        return json.readValue(send(HttpRequest.newBuilder(page.resolve(path)).build()), CallReport.class);
    }

    /** Removes an answer from a cache. */
    void forget(String cache, String question) throws InterruptedException {
        String form = "question=" + URLEncoder.encode(question, StandardCharsets.UTF_8);
        send(HttpRequest.newBuilder(page.resolve(cache + "/forget"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    /** Ends it by SIGKILL where there are signals, else as the operating system ends processes that are not asked. */
    int kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        return process.waitFor();
    }

    /** Asks it to end, and waits until it has. */
    void end() {
        end(process);
    }

    /**
     * Waits until it ends.
     *
     * @throws ApplicationEndedException when it has
     */
    void await() throws InterruptedException {
        throw new ApplicationEndedException("The application has ended with exit code " + process.waitFor() + ".");
    }

    long pid() {
        return process.pid();
    }

    URI page() {
        return page;
    }

    private String send(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            // An application that is told to end refuses calls some time before it has.
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new ApplicationEndedException(
                        "The application has ended before the story, with exit code " + process.exitValue() + ".");
            }
            throw new UncheckedIOException(e);
        }
    }

    /** The same JVM and class path as this process has; in a jar of Spring Boot, classes are found by its own launcher only. */
    private static List<String> command(List<String> options) {
        String classPath = System.getProperty("java.class.path");
        URI classes = URI.create(String.valueOf(Main.class.getResource("Main.class")));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                "jar".equals(classes.getScheme())
                        ? List.of("-jar", classPath)
                        : List.of("-cp", classPath, Main.class.getName()));
        command.add(Main.CHILD);
        command.addAll(options);
        return command;
    }

    private static void passOn(BufferedReader lines, PrintStream out) {
        Thread thread = new Thread(() -> lines.lines().forEach(out::println), "application-output");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Process process) {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
