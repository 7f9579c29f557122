package io.coffer.codec;

import io.coffer.spi.Codec;

/** Byte arrays as they are. */
public final class BytesCodec implements Codec<byte[]> {

    @Override
    public byte[] encode(byte[] value) {
        return value.clone();
    }

    @Override
    public byte[] decode(byte[] bytes, ClassLoader loader) {
        return bytes.clone();
    }
}
