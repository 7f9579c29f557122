package io.coffer.store.log;

/** A file of the store does not say what it must. Names the file, where in it, and what was expected and found; never a key or value. */
final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;
    private final boolean tampered;

    DamagedFileException(String file, long offset, String expected, String found) {
        this(
                file,
                offset,
                file + " is damaged at offset " + offset + ". Expected: " + expected + ". Found: " + found + ".",
                false);
    }

    private DamagedFileException(String file, long offset, String message, boolean tampered) {
        super(message);
        this.file = file;
        this.offset = offset;
        this.tampered = tampered;
    }

    /** Returns the exception for a file without which the others say too little. */
    static DamagedFileException missing(String file) {
        return new DamagedFileException(file, 0, file + " is missing.", false);
    }

    /** Returns the exception for bytes whose checksum is right, and which nobody has written who had the key. */
    static DamagedFileException tampered(String file, long offset) {
        return new DamagedFileException(
                file,
                offset,
                file + " was changed at offset " + offset + " by somebody who did not have the key.",
                true);
    }

    /**
     * Returns the exception for a file that is authentic as far as can be told, and does not go with another one.
     *
     * @param message sentences
     */
    static DamagedFileException apart(String file, long offset, String message) {
        return new DamagedFileException(file, offset, message, true);
    }

    /** Whether it was not chance. */
    boolean isTampered() {
        return tampered;
    }

    String file() {
        return file;
    }

    long offset() {
        return offset;
    }
}
