package io.coffer.crypto;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;

/**
 * The command that makes a key file: {@code java -cp coffer.jar io.coffer.crypto.NewKeyFile /etc/acme/coffer.key}. Needs nothing but this
 * jar. Never overwrites a file.
 */
public final class NewKeyFile {
    private NewKeyFile() {}

    /**
     * Makes the file and prints the id of its key. Ends with 0, with 1 if the file cannot be made, or with 2 if it is not named.
     *
     * @param arguments the path of the file
     */
    @SuppressWarnings("SystemOut") // a command
    public static void main(String[] arguments) {
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            System.err.println(
                    "Usage: java -cp coffer.jar " + NewKeyFile.class.getName() + " <path of the new key file>");
            System.exit(2);
        }
        try {
            System.out.println("Made " + arguments[0] + " with the key " + make(Path.of(arguments[0]))
                    + ". Keep a copy where the copies of the caches are not: without it they are lost.");
        } catch (FileAlreadyExistsException e) {
            System.err.println(arguments[0] + " is there already, and is not overwritten.");
            System.exit(1);
        } catch (IOException e) {
            System.err.println(arguments[0] + " cannot be written: " + e);
            System.exit(1);
        }
    }

    /** Returns the id of the new key. */
    static String make(Path path) throws IOException {
        var algorithms = Algorithms.of(null);
        var key = algorithms.random(Algorithms.KEY_BYTES);
        var text = Base64.getEncoder().encode(key);
        try {
            Files.createFile(path, attributes(path));
            try (var out = new FileOutputStream(path.toFile())) {
                out.write(text);
                out.write('\n');
                out.getFD().sync();
            }
            return KeyId.of(algorithms, key);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    /** From the beginning: a file that is closed to others only later may be open in their hands. */
    private static FileAttribute<?>[] attributes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
