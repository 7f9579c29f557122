package io.coffer.codec;

import io.coffer.spi.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.cache.CacheException;

/**
 * Strings as UTF-8. A surrogate without its other half, which UTF-8 has no bytes for, is refused, or two keys would become one;
 * the codec {@code java} can store it.
 */
public final class StringCodec implements Codec<String> {

    @Override
    public byte[] encode(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        // A replacement is a question mark, so without one nothing was replaced.
        if (contains(bytes, (byte) '?')) {
            refuseLoneSurrogates(value);
        }
        return bytes;
    }

    @Override
    public String decode(byte[] bytes, ClassLoader loader) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CacheException("Stored bytes are no UTF-8: they are of another codec, or damaged", e);
        }
    }

    private static boolean contains(byte[] bytes, byte wanted) {
        for (byte each : bytes) {
            if (each == wanted) {
                return true;
            }
        }
        return false;
    }

    private static void refuseLoneSurrogates(String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new CacheException(
                    "A String with half of a surrogate pair cannot be stored as UTF-8; repair it, or set the codec"
                            + " \"java\"");
        }
    }
}
