package io.coffer.tier;

/** A value as its encoded bytes: a put encodes once, a get decodes once. */
final class EncodedValue<V> extends Expirable<V> {
    private static final int ARRAY_HEADER = 16;

    private final byte[] encoded;
    private final Encoding<V> encoding;

    EncodedValue(byte[] encoded, Encoding<V> encoding, long expiresAtMillis) {
        super(expiresAtMillis);
        this.encoded = encoded;
        this.encoding = encoding;
    }

    @Override
    public V value() {
        return encoding.decode(encoded);
    }

    @Override
    long size() {
        return ARRAY_HEADER + (long) encoded.length;
    }

    @Override
    byte[] encoded() {
        return encoded;
    }

    @Override
    Expirable<V> with(long deadline) {
        return new EncodedValue<>(encoded, encoding, deadline);
    }

    @Override
    Object content() {
        return encoded;
    }
}
