package io.coffer.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files and directories that only their owner can use, from the first moment on: the mode is part of the call that makes
 * them. On a file system without POSIX permissions they are as the directory above says.
 */
final class PosixMode {
    private PosixMode() {}

    static AsynchronousFileChannel createPrivately(Path file) throws IOException {
        return open(file, Set.of(CREATE_NEW, WRITE));
    }

    /** Opens it for writing, and makes it if it is not there. */
    static AsynchronousFileChannel openPrivately(Path file) throws IOException {
        return open(file, Set.of(CREATE, WRITE));
    }

    static void createDirectory(Path directory) throws IOException {
        java.nio.file.Files.createDirectory(directory, mode(directory, "rwx------"));
    }

    private static AsynchronousFileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return AsynchronousFileChannel.open(file, options, null, mode(file, "rw-------"));
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
