package io.coffer.store;

import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a file until there is no room, and says what it was told. In a process that may write only small files. */
public final class FileFiller {
    private static final int WRITES_MAX = 1_000;

    private FileFiller() {}

    /** The directory is the argument. */
    public static void main(String[] arguments) throws IOException {
        try (var files = DiskFiles.open(Path.of(arguments[0]), "a child", new FakeClock());
                var file = files.create("a")) {
            var bytes = new byte[1_000];
            int count = 0;
            try {
                for (; count < WRITES_MAX; count++) {
                    file.write(1_000L * count, bytes, 0, 1_000);
                }
                System.out.println("There was always room");
            } catch (DiskFullException e) {
                file.truncate(1_000L * count);
                file.write(10, new byte[] {1}, 0, 1);
                file.sync();
                System.out.println("full after " + count);
            }
        }
    }
}
