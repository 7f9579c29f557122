package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Records in the clear, each with a CRC32C that is masked with the segment's salt and the record's offset. */
final class PlainFraming implements RecordFraming {
    private static final int CHECKSUM_AT = 0;
    private static final int TYPE_AT = 4;
    private static final int FLAGS_AT = 5;
    private static final int KEY_LENGTH_AT = 6;
    private static final int VALUE_LENGTH_AT = 8;
    private static final int SEQUENCE_AT = 12;
    private static final int EXPIRES_AT = 18;
    private static final int KEY_AT = LogFormat.RECORD_HEADER_BYTES;

    private static final int SHADOW = 1;
    /** Odd, so that two offsets never have the same mask. */
    private static final int MASK_FACTOR = 0x9E37_79B1;

    private final int salt;
    private final int recordBytesMax;
    /** Only for writing, which one thread does at a time. */
    private final CRC32C writeChecksum = new CRC32C();

    PlainFraming(int salt, int recordBytesMax) {
        this.salt = salt;
        this.recordBytesMax = recordBytesMax;
    }

    @Override
    public int headerBytes() {
        return LogFormat.RECORD_HEADER_BYTES;
    }

    @Override
    public int frameBytes(int keyBytes, int valueBytes) {
        return KEY_AT + keyBytes + valueBytes;
    }

    @Override
    public void requireFits(int keyBytes, long valueBytes) {
        if (keyBytes > LogFormat.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "The key has " + keyBytes + " bytes; at most " + LogFormat.KEY_BYTES_MAX + " can be stored");
        }
        long needed = KEY_AT + keyBytes + valueBytes;
        if (needed > recordBytesMax) {
            throw new IllegalArgumentException(
                    "The entry needs " + needed + " bytes; maxRecordBytes is " + recordBytesMax);
        }
    }

    @Override
    public int write(
            ByteBuffer target,
            int index,
            long offset,
            RecordType type,
            boolean shadow,
            long sequence,
            long expiresAtMillis,
            byte[] key,
            byte[] value) {
        writeHeader(target, index, type, shadow, sequence, expiresAtMillis, key.length, value.length);
        target.put(index + KEY_AT, key);
        target.put(index + KEY_AT + key.length, value);
        return seal(target, index, offset, frameBytes(key.length, value.length));
    }

    @Override
    public int copy(ByteBuffer target, int index, long offset, LogRecord record, boolean shadow, long expiresAtMillis) {
        writeHeader(
                target,
                index,
                record.type(),
                shadow,
                record.sequence(),
                expiresAtMillis,
                record.keyBytes(),
                record.valueBytes());
        target.put(index + KEY_AT, record.content(), record.keyIndex(), record.keyBytes() + record.valueBytes());
        return seal(target, index, offset, frameBytes(record.keyBytes(), record.valueBytes()));
    }

    private void writeHeader(
            ByteBuffer target,
            int index,
            RecordType type,
            boolean shadow,
            long sequence,
            long expiresAtMillis,
            int keyBytes,
            int valueBytes) {
        requireFits(keyBytes, valueBytes);
        if (!type.allows(shadow, keyBytes, valueBytes)) {
            throw new IllegalArgumentException("No " + type + " has a key of " + keyBytes + " bytes, a value of "
                    + valueBytes + " bytes and shadow=" + shadow);
        }
        if (sequence < 0 || sequence > LogFormat.U48_MAX) {
            throw new IllegalArgumentException(
                    "sequence must be from 0 to " + LogFormat.U48_MAX + ", found " + sequence);
        }
        target.put(index + TYPE_AT, (byte) type.code);
        target.put(index + FLAGS_AT, (byte) (shadow ? SHADOW : 0));
        LittleEndian.putShort(target, index + KEY_LENGTH_AT, keyBytes);
        LittleEndian.putInt(target, index + VALUE_LENGTH_AT, valueBytes);
        LittleEndian.put48(target, index + SEQUENCE_AT, sequence);
        LittleEndian.put48(target, index + EXPIRES_AT, LogFormat.deadlineToDisk(expiresAtMillis));
    }

    private int seal(ByteBuffer target, int index, long offset, int frameBytes) {
        int checksum = Checksum.of(writeChecksum, target, index + TYPE_AT, index + frameBytes) ^ mask(offset);
        LittleEndian.putInt(target, index + CHECKSUM_AT, checksum);
        return checksum;
    }

    @Override
    public int frameBytes(ByteBuffer source, int index, long bytesLeft) {
        if (bytesLeft < KEY_AT) {
            return -1;
        }
        var type = RecordType.of(source.get(index + TYPE_AT));
        int flags = source.get(index + FLAGS_AT);
        if (type == null || (flags & ~SHADOW) != 0) {
            return -1;
        }
        int keyBytes = LittleEndian.getUnsignedShort(source, index + KEY_LENGTH_AT);
        long valueBytes = LittleEndian.getUnsignedInt(source, index + VALUE_LENGTH_AT);
        long frameBytes = KEY_AT + keyBytes + valueBytes;
        boolean possible = type.allows(flags != 0, keyBytes, valueBytes)
                && frameBytes <= bytesLeft
                && frameBytes <= recordBytesMax;
        return possible ? (int) frameBytes : -1;
    }

    @Override
    public boolean isIntact(SegmentBytes bytes, long offset, int frameBytes, ByteBuffer piece) throws IOException {
        return Checksum.isRight(bytes, offset, frameBytes, piece, mask(offset));
    }

    @Override
    public @Nullable LogRecord read(ByteBuffer source, int index, int length, long offset) {
        int frameBytes = frameBytes(source, index, length);
        if (frameBytes < 0) {
            return null;
        }
        int checksum = LittleEndian.getInt(source, index + CHECKSUM_AT);
        if (checksum != (Checksum.of(source, index + TYPE_AT, index + frameBytes) ^ mask(offset))) {
            return null;
        }
        var type = RecordType.of(source.get(index + TYPE_AT));
        if (type == null) {
            return null;
        }
        int keyBytes = LittleEndian.getUnsignedShort(source, index + KEY_LENGTH_AT);
        return new LogRecord(
                type,
                source.get(index + FLAGS_AT) != 0,
                LittleEndian.getUnsigned48(source, index + SEQUENCE_AT),
                LogFormat.deadlineFromDisk(LittleEndian.getUnsigned48(source, index + EXPIRES_AT)),
                checksum,
                frameBytes,
                source,
                index + KEY_AT,
                keyBytes,
                frameBytes - KEY_AT - keyBytes);
    }

    private int mask(long offset) {
        return (salt ^ (int) offset) * MASK_FACTOR;
    }
}
