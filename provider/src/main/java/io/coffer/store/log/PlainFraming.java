package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Records in the clear, each with a CRC32C that is masked with the segment's salt and the record's offset. */
final class PlainFraming implements RecordFraming {
    private static final int TYPE_AT = 4;
    private static final int FLAGS_AT = 5;
    private static final int KEY_LENGTH_AT = 6;
    private static final int VALUE_LENGTH_AT = 8;
    private static final int SEQUENCE_AT = 12;
    private static final int EXPIRES_AT = 18;
    private static final int KEY_AT = LogFormat.RECORD_HEADER_BYTES;

    private final RecordFrame frame;

    PlainFraming(int salt, int recordBytesMax) {
        this.frame = new RecordFrame(salt, Suite.PLAIN, recordBytesMax);
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
        frame.requireFits(keyBytes, valueBytes);
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
        return frame.seal(target, index, offset, frameBytes(key.length, value.length));
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
        return frame.seal(target, index, offset, frameBytes(record.keyBytes(), record.valueBytes()));
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
        frame.requireWritable(type, shadow, sequence, keyBytes, valueBytes);
        target.put(index + TYPE_AT, (byte) type.code);
        target.put(index + FLAGS_AT, (byte) (shadow ? RecordFrame.SHADOW : 0));
        LittleEndian.putShort(target, index + KEY_LENGTH_AT, keyBytes);
        LittleEndian.putInt(target, index + VALUE_LENGTH_AT, valueBytes);
        LittleEndian.put48(target, index + SEQUENCE_AT, sequence);
        LittleEndian.put48(target, index + EXPIRES_AT, LogFormat.deadlineToDisk(expiresAtMillis));
    }

    @Override
    public int frameBytes(ByteBuffer source, int index, long bytesLeft) {
        if (bytesLeft < KEY_AT) {
            return -1;
        }
        var type = RecordType.of(source.get(index + TYPE_AT));
        int flags = source.get(index + FLAGS_AT);
        if (type == null || (flags & ~RecordFrame.SHADOW) != 0) {
            return -1;
        }
        int keyBytes = LittleEndian.getUnsignedShort(source, index + KEY_LENGTH_AT);
        long valueBytes = LittleEndian.getUnsignedInt(source, index + VALUE_LENGTH_AT);
        long frameBytes = KEY_AT + keyBytes + valueBytes;
        return type.allows(flags != 0, keyBytes, valueBytes) ? frame.possible(frameBytes, bytesLeft) : -1;
    }

    @Override
    public boolean isIntact(SegmentBytes bytes, long offset, int frameBytes, ByteBuffer piece) throws IOException {
        return frame.isIntact(bytes, offset, frameBytes, piece);
    }

    @Override
    public @Nullable LogRecord read(ByteBuffer source, int index, int length, long offset) {
        int frameBytes = frameBytes(source, index, length);
        if (frameBytes < 0 || !frame.isRight(source, index, offset, frameBytes)) {
            return null;
        }
        int checksum = LittleEndian.getInt(source, index);
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

    @Override
    public @Nullable LogRecord read(ByteBuffer source, int length, long offset, ReadBuffers.Place place) {
        return read(source, 0, length, offset);
    }
}
