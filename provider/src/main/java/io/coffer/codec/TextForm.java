package io.coffer.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strings: in Latin-1 if they can be, else in UTF-8 if that is shorter than UTF-16 and possible, else as their chars. So a
 * surrogate without its other half survives.
 */
final class TextForm implements CompactForm<String> {
    static final int LATIN_1 = 0x01;
    static final int UTF_8 = 0x02;
    static final int UTF_16 = 0x03;

    private static final int LATIN_1_MAX = 0xFF;

    @Override
    public byte[] encode(String text) {
        return switch (tagOf(text)) {
            case LATIN_1 -> latin1(text);
            case UTF_8 -> tagged(UTF_8, text.getBytes(StandardCharsets.UTF_8));
            default -> utf16(text);
        };
    }

    @Override
    public String decode(byte[] bytes) {
        if (bytes[0] == LATIN_1) {
            return new String(bytes, 1, bytes.length - 1, StandardCharsets.ISO_8859_1);
        }
        var text = bytes[0] == UTF_8 ? fromUtf8(bytes) : fromUtf16(bytes);
        if (tagOf(text) != bytes[0]) {
            throw CompactForm.damaged("String", bytes);
        }
        return text;
    }

    private static int tagOf(String text) {
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            seen |= text.charAt(i);
        }
        return seen <= LATIN_1_MAX ? LATIN_1 : tagOfWide(text);
    }

    private static int tagOfWide(String text) {
        long utf8 = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                utf8 += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8 += 4;
                i++;
            } else {
                return UTF_16;
            }
        }
        return utf8 < 2L * text.length() ? UTF_8 : UTF_16;
    }

    @SuppressWarnings(
            "deprecation") // the lower half of each char is what is wanted, and no other method copies in one step
    private static byte[] latin1(String text) {
        byte[] bytes = new byte[1 + text.length()];
        bytes[0] = LATIN_1;
        text.getBytes(0, text.length(), bytes, 1);
        return bytes;
    }

    private static byte[] utf16(String text) {
        byte[] bytes = new byte[Math.addExact(1, Math.multiplyExact(2, text.length()))];
        bytes[0] = UTF_16;
        content(bytes).asCharBuffer().put(text);
        return bytes;
    }

    private static byte[] tagged(int tag, byte[] content) {
        byte[] bytes = new byte[1 + content.length];
        bytes[0] = (byte) tag;
        System.arraycopy(content, 0, bytes, 1, content.length);
        return bytes;
    }

    /** By a decoder, since a String would take replacements for what is malformed. */
    private static String fromUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw CompactForm.damaged("String", bytes);
        }
    }

    private static String fromUtf16(byte[] bytes) {
        if (bytes.length % 2 == 0) {
            throw CompactForm.damaged("String", bytes);
        }
        return content(bytes).asCharBuffer().toString();
    }

    private static ByteBuffer content(byte[] bytes) {
        return ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
