package io.coffer.tier;

import io.coffer.crypto.HeapSeal;

/**
 * Objects are kept encrypted, all of them, also those of immutable types: a dump of the heap does not show them. Each time one is asked for it
 * is decrypted and decoded, and each time one is taken in it is encoded and encrypted.
 *
 * <p>The key lies in the same heap. This keeps values out of searches, swap files and careless dumps; it does not stop somebody who
 * reads the memory of the process and knows where to look.
 */
public final class Sealed<T> implements StoredForm<T> {
    private final Encoding<T> encoding;
    private final HeapSeal seal;

    /** Makes the form of one cache. */
    public Sealed(Encoding<T> encoding, HeapSeal seal) {
        this.encoding = encoding;
        this.seal = seal;
    }

    @Override
    public Expirable<T> take(T object) {
        return sealed(encoding.encode(object));
    }

    @Override
    public Expirable<T> restore(T decoded, byte[] encoded) {
        return sealed(encoded);
    }

    @Override
    public Expirable<T> takeForStore(T object, Encoding<T> ofStore) {
        byte[] encoded = ofStore.encode(object);
        return new OutgoingValue<>(sealed(encoded), encoded);
    }

    private SealedValue<T> sealed(byte[] encoded) {
        return new SealedValue<>(seal.seal(encoded), encoding, Expirable.UNSET);
    }
}
