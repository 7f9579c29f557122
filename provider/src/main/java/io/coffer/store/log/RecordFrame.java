package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What the records of all suites have in common: each begins with a CRC32C over the rest of it, masked with the segment's salt and the
 * record's offset; and there are limits to what is in it. Any thread may check, one at a time may {@link #seal}.
 */
final class RecordFrame {
    /** The flag of a record that replaced a version with a later deadline. */
    static final int SHADOW = 1;
    /** Odd, so that two offsets never have the same mask. */
    private static final int MASK_FACTOR = 0x9E37_79B1;

    private final int salt;
    private final Suite suite;
    private final int recordBytesMax;
    /** Only for writing, which one thread does at a time. */
    private final CRC32C writeChecksum = new CRC32C();

    RecordFrame(int salt, Suite suite, int recordBytesMax) {
        this.salt = salt;
        this.suite = suite;
        this.recordBytesMax = recordBytesMax;
    }

    /** As {@link RecordFraming#requireFits}. */
    void requireFits(int keyBytes, long valueBytes) {
        if (keyBytes > LogFormat.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "The key has " + keyBytes + " bytes; at most " + LogFormat.KEY_BYTES_MAX + " can be stored");
        }
        long needed = suite.recordBytes + keyBytes + valueBytes;
        if (needed > recordBytesMax) {
            throw new IllegalArgumentException(
                    "The entry needs " + needed + " bytes; maxRecordBytes is " + recordBytesMax);
        }
    }

    /** Refuses what no record says. */
    void requireWritable(RecordType type, boolean shadow, long sequence, int keyBytes, int valueBytes) {
        requireFits(keyBytes, valueBytes);
        if (!type.allows(shadow, keyBytes, valueBytes)) {
            throw new IllegalArgumentException("No " + type + " has a key of " + keyBytes + " bytes, a value of "
                    + valueBytes + " bytes and shadow=" + shadow);
        }
        if (sequence < 0 || sequence > LogFormat.U48_MAX) {
            throw new IllegalArgumentException(
                    "sequence must be from 0 to " + LogFormat.U48_MAX + ", found " + sequence);
        }
    }

    /** Returns a length as a record may have it where so many bytes are left, else -1. */
    int possible(long frameBytes, long bytesLeft) {
        return frameBytes >= suite.recordBytes && frameBytes <= bytesLeft && frameBytes <= recordBytesMax
                ? (int) frameBytes
                : -1;
    }

    /** Writes the checksum of a record that stands in a buffer, and returns it. */
    int seal(ByteBuffer target, int index, long offset, int frameBytes) {
        int start = index + LogFormat.CHECKSUM_BYTES;
        int checksum = Checksum.of(writeChecksum, target, start, index + frameBytes) ^ mask(offset);
        LittleEndian.putInt(target, index, checksum);
        return checksum;
    }

    /** Whether a record's checksum is right. */
    boolean isRight(ByteBuffer source, int index, long offset, int frameBytes) {
        int checksum = Checksum.of(source, index + LogFormat.CHECKSUM_BYTES, index + frameBytes) ^ mask(offset);
        return LittleEndian.getInt(source, index) == checksum;
    }

    /** As {@link RecordFraming#isIntact}. */
    boolean isIntact(SegmentBytes bytes, long offset, int frameBytes, ByteBuffer piece) throws IOException {
        var crc = new CRC32C();
        int checksum = 0;
        for (int at = 0; at < frameBytes; at += piece.capacity()) {
            piece.clear().limit(Math.min(piece.capacity(), frameBytes - at));
            bytes.read(piece, offset + at);
            piece.flip();
            if (at == 0) {
                checksum = LittleEndian.getInt(piece, 0);
                piece.position(LogFormat.CHECKSUM_BYTES);
            }
            crc.update(piece);
        }
        return checksum == ((int) crc.getValue() ^ mask(offset));
    }

    private int mask(long offset) {
        return (salt ^ (int) offset) * MASK_FACTOR;
    }
}
