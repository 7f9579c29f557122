package io.coffer.process;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A disk of a few megabytes in memory, a part of which is taken up until it is given free. It is mounted where only the processes see it
 * that {@link #inside()} starts, so it goes with this object, however the test ends. Needs Linux that lets users have such places, or
 * root.
 */
final class SmallDisk implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int BALLAST_BYTES = 3_000_000;

    private static final String KEEPER = """
            mount -t tmpfs -o size=$2 coffer-test "$1" &&
            head -c $3 /dev/zero > "$1/ballast" &&
            echo mounted &&
            while read line; do rm "$1/ballast" && echo freed; done
            """;

    private final Process keeper;
    private final List<String> inside;
    private final Path folder;

    private SmallDisk(Process keeper, List<String> inside, Path folder) {
        this.keeper = keeper;
        this.inside = inside;
        this.folder = folder;
    }

    /** Mounts a disk at a folder, or returns null where that is not allowed. */
    static @Nullable SmallDisk mount(Path folder, int bytes, Path errors) throws IOException {
        var asUser = mount(folder, bytes, errors, List.of("-U", "-r"), List.of("-U", "--preserve-credentials"));
        return asUser != null ? asUser : mount(folder, bytes, errors, List.of(), List.of());
    }

    private static @Nullable SmallDisk mount(
            Path folder, int bytes, Path errors, List<String> making, List<String> entering) throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/unshare")) || !Files.isExecutable(Path.of("/usr/bin/nsenter"))) {
            return null;
        }
        var command = words(
                List.of("/usr/bin/unshare", "-m"),
                making,
                List.of("sh", "-c", KEEPER, "sh", folder.toString(), "" + bytes, "" + BALLAST_BYTES));
        var keeper = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        var inside = words(List.of("/usr/bin/nsenter", "-t", "" + keeper.pid(), "-m"), entering, List.of("--"));
        var disk = new SmallDisk(keeper, inside, folder);
        if ("mounted".equals(disk.answer())) {
            return disk;
        }
        disk.close();
        return null;
    }

    private static List<String> words(List<String> first, List<String> second, List<String> third) {
        return Stream.of(first, second, third).flatMap(List::stream).toList();
    }

    /** Returns the folder, which only the processes inside see as it is. */
    Path folder() {
        return folder;
    }

    /** Returns the beginning of a command that runs the rest of it where the disk is seen. */
    List<String> inside() {
        return inside;
    }

    /** Gives free what is taken up. */
    void makeRoom() throws IOException {
        writer().write("free\n");
        writer().flush();
        if (!"freed".equals(answer())) {
            throw new AssertionError("No room could be made");
        }
    }

    private Writer writer() {
        return keeper.outputWriter(StandardCharsets.UTF_8);
    }

    private @Nullable String answer() throws IOException {
        BufferedReader reader = keeper.inputReader(StandardCharsets.UTF_8);
        return reader.readLine();
    }

    @Override
    public void close() throws IOException {
        keeper.getOutputStream().close();
        try {
            if (!keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                keeper.destroyForcibly();
            }
        } catch (InterruptedException e) {
            keeper.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
