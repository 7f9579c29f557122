package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records that nobody can read or make without the key: each encrypted with AES-256-GCM, for its segment and offset only, under a random
 * nonce. Around that the same checksum as in the clear, so that rot and torn writes are told from tampering, and without the key.
 */
final class SealedFraming implements RecordFraming {
    private static final int CHECKSUM_AT = 0;
    private static final int TYPE_AT = 4;
    private static final int LENGTH_AT = 8;
    private static final int NONCE_AT = 12;
    private static final int SEALED_AT = NONCE_AT + Algorithms.NONCE_BYTES;

    /** Where the fields lie in what is encrypted. */
    private static final int FLAGS_AT = 1;

    private static final int KEY_LENGTH_AT = 2;
    private static final int SEQUENCE_AT = 4;
    private static final int EXPIRES_AT = 10;
    private static final int KEY_AT = 16;

    /** The type, and three zeros. */
    private static final int SEALED = 0x11;

    private static final int SHADOW = 1;
    private static final int OVERHEAD = LogFormat.SEALED_RECORD_BYTES;
    private static final int MASK_FACTOR = 0x9E37_79B1;

    private final int salt;
    private final SegmentSeal seal;
    private final int recordBytesMax;
    /** Only for writing, which one thread does at a time. */
    private final CRC32C writeChecksum = new CRC32C();

    private final byte[] nonce = new byte[Algorithms.NONCE_BYTES];

    SealedFraming(int salt, SegmentSeal seal, int recordBytesMax) {
        this.salt = salt;
        this.seal = seal;
        this.recordBytesMax = recordBytesMax;
    }

    @Override
    public int headerBytes() {
        return SEALED_AT;
    }

    @Override
    public int frameBytes(int keyBytes, int valueBytes) {
        return OVERHEAD + keyBytes + valueBytes;
    }

    @Override
    public void requireFits(int keyBytes, long valueBytes) {
        if (keyBytes > LogFormat.KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "The key has " + keyBytes + " bytes; at most " + LogFormat.KEY_BYTES_MAX + " can be stored");
        }
        long needed = OVERHEAD + keyBytes + valueBytes;
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
        writeFields(target, index, type, shadow, sequence, expiresAtMillis, key.length, value.length);
        int at = index + SEALED_AT + KEY_AT;
        target.put(at, key);
        target.put(at + key.length, value);
        return seal(target, index, offset, key.length + value.length);
    }

    @Override
    public int copy(ByteBuffer target, int index, long offset, LogRecord record, boolean shadow, long expiresAtMillis) {
        int bytes = record.keyBytes() + record.valueBytes();
        writeFields(
                target,
                index,
                record.type(),
                shadow,
                record.sequence(),
                expiresAtMillis,
                record.keyBytes(),
                record.valueBytes());
        target.put(index + SEALED_AT + KEY_AT, record.content(), record.keyIndex(), bytes);
        return seal(target, index, offset, bytes);
    }

    private void writeFields(
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
        int at = index + SEALED_AT;
        target.put(at, (byte) type.code);
        target.put(at + FLAGS_AT, (byte) (shadow ? SHADOW : 0));
        LittleEndian.putShort(target, at + KEY_LENGTH_AT, keyBytes);
        LittleEndian.put48(target, at + SEQUENCE_AT, sequence);
        LittleEndian.put48(target, at + EXPIRES_AT, LogFormat.deadlineToDisk(expiresAtMillis));
    }

    /** Encrypts what stands there in the clear, in a buffer on the heap, as all buffers that are written from are. */
    private int seal(ByteBuffer target, int index, long offset, int contentBytes) {
        int sealedBytes = KEY_AT + contentBytes + Algorithms.TAG_BYTES;
        LittleEndian.putInt(target, index + TYPE_AT, SEALED);
        LittleEndian.putInt(target, index + LENGTH_AT, sealedBytes);
        seal.nextNonce(nonce);
        target.put(index + NONCE_AT, nonce);
        int first = target.arrayOffset() + index;
        seal.cipher()
                .seal(
                        target.array(),
                        first + NONCE_AT,
                        first + SEALED_AT,
                        KEY_AT + contentBytes,
                        seal.associated(offset, SEALED, sealedBytes));
        int checksum =
                Checksum.of(writeChecksum, target, index + TYPE_AT, index + SEALED_AT + sealedBytes) ^ mask(offset);
        LittleEndian.putInt(target, index + CHECKSUM_AT, checksum);
        return checksum;
    }

    @Override
    public int frameBytes(ByteBuffer source, int index, long bytesLeft) {
        if (bytesLeft < OVERHEAD || LittleEndian.getInt(source, index + TYPE_AT) != SEALED) {
            return -1;
        }
        long frameBytes = SEALED_AT + LittleEndian.getUnsignedInt(source, index + LENGTH_AT);
        boolean possible = frameBytes >= OVERHEAD && frameBytes <= bytesLeft && frameBytes <= recordBytesMax;
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
        int sealedBytes = frameBytes - SEALED_AT;
        var opened =
                seal.cipher().open(source, index + NONCE_AT, sealedBytes, seal.associated(offset, SEALED, sealedBytes));
        return opened == null ? null : parsed(ByteBuffer.wrap(opened), checksum, frameBytes);
    }

    /** Whoever has the key writes no other fields; but a record that contradicts itself is none. */
    private static @Nullable LogRecord parsed(ByteBuffer opened, int checksum, int frameBytes) {
        var type = RecordType.of(opened.get(0));
        int flags = opened.get(FLAGS_AT);
        int keyBytes = LittleEndian.getUnsignedShort(opened, KEY_LENGTH_AT);
        int valueBytes = opened.limit() - KEY_AT - keyBytes;
        if (type == null
                || (flags & ~SHADOW) != 0
                || valueBytes < 0
                || !type.allows(flags != 0, keyBytes, valueBytes)) {
            return null;
        }
        return new LogRecord(
                type,
                flags != 0,
                LittleEndian.getUnsigned48(opened, SEQUENCE_AT),
                LogFormat.deadlineFromDisk(LittleEndian.getUnsigned48(opened, EXPIRES_AT)),
                checksum,
                frameBytes,
                opened,
                KEY_AT,
                keyBytes,
                valueBytes);
    }

    private int mask(long offset) {
        return (salt ^ (int) offset) * MASK_FACTOR;
    }
}
