package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which segments count. Written anew as a whole whenever one is sealed, committed or dropped; the file replaces the one before it.
 *
 * @param storeTag the first eight bytes of the store's id
 * @param sequence one more than in the manifest before
 * @param nextSegmentId greater than every id that was given out; a segment of callers' records from there on counts although it is
 *     not listed, since it was begun after the manifest was written
 * @param storeMillis the store's clock; it never shows less again
 * @param segments in the order of their ids
 */
record Manifest(long storeTag, long sequence, long nextSegmentId, long storeMillis, List<ManifestLine> segments) {
    static final int LINE_LENGTH_AT = 14;
    static final int COUNT_AT = 16;
    static final int SUITE_AT = 20;
    static final int STORE_AT = 24;
    static final int SEQUENCE_AT = 32;

    private static final int NEXT_SEGMENT_AT = 40;
    private static final int STORE_MILLIS_AT = 48;
    private static final int ZERO_AT = 56;

    Manifest {
        segments = List.copyOf(segments);
        if (segments.size() > LogFormat.SEGMENTS_MAX) {
            throw new IllegalArgumentException(
                    "A store has at most " + LogFormat.SEGMENTS_MAX + " segments, found " + segments.size());
        }
        long previous = -1;
        for (var line : segments) {
            if (line.id() <= previous || line.id() >= nextSegmentId) {
                throw new IllegalArgumentException("Segments must rise and be below " + nextSegmentId + ", found "
                        + line.id() + " after " + previous);
            }
            previous = line.id();
        }
    }

    /** Returns the bytes of the whole file. */
    byte[] encode() {
        int end = endOfLines(segments.size());
        var bytes = ByteBuffer.allocate(end + LogFormat.CHECKSUM_BYTES);
        LittleEndian.putShort(bytes, LINE_LENGTH_AT, LogFormat.MANIFEST_LINE_BYTES);
        LittleEndian.putInt(bytes, COUNT_AT, segments.size());
        bytes.put(SUITE_AT, (byte) Suite.PLAIN.code);
        LittleEndian.putLong(bytes, STORE_AT, storeTag);
        LittleEndian.putLong(bytes, SEQUENCE_AT, sequence);
        LittleEndian.putLong(bytes, NEXT_SEGMENT_AT, nextSegmentId);
        LittleEndian.putLong(bytes, STORE_MILLIS_AT, storeMillis);
        FileHead.seal(bytes, LogFormat.MANIFEST_MAGIC);
        for (int i = 0; i < segments.size(); i++) {
            segments.get(i).encode(bytes, endOfLines(i));
        }
        FileHead.sealBody(bytes, end);
        return bytes.array();
    }

    /** Reads the whole file. */
    static Manifest decode(byte[] file, String name) throws DamagedFileException, NewerFormatException {
        var bytes = ByteBuffer.wrap(file);
        FileHead.check(bytes, LogFormat.MANIFEST_MAGIC, name);
        FileHead.expectSuite(Suite.PLAIN, bytes.get(SUITE_AT), SUITE_AT, name);
        FileHead.checkLength(bytes, LogFormat.HEADER_BYTES, name);
        FileHead.expect(
                name,
                LINE_LENGTH_AT,
                "length of a line",
                LogFormat.MANIFEST_LINE_BYTES,
                LittleEndian.getUnsignedShort(bytes, LINE_LENGTH_AT));
        for (int at = SUITE_AT + 1; at < STORE_AT; at++) {
            FileHead.expect(name, at, "zero", 0, bytes.get(at));
        }
        FileHead.expect(name, ZERO_AT, "zero", 0, LittleEndian.getInt(bytes, ZERO_AT));
        long nextSegmentId = LittleEndian.getLong(bytes, NEXT_SEGMENT_AT);
        FileHead.expectWithin(name, NEXT_SEGMENT_AT, "next segment", 0, LogFormat.U48_MAX, nextSegmentId);
        return new Manifest(
                LittleEndian.getLong(bytes, STORE_AT),
                LittleEndian.getLong(bytes, SEQUENCE_AT),
                nextSegmentId,
                LittleEndian.getLong(bytes, STORE_MILLIS_AT),
                lines(bytes, nextSegmentId, name));
    }

    private static List<ManifestLine> lines(ByteBuffer bytes, long nextSegmentId, String name)
            throws DamagedFileException {
        int count = LittleEndian.getInt(bytes, COUNT_AT);
        FileHead.expectWithin(name, COUNT_AT, "number of segments", 0, LogFormat.SEGMENTS_MAX, count);
        int end = endOfLines(count);
        FileHead.checkBody(bytes, end, name);
        var segments = new ArrayList<ManifestLine>(count);
        for (int i = 0; i < count; i++) {
            add(segments, ManifestLine.decode(bytes, endOfLines(i), name), nextSegmentId, endOfLines(i), name);
        }
        return segments;
    }

    /** Adds a line that was read; they rise. */
    static void add(List<ManifestLine> segments, ManifestLine line, long nextSegmentId, long at, String name)
            throws DamagedFileException {
        long previous =
                segments.isEmpty() ? -1 : segments.get(segments.size() - 1).id();
        FileHead.expectWithin(name, at, "segment", previous + 1, nextSegmentId - 1, line.id());
        segments.add(line);
    }

    private static int endOfLines(int count) {
        return LogFormat.HEADER_BYTES + count * LogFormat.MANIFEST_LINE_BYTES;
    }

    /** Refuses the manifest of another store. */
    void expectStore(long expectedStoreTag, String name) throws DamagedFileException {
        FileHead.expectHex(name, STORE_AT, "store", expectedStoreTag, storeTag);
    }
}
