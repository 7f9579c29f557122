package io.coffer.store.log;

import java.nio.ByteBuffer;

/** Blocks that were reserved and never written. Looked through a page at a time: there may be a million bytes when a store is opened. */
final class Zeros {
    private static final int PAGE = 4 << 10;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(PAGE).asReadOnlyBuffer();

    private Zeros() {}

    /** Whether so many bytes of a buffer are all 0, whatever its position and limit are. */
    static boolean fill(ByteBuffer bytes, int index, int length) {
        int end = index + length;
        for (int at = index; at < end; at += PAGE) {
            int some = Math.min(PAGE, end - at);
            if (bytes.slice(at, some).mismatch(ZEROS.slice(0, some)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
