package io.coffer.store.log;

import java.nio.ByteBuffer;

/** Fingerprints of numbered keys. */
final class Keys {
    private final Fingerprints fingerprints;

    Keys(long seed) {
        this.fingerprints = new Fingerprints(seed, ~seed);
    }

    Fingerprint at(long number) {
        return fingerprints.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
