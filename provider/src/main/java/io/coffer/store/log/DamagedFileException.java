package io.coffer.store.log;

/** A file of the store does not say what it must. Names the file, where in it, and what was expected and found; never a key or value. */
final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    DamagedFileException(String file, long offset, String expected, String found) {
        this(
                file,
                offset,
                file + " is damaged at offset " + offset + ". Expected: " + expected + ". Found: " + found + ".");
    }

    private DamagedFileException(String file, long offset, String message) {
        super(message);
        this.file = file;
        this.offset = offset;
    }

    /** Returns the exception for a file without which the others say too little. */
    static DamagedFileException missing(String file) {
        return new DamagedFileException(file, 0, file + " is missing.");
    }

    String file() {
        return file;
    }

    long offset() {
        return offset;
    }
}
