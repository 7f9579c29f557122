package io.coffer.store.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a segment: which one it is, whose it is, and how its records are framed.
 *
 * @param kind whose records it holds
 * @param suite how they are framed
 * @param id its number, which is also its file's name in hexadecimal; 48 bits
 * @param createdSequence the last sequence number that was given out when it was begun; 48 bits
 * @param createdAtMillis the store's clock then
 * @param storeTag the first eight bytes of the store's id
 * @param salt random, part of every checksum in the segment
 * @param keyEpoch which key it is encrypted with, 0 in the plain suite
 * @param seal the keys that follow from it, null in the plain suite, and as long as nobody has derived them
 */
record SegmentHeader(
        SegmentKind kind,
        Suite suite,
        long id,
        long createdSequence,
        long createdAtMillis,
        long storeTag,
        int salt,
        int keyEpoch,
        @Nullable SegmentSeal seal) {

    private static final int KIND_AT = 14;
    private static final int SUITE_AT = 15;
    private static final int ID_AT = 16;
    private static final int CREATED_SEQUENCE_AT = 24;
    private static final int CREATED_AT = 32;
    private static final int STORE_AT = 40;
    private static final int SALT_AT = 48;
    private static final int EPOCH_AT = 52;
    private static final int ZERO_AT = 56;
    /** Of the sealed suite only. */
    private static final int KEY_SALT_AT = LogFormat.HEADER_BYTES;

    private static final int COMMITMENT_AT = KEY_SALT_AT + Salt.BYTES;
    private static final int SEALED_END = COMMITMENT_AT + Salt.BYTES;

    /** The header of a segment in the clear, or of a sealed one whose keys are still to be derived. */
    SegmentHeader(
            SegmentKind kind,
            Suite suite,
            long id,
            long createdSequence,
            long createdAtMillis,
            long storeTag,
            int salt,
            int keyEpoch) {
        this(kind, suite, id, createdSequence, createdAtMillis, storeTag, salt, keyEpoch, null);
    }

    SegmentHeader {
        requireU48("id", id);
        requireU48("createdSequence", createdSequence);
    }

    private static void requireU48(String name, long value) {
        if (value < 0 || value > LogFormat.U48_MAX) {
            throw new IllegalArgumentException(name + " must be from 0 to " + LogFormat.U48_MAX + ", found " + value);
        }
    }

    /** Returns the header's bytes. Records begin after them. */
    byte[] encode() {
        var bytes = head();
        if (suite == Suite.SEALED) {
            var head = ByteBuffer.wrap(bytes);
            requireSeal().salt().put(head, KEY_SALT_AT);
            requireSeal().commitment().put(head, COMMITMENT_AT);
            FileHead.sealBody(head, SEALED_END);
        }
        return bytes;
    }

    /** Returns the header without what the keys put there: what these are derived for. */
    byte[] head() {
        var head = ByteBuffer.allocate(suite.headerBytes);
        head.put(KIND_AT, (byte) kind.code);
        head.put(SUITE_AT, (byte) suite.code);
        LittleEndian.putLong(head, ID_AT, id);
        LittleEndian.putLong(head, CREATED_SEQUENCE_AT, createdSequence);
        LittleEndian.putLong(head, CREATED_AT, createdAtMillis);
        LittleEndian.putLong(head, STORE_AT, storeTag);
        LittleEndian.putInt(head, SALT_AT, salt);
        LittleEndian.putInt(head, EPOCH_AT, keyEpoch);
        FileHead.seal(head, LogFormat.SEGMENT_MAGIC, suite.headerBytes);
        return head.array();
    }

    /** Returns the same with its keys. */
    SegmentHeader with(SegmentSeal keys) {
        return new SegmentHeader(kind, suite, id, createdSequence, createdAtMillis, storeTag, salt, keyEpoch, keys);
    }

    /** Returns the framing of its records, which may be as long as a segment. */
    RecordFraming framing() {
        return suite.framing(this, LogFormat.SEGMENT_BYTES_MAX);
    }

    SegmentSeal requireSeal() {
        if (seal == null) {
            throw new IllegalStateException("The keys of " + fileName(id) + " were not derived");
        }
        return seal;
    }

    /** Returns the salt of the keys of a sealed segment, from the bytes of its header, once these were {@link #decode}d. */
    static Salt keySalt(byte[] header) {
        return Salt.of(ByteBuffer.wrap(header), KEY_SALT_AT);
    }

    /** Whether a header whose checksums are right says so; nobody has to have its keys for that. */
    static boolean saysCompacted(byte[] header) {
        return header[KIND_AT] == SegmentKind.COMPACTED.code;
    }

    /** Likewise what tells whether a key is the right one. */
    static Salt commitment(byte[] header) {
        return Salt.of(ByteBuffer.wrap(header), COMMITMENT_AT);
    }

    /** Reads the first bytes of a file; those after the header do not matter. The keys of a sealed segment are left to be derived. */
    static SegmentHeader decode(byte[] bytes, String file) throws DamagedFileException, NewerFormatException {
        var head = ByteBuffer.wrap(bytes);
        FileHead.check(head, LogFormat.SEGMENT_MAGIC, file);
        var suite = FileHead.checkSuite(head.get(SUITE_AT), file);
        FileHead.checkLength(head, suite.headerBytes, file);
        if (suite == Suite.SEALED) {
            FileHead.checkBody(head.slice(0, Math.min(head.limit(), suite.headerBytes)), SEALED_END, file);
        }
        var kind = SegmentKind.of(head.get(KIND_AT));
        if (kind == null) {
            throw new DamagedFileException(file, KIND_AT, "kind 0 or 1", Integer.toString(head.get(KIND_AT)));
        }
        long id = LittleEndian.getLong(head, ID_AT);
        FileHead.expectWithin(file, ID_AT, "id", 0, LogFormat.U48_MAX, id);
        long createdSequence = LittleEndian.getLong(head, CREATED_SEQUENCE_AT);
        FileHead.expectWithin(file, CREATED_SEQUENCE_AT, "sequence at creation", 0, LogFormat.U48_MAX, createdSequence);
        FileHead.expect(file, ZERO_AT, "zero", 0, LittleEndian.getInt(head, ZERO_AT));
        return new SegmentHeader(
                kind,
                suite,
                id,
                createdSequence,
                LittleEndian.getLong(head, CREATED_AT),
                LittleEndian.getLong(head, STORE_AT),
                LittleEndian.getInt(head, SALT_AT),
                LittleEndian.getInt(head, EPOCH_AT));
    }

    /** Whether a file was neither renamed, nor copied from another store. */
    boolean isOf(long expectedStoreTag, String file) {
        return storeTag == expectedStoreTag && fileName(id).equals(file);
    }

    /** Returns the name of a segment's file. */
    static String fileName(long id) {
        return String.format("%012x.seg", id);
    }
}
