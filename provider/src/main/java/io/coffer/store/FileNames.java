package io.coffer.store;

import java.util.regex.Pattern;

/** What a file of a store may be called: the same on every operating system, and never a way out of the directory. */
final class FileNames {
    static final String LOCK = "LOCK";
    static final String OWNER = "OWNER";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private FileNames() {}

    /** Returns the name if a store may use it, and throws IllegalArgumentException if not. */
    static String require(String name) {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "File name \"" + name + "\" is not allowed. Expected 1 to 100 letters, digits, "
                            + "dots, hyphens and underscores, the first a letter or digit");
        }
        if (isReserved(name)) {
            throw new IllegalArgumentException("File name \"" + name + "\" belongs to the lock of the directory");
        }
        return name;
    }

    /** Whether the name belongs to the lock. Nobody else may open such a file: closing it would end the lock. */
    static boolean isReserved(String name) {
        return name.equals(LOCK) || name.startsWith(OWNER);
    }
}
