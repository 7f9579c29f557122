package io.coffer.store.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of one segment. Of an {@link SegmentState#OPEN} one only id, kind, salt and createdSequence are known; the
 * other numbers are 0.
 *
 * @param id its number, also its file's name
 * @param kind whose records it holds
 * @param state whether its numbers are final
 * @param salt as in its header: tells it from another file that once had its name
 * @param length of the file in bytes
 * @param records how many there are before the footer
 * @param minSequence least of its changes
 * @param maxSequence greatest of its changes
 * @param createdSequence as in its header
 * @param latestDeadline greatest in it, or {@link LogFormat#ETERNAL}
 * @param footerChecksum of the footer's record
 * @param seal what its keys are derived from, null if it is in the clear
 */
record ManifestLine(
        long id,
        SegmentKind kind,
        SegmentState state,
        int salt,
        int length,
        int records,
        long minSequence,
        long maxSequence,
        long createdSequence,
        long latestDeadline,
        int footerChecksum,
        @Nullable Seal seal) {

    private static final int KIND_AT = 6;
    private static final int STATE_AT = 7;
    private static final int LENGTH_AT = 8;
    private static final int RECORDS_AT = 12;
    private static final int MIN_SEQUENCE_AT = 16;
    private static final int MAX_SEQUENCE_AT = 22;
    private static final int CREATED_SEQUENCE_AT = 28;
    private static final int DEADLINE_AT = 34;
    private static final int FOOTER_AT = 40;
    private static final int SALT_AT = 44;
    /** Only in a sealed manifest. */
    private static final int SUITE_AT = LogFormat.MANIFEST_LINE_BYTES;

    private static final int EPOCH_AT = SUITE_AT + 4;
    private static final int CREATED_AT = EPOCH_AT + 4;
    private static final int KEY_SALT_AT = CREATED_AT + 8;

    /**
     * What a segment's header must say for its keys to be derived, so that they can be if it is damaged.
     *
     * @param keyEpoch which of the store's keys
     * @param createdAtMillis the store's clock when it was begun
     * @param salt of the keys
     */
    record Seal(int keyEpoch, long createdAtMillis, Salt salt) {
        private static @Nullable Seal of(SegmentHeader header) {
            return header.suite() == Suite.PLAIN
                    ? null
                    : new Seal(
                            header.keyEpoch(),
                            header.createdAtMillis(),
                            header.requireSeal().salt());
        }
    }

    /** A line about a segment in the clear. */
    ManifestLine(
            long id,
            SegmentKind kind,
            SegmentState state,
            int salt,
            int length,
            int records,
            long minSequence,
            long maxSequence,
            long createdSequence,
            long latestDeadline,
            int footerChecksum) {
        this(
                id,
                kind,
                state,
                salt,
                length,
                records,
                minSequence,
                maxSequence,
                createdSequence,
                latestDeadline,
                footerChecksum,
                null);
    }

    /** A segment that has just been begun. */
    static ManifestLine open(SegmentHeader header) {
        return new ManifestLine(
                header.id(),
                header.kind(),
                SegmentState.OPEN,
                header.salt(),
                0,
                0,
                0,
                0,
                header.createdSequence(),
                0,
                0,
                Seal.of(header));
    }

    /** A segment that has got its footer. */
    static ManifestLine sealed(SegmentHeader header, int length, SegmentSummary summary, int footerChecksum) {
        return new ManifestLine(
                header.id(),
                header.kind(),
                SegmentState.SEALED,
                header.salt(),
                length,
                summary.records(),
                summary.minSequence(),
                summary.maxSequence(),
                header.createdSequence(),
                summary.latestDeadline(),
                footerChecksum,
                Seal.of(header));
    }

    Suite suite() {
        return seal == null ? Suite.PLAIN : Suite.SEALED;
    }

    /** Whether a file with this header is the segment that the line is about. */
    boolean isAbout(SegmentHeader header) {
        boolean isSame = header.salt() == salt && header.kind() == kind && header.suite() == suite();
        return isSame && (seal == null || seal.equals(Seal.of(header)));
    }

    /** Writes it as a sealed manifest has it. */
    void encodeSealed(ByteBuffer target, int index) {
        encode(target, index);
        target.put(index + SUITE_AT, (byte) suite().code);
        if (seal != null) {
            LittleEndian.putInt(target, index + EPOCH_AT, seal.keyEpoch);
            LittleEndian.putLong(target, index + CREATED_AT, seal.createdAtMillis);
            seal.salt.put(target, index + KEY_SALT_AT);
        }
    }

    /** Reads what {@link #encodeSealed} has written. */
    static ManifestLine decodeSealed(ByteBuffer source, int index, String file)
            throws DamagedFileException, NewerFormatException {
        var plain = decode(source, index, file);
        var suite = FileHead.checkSuite(source.get(index + SUITE_AT), file);
        int zeros = suite == Suite.PLAIN ? LogFormat.SEALED_MANIFEST_LINE_BYTES : EPOCH_AT;
        for (int at = SUITE_AT + 1; at < zeros; at++) {
            FileHead.expect(file, index + at, "zero", 0, source.get(index + at));
        }
        if (suite == Suite.PLAIN) {
            return plain;
        }
        return plain.with(new Seal(
                LittleEndian.getInt(source, index + EPOCH_AT),
                LittleEndian.getLong(source, index + CREATED_AT),
                Salt.of(source, index + KEY_SALT_AT)));
    }

    private ManifestLine with(Seal keys) {
        return new ManifestLine(
                id,
                kind,
                state,
                salt,
                length,
                records,
                minSequence,
                maxSequence,
                createdSequence,
                latestDeadline,
                footerChecksum,
                keys);
    }

    void encode(ByteBuffer target, int index) {
        LittleEndian.put48(target, index, id);
        target.put(index + KIND_AT, (byte) kind.code);
        target.put(index + STATE_AT, (byte) state.code);
        LittleEndian.putInt(target, index + LENGTH_AT, length);
        LittleEndian.putInt(target, index + RECORDS_AT, records);
        LittleEndian.put48(target, index + MIN_SEQUENCE_AT, minSequence);
        LittleEndian.put48(target, index + MAX_SEQUENCE_AT, maxSequence);
        LittleEndian.put48(target, index + CREATED_SEQUENCE_AT, createdSequence);
        LittleEndian.put48(target, index + DEADLINE_AT, LogFormat.deadlineToDisk(latestDeadline));
        LittleEndian.putInt(target, index + FOOTER_AT, footerChecksum);
        LittleEndian.putInt(target, index + SALT_AT, salt);
    }

    static ManifestLine decode(ByteBuffer source, int index, String file) throws DamagedFileException {
        var kind = SegmentKind.of(source.get(index + KIND_AT));
        var state = SegmentState.of(source.get(index + STATE_AT));
        if (kind == null || state == null) {
            throw new DamagedFileException(
                    file,
                    index + KIND_AT,
                    "kind and state 0 or 1",
                    source.get(index + KIND_AT) + " and " + source.get(index + STATE_AT));
        }
        int length = LittleEndian.getInt(source, index + LENGTH_AT);
        int lengthMin = state == SegmentState.SEALED ? LogFormat.HEADER_BYTES : 0;
        FileHead.expectWithin(
                file, index + LENGTH_AT, "length of a segment", lengthMin, LogFormat.SEGMENT_BYTES_MAX, length);
        return new ManifestLine(
                LittleEndian.getUnsigned48(source, index),
                kind,
                state,
                LittleEndian.getInt(source, index + SALT_AT),
                length,
                LittleEndian.getInt(source, index + RECORDS_AT),
                LittleEndian.getUnsigned48(source, index + MIN_SEQUENCE_AT),
                LittleEndian.getUnsigned48(source, index + MAX_SEQUENCE_AT),
                LittleEndian.getUnsigned48(source, index + CREATED_SEQUENCE_AT),
                LogFormat.deadlineFromDisk(LittleEndian.getUnsigned48(source, index + DEADLINE_AT)),
                LittleEndian.getInt(source, index + FOOTER_AT));
    }
}
