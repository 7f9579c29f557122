package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The manifest of an encrypted store: its head tells how many lines there are and of which key, all else is encrypted. So nobody without
 * the key can read times and deadlines, or make one that lists other segments. No state.
 */
final class SealedManifest {
    /** Where a manifest in the clear has what is encrypted here. */
    private static final int ZERO_AT = 40;

    private static final int EPOCH_AT = 56;
    private static final int BODY_AT = LogFormat.HEADER_BYTES;
    /** Where the fields lie in what is encrypted. */
    private static final int NEXT_SEGMENT_AT = 0;

    private static final int STORE_MILLIS_AT = 8;
    private static final int LINES_AT = 16;
    /** Nonce and tag. */
    private static final int SEAL_BYTES = 12 + 16;

    static final int BYTES_MAX = fileBytes(LogFormat.SEGMENTS_MAX);

    private SealedManifest() {}

    /** Returns how long the file is. */
    static int fileBytes(int lines) {
        return BODY_AT
                + SEAL_BYTES
                + LINES_AT
                + lines * LogFormat.SEALED_MANIFEST_LINE_BYTES
                + LogFormat.CHECKSUM_BYTES;
    }

    /** Whether a file's head says that it is one; whatever else may be wrong with it. */
    static boolean isOne(byte[] file) {
        return file.length >= LogFormat.HEADER_BYTES && file[Manifest.SUITE_AT] == Suite.SEALED.code;
    }

    /** Returns the bytes of the whole file. */
    static byte[] encode(Manifest manifest, KeyRing ring) {
        int lines = manifest.segments().size();
        var seal = ring.manifestSeal();
        int epoch = seal.epoch();
        var bytes = ByteBuffer.allocate(fileBytes(lines));
        LittleEndian.putShort(bytes, Manifest.LINE_LENGTH_AT, LogFormat.SEALED_MANIFEST_LINE_BYTES);
        LittleEndian.putInt(bytes, Manifest.COUNT_AT, lines);
        bytes.put(Manifest.SUITE_AT, (byte) Suite.SEALED.code);
        LittleEndian.putLong(bytes, Manifest.STORE_AT, manifest.storeTag());
        LittleEndian.putLong(bytes, Manifest.SEQUENCE_AT, manifest.sequence());
        LittleEndian.putInt(bytes, EPOCH_AT, epoch);
        FileHead.seal(bytes, LogFormat.MANIFEST_MAGIC);
        var body = ByteBuffer.allocate(LINES_AT + lines * LogFormat.SEALED_MANIFEST_LINE_BYTES);
        LittleEndian.putLong(body, NEXT_SEGMENT_AT, manifest.nextSegmentId());
        LittleEndian.putLong(body, STORE_MILLIS_AT, manifest.storeMillis());
        for (int i = 0; i < lines; i++) {
            manifest.segments().get(i).encodeSealed(body, lineAt(i));
        }
        bytes.put(BODY_AT, seal.seal(epoch, body.array(), head(bytes.array())));
        FileHead.sealBody(bytes, bytes.limit() - LogFormat.CHECKSUM_BYTES);
        return bytes.array();
    }

    private static int lineAt(int number) {
        return LINES_AT + number * LogFormat.SEALED_MANIFEST_LINE_BYTES;
    }

    private static byte[] head(byte[] file) {
        return Arrays.copyOf(file, LogFormat.HEADER_BYTES);
    }

    /** Reads the whole file. */
    static Manifest decode(byte[] file, String name, KeyRing ring) throws DamagedFileException, NewerFormatException {
        var bytes = ByteBuffer.wrap(file);
        FileHead.check(bytes, LogFormat.MANIFEST_MAGIC, name);
        FileHead.expectSuite(Suite.SEALED, bytes.get(Manifest.SUITE_AT), Manifest.SUITE_AT, name);
        FileHead.checkLength(bytes, LogFormat.HEADER_BYTES, name);
        FileHead.expect(
                name,
                Manifest.LINE_LENGTH_AT,
                "length of a line",
                LogFormat.SEALED_MANIFEST_LINE_BYTES,
                LittleEndian.getUnsignedShort(bytes, Manifest.LINE_LENGTH_AT));
        for (int at = Manifest.SUITE_AT + 1; at < Manifest.STORE_AT; at++) {
            FileHead.expect(name, at, "zero", 0, bytes.get(at));
        }
        FileHead.expect(name, ZERO_AT, "zero", 0, LittleEndian.getLong(bytes, ZERO_AT));
        FileHead.expect(name, ZERO_AT + Long.BYTES, "zero", 0, LittleEndian.getLong(bytes, ZERO_AT + Long.BYTES));
        int count = LittleEndian.getInt(bytes, Manifest.COUNT_AT);
        FileHead.expectWithin(name, Manifest.COUNT_AT, "number of segments", 0, LogFormat.SEGMENTS_MAX, count);
        int end = fileBytes(count) - LogFormat.CHECKSUM_BYTES;
        FileHead.checkBody(bytes, end, name);
        var opened = ring.manifestSeal()
                .open(
                        LittleEndian.getInt(bytes, EPOCH_AT),
                        Arrays.copyOfRange(file, BODY_AT, end),
                        head(file),
                        name,
                        BODY_AT);
        var body = ByteBuffer.wrap(opened);
        long nextSegmentId = LittleEndian.getLong(body, NEXT_SEGMENT_AT);
        FileHead.expectWithin(name, BODY_AT, "next segment", 0, LogFormat.U48_MAX, nextSegmentId);
        var segments = new ArrayList<ManifestLine>(count);
        for (int i = 0; i < count; i++) {
            Manifest.add(segments, ManifestLine.decodeSealed(body, lineAt(i), name), nextSegmentId, lineAt(i), name);
        }
        return new Manifest(
                LittleEndian.getLong(bytes, Manifest.STORE_AT),
                LittleEndian.getLong(bytes, Manifest.SEQUENCE_AT),
                nextSegmentId,
                LittleEndian.getLong(body, STORE_MILLIS_AT),
                segments);
    }
}
