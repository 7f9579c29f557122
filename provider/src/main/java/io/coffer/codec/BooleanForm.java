package io.coffer.codec;

/** The two truth values: a tag each, without content. */
final class BooleanForm implements CompactForm<Boolean> {
    static final int FALSE = 0x08;
    static final int TRUE = 0x09;

    @Override
    public byte[] encode(Boolean value) {
        return new byte[] {(byte) (value ? TRUE : FALSE)};
    }

    @Override
    public Boolean decode(byte[] bytes) {
        if (bytes.length != 1) {
            throw CompactForm.damaged("Boolean", bytes);
        }
        return bytes[0] == TRUE;
    }
}
