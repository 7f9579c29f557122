package io.coffer.store.log;

/** A file of the store does not say what it must. Names the file, where in it, and what was expected and found; never a key or value. */
final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    DamagedFileException(String file, long offset, String expected, String found) {
        super(file + " is damaged at offset " + offset + ". Expected: " + expected + ". Found: " + found + ".");
        this.file = file;
        this.offset = offset;
    }

    String file() {
        return file;
    }

    long offset() {
        return offset;
    }
}
