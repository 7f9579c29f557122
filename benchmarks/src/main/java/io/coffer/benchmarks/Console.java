package io.coffer.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the tables clean: JMH copies what the forks print to the standard streams, which go to a file until this is closed. */
public final class Console implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream progress = System.err;
    private final Path logFile;
    private final PrintStream log;

    public Console() throws IOException {
        logFile = Files.createTempFile("coffer-benchmarks-", ".log");
        log = new PrintStream(logFile.toFile(), StandardCharsets.UTF_8);
        System.setOut(log);
        System.setErr(log);
    }

    /** For the tables. */
    public PrintStream out() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** For who waits. */
    public PrintStream progress() {
        return progress;
    }

    /** For everything else. */
    public PrintStream log() {
        return log;
    }

    public Path logFile() {
        return logFile;
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(progress);
        log.close();
    }
}
