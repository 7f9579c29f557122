package io.coffer.store.log;

import java.nio.ByteBuffer;

/** Blocks that were reserved and never written. Looked through a page at a time: there may be a million bytes when a store is opened. */
final class Zeros {
    private static final int PAGE = 4 << 10;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(PAGE).asReadOnlyBuffer();

    private Zeros() {}

    /** Returns how many of some bytes of a buffer are left without the zeros at their end, whatever its position and limit are. */
    static int trimmed(ByteBuffer bytes, int index, int length) {
        int left = length;
        while (left > 0) {
            int some = Math.min(PAGE, left);
            if (bytes.slice(index + left - some, some).mismatch(ZEROS.slice(0, some)) >= 0) {
                break;
            }
            left -= some;
        }
        while (left > 0 && bytes.get(index + left - 1) == 0) {
            left--;
        }
        return left;
    }
}
