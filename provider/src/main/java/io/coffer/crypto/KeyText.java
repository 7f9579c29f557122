package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.spi.StoreException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys as text: 32 bytes as base64, with the alphabet of files or of URLs (RFC 4648 sections 4 and 5), with or without padding, or as hex.
 * Several stand between spaces, commas or line breaks; a line that begins with {@code #} is a comment. Works on bytes, which can be wiped, as
 * far as the JDK lets it.
 */
public final class KeyText {
    private static final String EXPECTED = "; expected base64 or hex of exactly " + Algorithms.KEY_BYTES
            + " random bytes, such as io.coffer.crypto.NewKeyFile makes";
    private static final int KEYS_MAX = 16;
    private static final int HEX_LENGTH = 2 * Algorithms.KEY_BYTES;

    private KeyText() {}

    /** Tells whether a text is a key, so that it must not be shown. */
    public static boolean isKey(String text) {
        try {
            Arrays.fill(decoded("", 1, text.strip().getBytes(ISO_8859_1)), (byte) 0);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /**
     * Reads one key or several.
     *
     * @param source names where the text is from, for messages
     * @throws StoreException of kind KEY if there is none, or something else; it says what, but nothing of the text
     */
    static List<byte[]> keys(String source, byte[] text) {
        if (isRawKey(text)) {
            throw KeyFailure.of(source + " holds " + Algorithms.KEY_BYTES
                    + " raw bytes; write them as base64 (the command base64 does) or hex");
        }
        var found = new ArrayList<byte[]>();
        try {
            for (int at = 0; at < text.length; ) {
                int end = endOf(text, at);
                if (text[at] == '#') {
                    end = endOfLine(text, at);
                } else if (end > at) {
                    add(source, Arrays.copyOfRange(text, at, end), found);
                }
                at = Math.max(end, at + 1);
            }
            if (found.isEmpty()) {
                throw KeyFailure.of(source + " is empty" + EXPECTED);
            }
            return found;
        } catch (StoreException e) {
            found.forEach(key -> Arrays.fill(key, (byte) 0));
            throw e;
        }
    }

    /** Tells whether it is as long as a key, and nothing that a person could have written: random bytes hardly ever are. */
    private static boolean isRawKey(byte[] text) {
        if (text.length != Algorithms.KEY_BYTES) {
            return false;
        }
        var characters = CharBuffer.allocate(text.length);
        try {
            var result = UTF_8.newDecoder().decode(ByteBuffer.wrap(text), characters, true);
            return result.isError()
                    || characters
                            .flip()
                            .chars()
                            .anyMatch(each -> Character.isISOControl(each) && !Character.isWhitespace(each));
        } finally {
            Arrays.fill(characters.array(), '\0');
        }
    }

    private static void add(String source, byte[] word, List<byte[]> found) {
        try {
            if (found.size() == KEYS_MAX) {
                throw KeyFailure.of(source + " has more than " + KEYS_MAX + " keys");
            }
            found.add(decoded(source, found.size() + 1, word));
        } finally {
            Arrays.fill(word, (byte) 0);
        }
    }

    private static int endOf(byte[] text, int start) {
        int end = start;
        while (end < text.length && (text[end] & 0xFF) > ' ' && text[end] != ',') {
            end++;
        }
        return end;
    }

    private static int endOfLine(byte[] text, int start) {
        int end = start;
        while (end < text.length && text[end] != '\n' && text[end] != '\r') {
            end++;
        }
        return end;
    }

    private static byte[] decoded(String source, int number, byte[] word) {
        var key = word.length == HEX_LENGTH && isHex(word) ? ofHex(word) : ofBase64(word);
        var which = source + ", key " + number + ": ";
        if (key == null) {
            throw KeyFailure.of(
                    which + "found " + word.length + " characters that are neither base64 nor hex of whole bytes"
                            + EXPECTED + ". A password is no key: set passphraseFile or passphraseEnv for one");
        }
        int length = key.length;
        if (length != Algorithms.KEY_BYTES || isOfOneByte(key)) {
            Arrays.fill(key, (byte) 0);
            throw KeyFailure.of(which + "found "
                    + (length == Algorithms.KEY_BYTES
                            ? "32 times the same byte"
                            : "base64 or hex of " + length + " bytes")
                    + EXPECTED);
        }
        return key;
    }

    private static boolean isHex(byte[] word) {
        for (byte each : word) {
            if (!HexFormat.isHexDigit(each)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ofHex(byte[] word) {
        var key = new byte[word.length / 2];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (HexFormat.fromHexDigit(word[2 * i]) << 4 | HexFormat.fromHexDigit(word[2 * i + 1]));
        }
        return key;
    }

    /** Null if it is none, also if bits are set that belong to no byte. */
    private static byte @Nullable [] ofBase64(byte[] word) {
        var plain = word.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = switch (plain[i]) {
                case '-' -> '+';
                case '_' -> '/';
                default -> plain[i];
            };
        }
        byte[] encodedAgain = null;
        try {
            var key = Base64.getDecoder().decode(plain);
            encodedAgain = Base64.getEncoder().encode(key);
            int length = plain.length;
            if (length <= encodedAgain.length && Arrays.equals(plain, 0, length, encodedAgain, 0, length)) {
                return key;
            }
            Arrays.fill(key, (byte) 0);
            return null;
        } catch (IllegalArgumentException e) {
            return null;
        } finally {
            Arrays.fill(plain, (byte) 0);
            if (encodedAgain != null) {
                Arrays.fill(encodedAgain, (byte) 0);
            }
        }
    }

    private static boolean isOfOneByte(byte[] key) {
        for (byte each : key) {
            if (each != key[0]) {
                return false;
            }
        }
        return true;
    }
}
