package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes checksums right in bytes that were made up, as far as there is room for them, and compares files. */
final class FuzzFiles {
    private static final int MAGIC_END = 8;
    private static final int MINOR_AT = 10;
    private static final int SALT_AT = 48;
    private static final int CHECKSUM_AT = LogFormat.HEADER_BYTES - LogFormat.CHECKSUM_BYTES;
    private static final int TYPE_AT = 4;
    private static final int MASK_FACTOR = 0x9E37_79B1;

    private FuzzFiles() {}

    static void resealHead(ByteBuffer file) {
        if (file.limit() >= LogFormat.HEADER_BYTES) {
            LittleEndian.putInt(file, CHECKSUM_AT, Checksum.of(file, 0, CHECKSUM_AT));
        }
    }

    /** Of a file that ends with a checksum. */
    static void resealWhole(ByteBuffer file) {
        resealHead(file);
        if (file.limit() >= LogFormat.HEADER_BYTES + LogFormat.CHECKSUM_BYTES) {
            FileHead.sealBody(file, file.limit() - LogFormat.CHECKSUM_BYTES);
        }
    }

    /** Of a segment with the salt that stands in it. */
    static void resealSegment(ByteBuffer file) {
        if (file.limit() >= LogFormat.HEADER_BYTES) {
            resealSegment(file, LittleEndian.getInt(file, SALT_AT));
        }
    }

    /** Of all records up to the first bytes that can be none, and of a sealed header. */
    static void resealSegment(ByteBuffer file, int salt) {
        resealHead(file);
        var framing = new PlainFraming(salt, LogFormat.SEGMENT_BYTES_MAX);
        int at = LogFormat.HEADER_BYTES;
        int length = at < file.limit() ? framing.frameBytes(file, at, file.limit() - at) : -1;
        while (length > 0) {
            LittleEndian.putInt(file, at, Checksum.of(file, at + TYPE_AT, at + length) ^ (salt ^ at) * MASK_FACTOR);
            at += length;
            length = framing.frameBytes(file, at, file.limit() - at);
        }
    }

    /** Of any file of a store, told by its first bytes. */
    static void reseal(ByteBuffer file) {
        if (file.limit() < MAGIC_END) {
            return;
        }
        if (LittleEndian.getLong(file, 0) == LogFormat.SEGMENT_MAGIC) {
            resealSegment(file);
        } else {
            resealWhole(file);
        }
    }

    /** Expects what was written again to be what was read. */
    static void requireSame(byte[] read, byte[] written) {
        var expected = ByteBuffer.wrap(read);
        LittleEndian.putShort(expected, MINOR_AT, LogFormat.MINOR); // readers ignore it
        resealWhole(expected);
        require(read, written);
    }

    /** Likewise, of what has a head only. */
    static void requireSameHead(byte[] read, byte[] written) {
        var expected = ByteBuffer.wrap(read);
        LittleEndian.putShort(expected, MINOR_AT, LogFormat.MINOR);
        resealHead(expected);
        require(read, written);
    }

    private static void require(byte[] expected, byte[] written) {
        if (!Arrays.equals(expected, written)) {
            throw new AssertionError("The bytes are another encoding of what they say, different at "
                    + Arrays.mismatch(expected, written));
        }
    }
}
