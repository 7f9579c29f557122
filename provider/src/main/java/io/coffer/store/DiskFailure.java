package io.coffer.store;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Tells a full disk from a broken one. The JDK throws the same exception for both, with the text of the operating system. That
 * text may be in any language, so a disk that has less room than was wanted counts as full whatever it says.
 */
final class DiskFailure {
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
        var reason = String.valueOf(cause.getMessage());
        var message = what + ": " + reason;
        return isFull(reason.toLowerCase(Locale.ROOT), place, wanted)
                ? new DiskFullException(message, cause)
                : new IOException(message, cause);
    }

    /** A total of 0 means that the system could not say, as on a disk that is gone. */
    private static boolean isFull(String reason, File place, long wanted) {
        return FULL.stream().anyMatch(reason::contains)
                || (place.getUsableSpace() < wanted && place.getTotalSpace() > 0);
    }
}
