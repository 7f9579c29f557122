package io.coffer.store.log;

/** A file is sound, but was written by a later version. Whoever meets this leaves the whole folder as it is. */
final class NewerFormatException extends Exception {
    private static final long serialVersionUID = 1;

    NewerFormatException(String file, String what, int found, int readable) {
        super(file + " was written by a later version of Coffer. Expected: " + what + " up to " + readable + ". Found: "
                + found + ". Open it with that version; nothing was changed.");
    }
}
