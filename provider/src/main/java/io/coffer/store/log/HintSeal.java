package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import io.coffer.crypto.RecordCipher;
import java.io.Closeable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the hints of one file, block by block, with a key of its own. The nonce of a block is its number, and whether it is the last: so
 * blocks cannot change places, and none can be missing at the end (Tink and age encrypt streams so). One thread at a time.
 */
final class HintSeal implements Closeable {
    /** Hints in each block but the last. */
    static final int BLOCK_HINTS = 1 << 11;

    static final int BLOCK_BYTES = BLOCK_HINTS * LogFormat.HINT_BYTES;
    static final int SEALED_BLOCK_BYTES = BLOCK_BYTES + Algorithms.TAG_BYTES;

    private static final int NONCE_AT = SEALED_BLOCK_BYTES;
    private static final int LAST_AT = NONCE_AT + Algorithms.NONCE_BYTES - 1;
    private static final byte[] NOTHING = {};

    private final Salt salt;
    private final RecordCipher cipher;
    /** A block, and behind it the nonce. */
    private final byte[] block = new byte[SEALED_BLOCK_BYTES + Algorithms.NONCE_BYTES];

    private HintSeal(Salt salt, RecordCipher cipher) {
        this.salt = salt;
        this.cipher = cipher;
    }

    /** Makes a key for a new file about a segment, null if that is in the clear. */
    static @Nullable HintSeal begin(SegmentHeader header) {
        return header.suite() == Suite.PLAIN
                ? null
                : of(header, header.requireSeal().newHintSalt());
    }

    /** Derives the key of a file about a segment; null if there is no salt, since that is in the clear. */
    static @Nullable HintSeal of(SegmentHeader header, @Nullable Salt salt) {
        return salt == null ? null : new HintSeal(salt, header.requireSeal().hintCipher(salt));
    }

    /** How much longer a file is than the same in the clear, but for its header. */
    static long sealBytes(int hints) {
        return (long) Algorithms.TAG_BYTES * ((hints + (long) BLOCK_HINTS - 1) / BLOCK_HINTS);
    }

    Salt salt() {
        return salt;
    }

    /** Returns the bytes of an encrypted block, to be used before the next call. The first of them are it; the tag is behind. */
    byte[] seal(byte[] hints, int from, int length, int number, boolean isLast) {
        System.arraycopy(hints, from, block, 0, length);
        nonce(number, isLast);
        cipher.seal(block, NONCE_AT, 0, length, NOTHING);
        return block;
    }

    /** Decrypts a block, null if it is not what was encrypted. */
    @Nullable
    ByteBuffer open(byte[] sealed, int length, int number, boolean isLast) {
        System.arraycopy(sealed, 0, block, 0, length);
        nonce(number, isLast);
        var opened = cipher.open(block, NONCE_AT, 0, length, NOTHING);
        return opened == null ? null : ByteBuffer.wrap(opened);
    }

    private void nonce(int number, boolean isLast) {
        LittleEndian.putInt(block, NONCE_AT, number);
        block[LAST_AT] = (byte) (isLast ? 1 : 0);
    }

    @Override
    public void close() {
        cipher.close();
    }
}
