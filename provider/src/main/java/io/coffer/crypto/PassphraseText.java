package io.coffer.crypto;

import io.coffer.spi.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Passphrases as text: its bytes as they are. In a file, each line has one. */
final class PassphraseText {
    private static final int BYTES_MIN = 12;
    private static final int BYTES_MAX = 4096;
    private static final int PASSPHRASES_MAX = 4; // each may cost an Argon2

    private PassphraseText() {}

    /** Returns the lines that are not empty. */
    static List<byte[]> lines(String source, byte[] text) {
        var found = new ArrayList<byte[]>();
        try {
            for (int at = 0; at < text.length; ) {
                int end = at;
                while (end < text.length && text[end] != '\n' && text[end] != '\r') {
                    end++;
                }
                if (end > at) {
                    found.add(Arrays.copyOfRange(text, at, end));
                    check(source, found);
                }
                at = end + 1;
            }
            if (found.isEmpty()) {
                throw KeyFailure.of(source + " is empty; expected a passphrase");
            }
            return found;
        } catch (StoreException e) {
            found.forEach(passphrase -> Arrays.fill(passphrase, (byte) 0));
            throw e;
        }
    }

    private static void check(String source, List<byte[]> found) {
        int length = found.get(found.size() - 1).length;
        if (length < BYTES_MIN || length > BYTES_MAX) {
            throw KeyFailure.of(source + " has a passphrase of " + length + " bytes; expected " + BYTES_MIN + " to "
                    + BYTES_MAX + ": who has the files can try all short ones");
        }
        if (found.size() > PASSPHRASES_MAX) {
            throw KeyFailure.of(
                    source + " has more than " + PASSPHRASES_MAX + " lines; expected one passphrase, or one a line");
        }
    }
}
