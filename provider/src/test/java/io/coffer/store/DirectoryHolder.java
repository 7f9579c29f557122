package io.coffer.store;

import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Takes a directory, says how that went, and keeps it until its standard input ends. In another process or class loader. */
public final class DirectoryHolder implements Callable<String> {
    /** The directory is the argument. */
    public static void main(String[] arguments) throws IOException {
        try (var files = DiskFiles.open(Path.of(arguments[0]), "a child", new FakeClock())) {
            System.out.println("has it, with " + files.freeBytes() + " bytes free");
            while (System.in.read() >= 0) {
                // Until the parent has had enough.
            }
        } catch (DirectoryLockedException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Tries the directory that is named by a property, and says what it is told. */
    @Override
    public String call() throws IOException {
        try (var files =
                DiskFiles.open(Path.of(System.getProperty("io.coffer.test.directory")), "a loader", new FakeClock())) {
            return "has it, with " + files.freeBytes() + " bytes free";
        } catch (DirectoryLockedException e) {
            return e.getMessage();
        }
    }
}
