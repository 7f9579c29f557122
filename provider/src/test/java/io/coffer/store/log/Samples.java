package io.coffer.store.log;

import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A small store with every kind of record: the one of docs/file-format.md and of the golden files. */
final class Samples {
    static final int RECORD_BYTES_MAX = 1 << 20;
    static final long CREATED = 1_893_456_000_000L;
    static final byte[] NOTHING = {};

    static final StoreIdentity STORE = new StoreIdentity(
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            0x0706_0504_0302_0100L,
            0x0F0E_0D0C_0B0A_0908L,
            CREATED,
            "key string java.lang.String, value string java.lang.String");

    static final SegmentHeader HEADER =
            new SegmentHeader(SegmentKind.WRITTEN, Suite.PLAIN, 0xA7, 41, CREATED + 1_000, STORE.tag(), 0x5EED_5A17, 0);

    private Samples() {}

    /** What a test compares of a record. */
    record Said(
            RecordType type,
            boolean shadow,
            long sequence,
            long expiresAtMillis,
            long offset,
            String key,
            String value) {
        static Said of(LogRecord record, long offset) {
            var value = record.value();
            return new Said(
                    record.type(),
                    record.shadow(),
                    record.sequence(),
                    record.expiresAtMillis(),
                    offset,
                    new String(record.key(), StandardCharsets.ISO_8859_1),
                    new String(value, StandardCharsets.ISO_8859_1));
        }
    }

    static RecordFraming framing() {
        return HEADER.suite().framing(HEADER, RECORD_BYTES_MAX);
    }

    /** Returns the bytes of a sealed segment with every type of record. */
    static byte[] segment() {
        var writer = new Writer(HEADER);
        writer.add(RecordType.PUT, false, 42, LogFormat.ETERNAL, "language", "Java");
        writer.add(RecordType.PUT, false, 43, CREATED + 60_000, "greeting", "Grüß Gott");
        writer.add(RecordType.PUT, true, 44, CREATED + 30_000, "language", "Kotlin");
        writer.add(RecordType.SYNC, 44, CREATED + 2_000, longBytes(writer.length()));
        writer.add(RecordType.TOUCH, false, 45, CREATED + 90_000, "greeting", "");
        writer.add(RecordType.REMOVE, false, 46, CREATED + 2_500, "language", "");
        writer.add(RecordType.PUT, false, 47, CREATED + 60_000, "", "");
        writer.add(RecordType.CLEAR, false, 48, CREATED + 3_000, "", "");
        writer.add(RecordType.PUT, false, 49, LogFormat.ETERNAL, "language", "Java 25");
        writer.seal(49, CREATED + 4_000);
        return writer.bytes();
    }

    static Manifest manifest() {
        var bytes = segment();
        var footer = records(bytes, framing()).get(9);
        var compacted =
                new SegmentHeader(SegmentKind.COMPACTED, Suite.PLAIN, 0xA6, 41, CREATED, STORE.tag(), 0x1234_5678, 0);
        var open = new SegmentHeader(SegmentKind.WRITTEN, Suite.PLAIN, 0xA8, 49, CREATED, STORE.tag(), 0x0BAD_CAFE, 0);
        return new Manifest(
                STORE.tag(),
                12,
                0xA9,
                CREATED + 4_000,
                List.of(
                        ManifestLine.sealed(
                                compacted, 1_024, new SegmentSummary(10, 77, 3, 40, CREATED + 1_000), 0xFEED_F00D),
                        ManifestLine.sealed(HEADER, bytes.length, SegmentSummary.of(footer), footer.checksum()),
                        ManifestLine.open(open)));
    }

    /** Returns the bytes of the hint file about the segment. */
    static byte[] hints() {
        var bytes = segment();
        var line = manifest().segments().get(1);
        var found = new FoundSegment("a7", HEADER, line, bytes.length, false);
        var files = new SimulatedFiles();
        try (var file = files.create("a7");
                var hints = new HintLines(files, HEADER)) {
            file.write(0, bytes, 0, bytes.length);
            var writer = new HintWriter(files, found, line, STORE.fingerprints(), () -> true);
            if (!writer.write(hints)) {
                throw new AssertionError("The segment is whole");
            }
            return WholeFile.read(files, HintHeader.fileName(HEADER.id()), 1 << 20);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] longBytes(long value) {
        var bytes = ByteBuffer.allocate(Long.BYTES);
        LittleEndian.putLong(bytes, 0, value);
        return bytes.array();
    }

    static SegmentBytes bytesOf(byte[] segment) {
        return (target, offset) -> target.put(segment, (int) offset, target.remaining());
    }

    static SegmentScan scan(byte[] segment, RecordFraming framing) {
        return new SegmentScan(bytesOf(segment), framing, LogFormat.HEADER_BYTES, segment.length, 64);
    }

    /** All records up to where there is none. */
    static List<LogRecord> records(byte[] segment, RecordFraming framing) {
        var scan = new SegmentScan(bytesOf(segment), framing, LogFormat.HEADER_BYTES, segment.length, 1 << 20);
        var records = new ArrayList<LogRecord>();
        try {
            while (scan.next() == SegmentScan.Found.RECORD) {
                records.add(scan.record());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return records;
    }

    /** Writes records one behind the other. */
    static final class Writer {
        private final RecordFraming framing;
        private final SegmentTally tally = new SegmentTally();
        private ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        private int length;

        Writer(SegmentHeader header) {
            framing = header.suite().framing(header, RECORD_BYTES_MAX);
            bytes.put(0, header.encode());
            length = LogFormat.HEADER_BYTES;
        }

        void add(RecordType type, boolean shadow, long sequence, long expiresAtMillis, String key, String value) {
            add(
                    type,
                    shadow,
                    sequence,
                    expiresAtMillis,
                    key.getBytes(StandardCharsets.UTF_8),
                    value.getBytes(StandardCharsets.UTF_8));
        }

        void add(RecordType type, long sequence, long millis, byte[] value) {
            add(type, false, sequence, millis, NOTHING, value);
        }

        private void add(
                RecordType type, boolean shadow, long sequence, long expiresAtMillis, byte[] key, byte[] value) {
            int checksum = framing.write(bytes, length, length, type, shadow, sequence, expiresAtMillis, key, value);
            tally.add(type, sequence, expiresAtMillis, checksum);
            length += framing.frameBytes(key.length, value.length);
        }

        void seal(long sequence, long millis) {
            add(RecordType.FOOTER, sequence, millis, tally.summary().encode());
        }

        SegmentSummary summary() {
            return tally.summary();
        }

        int length() {
            return length;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes.array(), length);
        }
    }
}
