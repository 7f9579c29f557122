package io.coffer.store.log;

import java.nio.ByteBuffer;

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
 */
record SegmentHeader(
        SegmentKind kind,
        Suite suite,
        long id,
        long createdSequence,
        long createdAtMillis,
        long storeTag,
        int salt,
        int keyEpoch) {

    private static final int KIND_AT = 14;
    private static final int SUITE_AT = 15;
    private static final int ID_AT = 16;
    private static final int CREATED_SEQUENCE_AT = 24;
    private static final int CREATED_AT = 32;
    private static final int STORE_AT = 40;
    private static final int SALT_AT = 48;
    private static final int EPOCH_AT = 52;
    private static final int ZERO_AT = 56;

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
        var head = ByteBuffer.allocate(LogFormat.HEADER_BYTES);
        head.put(KIND_AT, (byte) kind.code);
        head.put(SUITE_AT, (byte) suite.code);
        LittleEndian.putLong(head, ID_AT, id);
        LittleEndian.putLong(head, CREATED_SEQUENCE_AT, createdSequence);
        LittleEndian.putLong(head, CREATED_AT, createdAtMillis);
        LittleEndian.putLong(head, STORE_AT, storeTag);
        LittleEndian.putInt(head, SALT_AT, salt);
        LittleEndian.putInt(head, EPOCH_AT, keyEpoch);
        FileHead.seal(head, LogFormat.SEGMENT_MAGIC);
        return head.array();
    }

    /** Reads the first bytes of a file; those after the header do not matter. */
    static SegmentHeader decode(byte[] bytes, String file) throws DamagedFileException, NewerFormatException {
        var head = ByteBuffer.wrap(bytes);
        FileHead.check(head, LogFormat.SEGMENT_MAGIC, file);
        var suite = FileHead.checkSuite(head, head.get(SUITE_AT), file);
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

    /** Refuses a file that was renamed, or copied from another store. */
    void expectIdentity(long expectedId, long expectedStoreTag, String file) throws DamagedFileException {
        FileHead.expectHex(file, ID_AT, "segment", expectedId, id);
        FileHead.expectHex(file, STORE_AT, "store", expectedStoreTag, storeTag);
    }

    /** Returns the name of a segment's file. */
    static String fileName(long id) {
        return String.format("%012x.seg", id);
    }
}
