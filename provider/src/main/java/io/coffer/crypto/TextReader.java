package io.coffer.crypto;

import java.util.Arrays;
import java.util.List;

/**
 * Reads keys or passphrases that stand as text in one place.
 *
 * @param secret the place
 * @param form what the text is
 */
record TextReader(Secret secret, Form form) implements KeyReader {
    /** What a secret text is. */
    enum Form {
        /** {@link KeyText}. */
        KEYS,
        /** {@link PassphraseText}. */
        PASSPHRASES
    }

    @Override
    public List<byte[]> read() {
        var text = secret.read();
        try {
            return switch (form) {
                case KEYS -> KeyText.keys(toString(), text);
                case PASSPHRASES -> PassphraseText.lines(toString(), text);
            };
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return secret.toString();
    }
}
