package io.coffer.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;

/**
 * Tells a full disk from a broken one. The JDK throws the same exception for both, with the text of the operating system. That
 * text may be in any language, so a disk that has less room than was wanted counts as full whatever it says. Where the JDK names
 * the path alone and leaves the reason to the class of its exception, this has words for it.
 */
public final class DiskFailure {
    /** ENOSPC, EDQUOT, EFBIG, and what Windows says. */
    private static final List<String> FULL =
            List.of("no space left", "quota exceeded", "file too large", "not enough space");

    private DiskFailure() {}

    /**
     * Returns what to throw instead of the JDK's exception, which is the cause.
     *
     * @param place a file or directory on the disk in question
     * @param wanted the bytes that there was no room for, if that was it
     */
    static IOException of(IOException cause, String what, File place, long wanted) {
        var unsaid = unsaidReason(cause);
        var reason = unsaid.isEmpty() ? String.valueOf(cause.getMessage()) : unsaid;
        var message = what + ": " + reason;
        return isFull(reason.toLowerCase(Locale.ROOT), place, wanted)
                ? new DiskFullException(message, cause)
                : new IOException(message, cause);
    }

    /** Returns what an exception says, and its reason if it does not say that. */
    public static String told(IOException failure) {
        var unsaid = unsaidReason(failure);
        return unsaid.isEmpty() ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + unsaid;
    }

    /** Empty if the exception gives a reason itself. */
    private static String unsaidReason(IOException failure) {
        if (!(failure instanceof FileSystemException unsaid) || unsaid.getReason() != null) {
            return "";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        return failure instanceof NotDirectoryException
                ? "not a directory"
                : failure.getClass().getSimpleName();
    }

    /** A total of 0 means that the system could not say, as on a disk that is gone. */
    private static boolean isFull(String reason, File place, long wanted) {
        return FULL.stream().anyMatch(reason::contains)
                || (place.getUsableSpace() < wanted && place.getTotalSpace() > 0);
    }
}
