package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;

/** The name of an outer key: made from the key, so that two keys never share one, and of no use to whoever guesses keys or passphrases. */
final class KeyId {
    private static final byte[] LABEL = "coffer key id".getBytes(US_ASCII); // do not change: on disk
    private static final int BYTES = 8;

    private KeyId() {}

    /** Returns 16 hex digits: HKDF-SHA256 (RFC 5869) of the key. */
    static String of(Algorithms algorithms, byte[] key) {
        return HexFormat.of().formatHex(algorithms.derive(key, new byte[0], LABEL, BYTES));
    }
}
