package io.coffer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files that this process has open, as Linux counts them. */
public final class OpenHandles {
    private static final Path ALL = Path.of("/proc/self/fd");

    private OpenHandles() {}

    /** Returns the paths of the open files in a directory, one for each handle; other files of the JVM come and go. */
    public static List<String> below(Path directory) throws IOException {
        try (var handles = java.nio.file.Files.list(ALL)) {
            return handles.map(OpenHandles::target)
                    .filter(target -> target.startsWith(directory.toString()))
                    .sorted()
                    .toList();
        }
    }

    /** Empty if it has been closed meanwhile. */
    private static String target(Path handle) {
        try {
            return java.nio.file.Files.readSymbolicLink(handle).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
