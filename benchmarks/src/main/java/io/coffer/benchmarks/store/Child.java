package io.coffer.benchmarks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.benchmarks.Campaign;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A fresh JVM that tells on its standard output how far it is, a line a step. Closing kills it. */
final class Child implements AutoCloseable {
    private static final int FIRST_WITH_ACCESS_OPTIONS = 24;

    private final Process process;
    private final BufferedReader lines;
    private final long startedNanos = System.nanoTime();

    private Child(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** What it has to complain about goes to the log. */
    static Child start(Class<?> main, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /** The same for every engine: heap and collector as everywhere, and leave to use memory and native code as the peers want to. */
    static List<String> jvmArguments() {
        List<String> arguments = new ArrayList<>(Campaign.JVM_ARGUMENTS);
        arguments.add("-Dchronicle.analytics.disable=true");
        for (String opened : List.of(
                "java.base/java.lang",
                "java.base/java.lang.reflect",
                "java.base/java.nio",
                "java.base/java.util",
                "java.base/jdk.internal.misc",
                "java.base/jdk.internal.ref",
                "java.base/sun.nio.ch",
                "java.base/sun.nio.fs",
                "jdk.compiler/com.sun.tools.javac.file")) {
            arguments.add("--add-opens=" + opened + "=ALL-UNNAMED");
        }
        for (String exported :
                List.of("java.base/jdk.internal.ref", "java.base/jdk.internal.misc", "java.base/sun.nio.ch")) {
            arguments.add("--add-exports=" + exported + "=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= FIRST_WITH_ACCESS_OPTIONS) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        return arguments;
    }

    /** Waits for a line with this word in front and returns the numbers behind it; whatever an engine prints is passed over. */
    double[] await(String word) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals(word)) {
                return Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray();
            }
        }
        throw new IllegalStateException("The child has ended without \"" + word + "\"; the log tells more");
    }

    /** Since it was started. */
    double seconds() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("The child has ended with " + code + "; the log tells more");
        }
    }

    /** SIGKILL, if it has not ended; returns when it is dead. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
