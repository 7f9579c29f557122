package io.coffer.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a cache's folder: percent-encoded so that it is valid on every file system, and that two caches never share one, also
 * where upper and lower case, or composed and decomposed letters, are the same.
 *
 * <p>Small letters, digits, {@code - _} and dots within stay as they are. All else is {@code %} and two small hex digits for each byte
 * of UTF-8; so is the first letter of a name that Windows keeps for a device. The empty name is {@code %}.
 */
final class FolderName {
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    /** File systems allow 255 bytes, and Windows often 260 characters for the whole path. */
    private static final int LENGTH_MAX = 150;

    private static final int KEPT_OF_LONG = 80;

    private FolderName() {}

    /** Returns the name of the folder of a cache. */
    static String of(String cacheName) {
        if (cacheName.isEmpty()) {
            return "%";
        }
        var encoded = new StringBuilder();
        cacheName.codePoints().forEach(codePoint -> encode(codePoint, encoded));
        escape(0, encoded, DEVICE.matcher(encoded).matches() || encoded.charAt(0) == '.');
        escape(encoded.length() - 1, encoded, encoded.charAt(encoded.length() - 1) == '.');
        return encoded.length() <= LENGTH_MAX
                ? encoded.toString()
                : encoded.substring(0, KEPT_OF_LONG) + "%~" + digest(encoded.toString());
    }

    private static void encode(int codePoint, StringBuilder encoded) {
        if (isPlain(codePoint)) {
            encoded.append((char) codePoint);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            encoded.append("%u").append(HEX.toHexDigits((char) codePoint)); // half of a pair: UTF-8 has no bytes for it
        } else {
            for (byte each : Character.toString(codePoint).getBytes(UTF_8)) {
                encoded.append('%').append(HEX.toHexDigits(each));
            }
        }
    }

    private static boolean isPlain(int codePoint) {
        return (codePoint >= 'a' && codePoint <= 'z')
                || (codePoint >= '0' && codePoint <= '9')
                || codePoint == '-'
                || codePoint == '_'
                || codePoint == '.';
    }

    /** Windows drops a dot at the end; one at the beginning hides the folder, or means another. */
    private static void escape(int index, StringBuilder encoded, boolean isNeeded) {
        if (isNeeded) {
            encoded.replace(index, index + 1, "%" + HEX.toHexDigits((byte) encoded.charAt(index)));
        }
    }

    private static String digest(String encoded) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(encoded.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
