package io.coffer.store.log;

/** A hint file has told some changes and then shown that it cannot be believed: what was made of it counts for nothing. */
final class UselessHintsException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;

    UselessHintsException(String file, Exception cause) {
        super(file + " is of no use; its segment is read instead", cause);
        this.file = file;
    }

    String file() {
        return file;
    }
}
