package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records that nobody can read or make without the key: each encrypted with AES-256-GCM, for its segment and offset only, under a random
 * nonce. Around that the same checksum as in the clear, so that rot and torn writes are told from tampering, and without the key.
 */
final class SealedFraming implements RecordFraming {
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

    private static final int OVERHEAD = LogFormat.SEALED_RECORD_BYTES;

    private final SegmentSeal seal;
    private final RecordFrame frame;
    /** Only for writing, which one thread does at a time; so is what is associated. */
    private final byte[] nonce = new byte[Algorithms.NONCE_BYTES];

    private final byte[] associated = new byte[SegmentSeal.ASSOCIATED_BYTES];

    SealedFraming(int salt, SegmentSeal seal, int recordBytesMax) {
        this.frame = new RecordFrame(salt, Suite.SEALED, recordBytesMax);
        this.seal = seal;
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
        frame.requireWritable(type, shadow, sequence, keyBytes, valueBytes);
        int at = index + SEALED_AT;
        target.put(at, (byte) type.code);
        target.put(at + FLAGS_AT, (byte) (shadow ? RecordFrame.SHADOW : 0));
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
        seal.associate(associated, offset, SEALED, sealedBytes);
        int first = target.arrayOffset() + index;
        seal.cipher().seal(target.array(), first + NONCE_AT, first + SEALED_AT, KEY_AT + contentBytes, associated);
        return frame.seal(target, index, offset, SEALED_AT + sealedBytes);
    }

    @Override
    public int frameBytes(ByteBuffer source, int index, long bytesLeft) {
        if (bytesLeft < OVERHEAD || LittleEndian.getInt(source, index + TYPE_AT) != SEALED) {
            return -1;
        }
        long frameBytes = SEALED_AT + LittleEndian.getUnsignedInt(source, index + LENGTH_AT);
        return frame.possible(frameBytes, bytesLeft);
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
        int sealedBytes = frameBytes - SEALED_AT;
        byte[] sealed;
        int nonceAt;
        if (source.hasArray()) {
            sealed = source.array();
            nonceAt = source.arrayOffset() + index + NONCE_AT;
        } else {
            sealed = new byte[frameBytes - NONCE_AT];
            nonceAt = 0;
            source.get(index + NONCE_AT, sealed);
        }
        var opened = seal.cipher()
                .open(
                        sealed,
                        nonceAt,
                        nonceAt + Algorithms.NONCE_BYTES,
                        sealedBytes,
                        seal.associated(offset, SEALED, sealedBytes));
        return opened == null ? null : parsed(ByteBuffer.wrap(opened), LittleEndian.getInt(source, index), frameBytes);
    }

    /** The tag tells all that the checksum would but one: whether what is wrong is rot. That is looked at if it is wrong. */
    @Override
    public @Nullable LogRecord read(ByteBuffer source, int length, long offset, ReadBuffers.Place place) {
        int frameBytes = frameBytes(source, 0, length);
        if (frameBytes < 0) {
            return null;
        }
        int sealedBytes = frameBytes - SEALED_AT;
        var sealed = place.sealed(frameBytes - NONCE_AT);
        source.get(NONCE_AT, sealed, 0, frameBytes - NONCE_AT);
        var bound = place.associated();
        seal.associate(bound, offset, SEALED, sealedBytes);
        var opened = place.opened(sealedBytes - Algorithms.TAG_BYTES);
        boolean isGenuine = seal.cipher()
                .open(sealed, 0, Algorithms.NONCE_BYTES, sealedBytes, bound, opened.array(), opened.arrayOffset());
        return isGenuine ? parsed(opened, LittleEndian.getInt(source, 0), frameBytes) : null;
    }

    /** Whoever has the key writes no other fields; but a record that contradicts itself is none. */
    private static @Nullable LogRecord parsed(ByteBuffer opened, int checksum, int frameBytes) {
        var type = RecordType.of(opened.get(0));
        int flags = opened.get(FLAGS_AT);
        int keyBytes = LittleEndian.getUnsignedShort(opened, KEY_LENGTH_AT);
        int valueBytes = opened.limit() - KEY_AT - keyBytes;
        if (type == null
                || (flags & ~RecordFrame.SHADOW) != 0
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
}
