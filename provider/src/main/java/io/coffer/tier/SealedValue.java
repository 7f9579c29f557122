package io.coffer.tier;

import io.coffer.crypto.HeapSeal;

/** A value as its encoded and encrypted bytes. */
final class SealedValue<V> extends Expirable<V> {
    private static final int HEADERS = 16 + 24; // of the array, and of what holds it

    private final HeapSeal.Sealed sealed;
    private final Encoding<V> encoding;

    SealedValue(HeapSeal.Sealed sealed, Encoding<V> encoding, long expiresAtMillis) {
        super(expiresAtMillis);
        this.sealed = sealed;
        this.encoding = encoding;
    }

    @Override
    public V value() {
        return encoding.decode(sealed.open());
    }

    @Override
    long size() {
        return HEADERS + (long) sealed.length();
    }

    /** Decrypts them. */
    @Override
    byte[] encoded() {
        return sealed.open();
    }

    @Override
    Expirable<V> with(long deadline) {
        return new SealedValue<>(sealed, encoding, deadline);
    }

    @Override
    Object content() {
        return sealed;
    }
}
