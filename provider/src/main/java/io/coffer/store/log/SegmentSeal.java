package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import io.coffer.crypto.CipherPool;
import io.coffer.crypto.RecordCipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * The keys of one sealed segment: derived from the store's key of an epoch and a random salt in the segment's header, for this store and
 * for this very header. So no two segments share a key, and a header that was changed has none. Safe for use by several threads.
 */
final class SegmentSeal implements AutoCloseable {
    private static final byte[] SEGMENT = "coffer segment".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HINTS = "coffer hints".getBytes(StandardCharsets.US_ASCII);
    /** Store, segment, offset, and the record's head. */
    static final int ASSOCIATED_BYTES = 5 * Long.BYTES;

    private static final int SEGMENT_AT = 2 * Long.BYTES;
    private static final int OFFSET_AT = SEGMENT_AT + Long.BYTES;
    private static final int TYPE_AT = OFFSET_AT + Long.BYTES;
    private static final int LENGTH_AT = TYPE_AT + Integer.BYTES;

    private final Algorithms algorithms;
    private final CipherPool pool;
    private final Salt salt;
    private final Salt commitment;
    private final RecordCipher cipher;
    private final byte[] hintSecret;
    /** What is associated with all records: store and segment. */
    private final byte[] associated = new byte[OFFSET_AT];

    /**
     * Derives the keys.
     *
     * @param storeKey of the epoch that the header names; stays the caller's
     * @param head the first 64 bytes of the header
     */
    SegmentSeal(Algorithms algorithms, CipherPool pool, byte[] storeKey, UUID store, long id, Salt salt, byte[] head) {
        this.algorithms = algorithms;
        this.pool = pool;
        this.salt = salt;
        var info = ByteBuffer.allocate(SEGMENT.length + 2 * Long.BYTES + LogFormat.HEADER_BYTES)
                .put(SEGMENT)
                .putLong(store.getMostSignificantBits())
                .putLong(store.getLeastSignificantBits())
                .put(head, 0, LogFormat.HEADER_BYTES);
        var derived = algorithms.derive(storeKey, salt.bytes(), info.array(), 3 * Algorithms.KEY_BYTES);
        cipher = new RecordCipher(pool, Arrays.copyOf(derived, Algorithms.KEY_BYTES));
        commitment = Salt.of(ByteBuffer.wrap(derived), Algorithms.KEY_BYTES);
        hintSecret = Arrays.copyOfRange(derived, 2 * Algorithms.KEY_BYTES, 3 * Algorithms.KEY_BYTES);
        Arrays.fill(derived, (byte) 0);
        var bound = ByteBuffer.wrap(associated);
        bound.putLong(0, store.getMostSignificantBits());
        bound.putLong(Long.BYTES, store.getLeastSignificantBits());
        LittleEndian.putLong(bound, SEGMENT_AT, id);
    }

    Salt salt() {
        return salt;
    }

    /** Tells whether a key is the one that the segment was begun with, before any record is decrypted. */
    Salt commitment() {
        return commitment;
    }

    RecordCipher cipher() {
        return cipher;
    }

    /** Draws a nonce for one record. Random, since a process may be cloned while it writes, and a counter with it. */
    void nextNonce(byte[] nonce) {
        algorithms.random().nextBytes(nonce);
    }

    /** Returns what is associated with a record at an offset. */
    byte[] associated(long offset, int type, int sealedBytes) {
        var bytes = new byte[ASSOCIATED_BYTES];
        associate(bytes, offset, type, sealedBytes);
        return bytes;
    }

    /** Likewise, in an array that is there already, of {@link #ASSOCIATED_BYTES}. */
    void associate(byte[] bytes, long offset, int type, int sealedBytes) {
        System.arraycopy(associated, 0, bytes, 0, OFFSET_AT);
        LittleEndian.putLong(bytes, OFFSET_AT, offset);
        LittleEndian.putInt(bytes, TYPE_AT, type);
        LittleEndian.putInt(bytes, LENGTH_AT, sealedBytes);
    }

    /** Returns a new salt for a file of hints. */
    Salt newHintSalt() {
        return Salt.random(algorithms.random());
    }

    /** Returns the cipher of one file of hints about the segment, which the caller closes. */
    RecordCipher hintCipher(Salt hintSalt) {
        return new RecordCipher(pool, algorithms.derive(hintSecret, hintSalt.bytes(), HINTS, Algorithms.KEY_BYTES));
    }

    /** Wipes the keys. */
    @Override
    public void close() {
        cipher.close();
        Arrays.fill(hintSecret, (byte) 0);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "sealed";
    }
}
