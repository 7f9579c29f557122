package io.coffer.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coffer.testing.ChildLoader;
import io.coffer.testing.FakeClock;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/** A second process with our classes, for what one process cannot show: locks, death, limits of the operating system. */
public final class ChildJvm implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Starts fast and stays small: a test starts hundreds. */
    private static final List<String> OPTIONS = List.of(
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx200m",
            "-Dcoffer.encrypted=" + System.getProperty("coffer.encrypted", "false"));

    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /** Starts the main method of a class. */
    static ChildJvm start(Class<?> main, Path argument) throws IOException {
        return start(List.of(), main, argument);
    }

    /** Starts the main method of a class under a limit for the size of files, in the blocks of {@code ulimit}. */
    static ChildJvm startWithFilesOf(int blocks, Class<?> main, Path argument) throws IOException {
        return start(List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"), main, argument);
    }

    private static ChildJvm start(List<String> before, Class<?> main, Path argument) throws IOException {
        return start(before, ProcessBuilder.Redirect.INHERIT, main, List.of(argument.toString()));
    }

    /**
     * Starts the main method of a class.
     *
     * @param before a command that runs the rest of its arguments, or nothing
     * @param errors where its standard error goes
     */
    public static ChildJvm start(
            List<String> before, ProcessBuilder.Redirect errors, Class<?> main, List<String> arguments)
            throws IOException {
        return start(before, List.of(), errors, main, arguments);
    }

    /** Starts the main method of a class with a heap of its own size, in the words of {@code -Xmx}. */
    public static ChildJvm startWithHeapOf(String size, Class<?> main, Path argument) throws IOException {
        return start(
                List.of(), List.of("-Xmx" + size), ProcessBuilder.Redirect.INHERIT, main, List.of(argument.toString()));
    }

    private static ChildJvm start(
            List<String> before,
            List<String> options,
            ProcessBuilder.Redirect errors,
            Class<?> main,
            List<String> arguments)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(
                        before.stream(),
                        Stream.of(java),
                        OPTIONS.stream(),
                        options.stream(),
                        Stream.of("-cp", classPath(), main.getName()),
                        arguments.stream())
                .flatMap(Function.identity())
                .toList();
        return new ChildJvm(new ProcessBuilder(command).redirectError(errors).start());
    }

    /** Our classes, those of the tests, and what both cannot do without. */
    private static String classPath() {
        return Stream.of(
                        DiskFiles.class,
                        FakeClock.class,
                        CacheException.class,
                        ObjectMapper.class,
                        JsonParser.class,
                        JsonProperty.class)
                .map(type -> Path.of(ChildLoader.origin(type).getPath()).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits for the next line that the process prints. Not together with {@link #output()}. */
    public String line() throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    /** Returns what the process prints. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Returns what the process reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for it to end, but not for long; says whether it has. */
    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Ends it as {@code kill -9} does, and returns what it has ended with: 137 if that was it. What it has printed can still be read. */
    public int kill() {
        process.toHandle().destroyForcibly(); // the one of Process would close our end of the pipe
        awaitEnd();
        return process.exitValue();
    }

    /** Ends its standard input, and waits until it has ended. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        awaitEnd();
    }

    private void awaitEnd() {
        if (!endsWithin(PATIENCE)) {
            process.destroyForcibly();
            throw new AssertionError("The child has not ended within " + PATIENCE);
        }
    }
}
