package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written of a sealed segment is told again; and a file that is not right in every byte, or is about anything else, is not taken. */
class HintFileTest {
    private static final String NAME = "0000000000a7.hint";
    private static final int FIRST = LogFormat.HEADER_BYTES;
    private static final int HINT = LogFormat.HINT_BYTES;

    private final byte[] segment = Samples.segment();
    private final ManifestLine line = Samples.manifest().segments().get(1);
    private final byte[] hints = Samples.hints();

    private FoundSegment found(byte[] bytes, ManifestLine sealed) {
        return new FoundSegment("0000000000a7.seg", Samples.HEADER, sealed, bytes.length, false);
    }

    private List<Hint> read(byte[] bytes) throws IOException {
        return read(segment, bytes, found(segment, line));
    }

    /** Returns what a hint file tells, null if it is not taken. */
    private static List<Hint> read(byte[] segment, byte[] bytes, FoundSegment found) throws IOException {
        var files = new SimulatedFiles();
        put(files, found.file(), segment);
        put(files, NAME, bytes);
        try (var records = new SegmentFile(files, found);
                var reader = HintReader.open(files, found, records)) {
            if (reader == null) {
                return null;
            }
            var told = new ArrayList<Hint>();
            reader.forEach(told::addAll);
            assertThat(reader.fileBytes()).isEqualTo(bytes.length);
            return told;
        } catch (UselessHintsException e) {
            assertThat(e.file()).isEqualTo(NAME);
            return null;
        }
    }

    private static void put(SimulatedFiles files, String name, byte[] bytes) throws IOException {
        try (var file = files.create(name)) {
            file.write(0, bytes, 0, bytes.length);
        }
    }

    @Test
    void read_writtenOfASegment_tellsAllItsChanges() throws IOException {
        var expected = new ArrayList<Hint>();
        long offset = LogFormat.HEADER_BYTES;
        for (var record : Samples.records(segment, Samples.framing())) {
            if (record.type().isChange()) {
                var hint = Hint.of(record, offset, Samples.STORE.fingerprints());
                var kept = new Fingerprint(hint.key().head(), hint.key().tail());
                expected.add(new Hint(
                        hint.type(),
                        hint.shadow(),
                        kept,
                        hint.sequence(),
                        hint.expiresAtMillis(),
                        offset,
                        record.frameBytes()));
            }
            offset += record.frameBytes();
        }

        assertThat(read(hints)).isEqualTo(expected).hasSize(8);
        assertThat(hints).hasSize(FIRST + 8 * HINT + 4);
    }

    @Test
    void read_eachBitFlipped_isNotTaken() throws IOException {
        for (int bit = 0; bit < hints.length * 8; bit++) {
            var flipped = hints.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(read(flipped)).as("bit %s", bit).isNull();
        }
    }

    @Test
    void read_cutOrLonger_isNotTaken() throws IOException {
        for (int length = 0; length < hints.length + 100; length++) {
            if (length != hints.length) {
                assertThat(read(Arrays.copyOf(hints, length)))
                        .as("length %s", length)
                        .isNull();
            }
        }
    }

    /** Each field that ties it to its segment, with a checksum that is right. */
    @ParameterizedTest
    @CsvSource({
        "0, magic",
        "8, version",
        "12, length of the header",
        "14, length of a hint",
        "16, id",
        "21, id",
        "24, store",
        "31, store",
        "32, salt",
        "35, salt",
        "36, length of the segment",
        "40, footer",
        "43, footer",
        "48, other records",
        "52, zero",
        "59, zero"
    })
    void read_aboutSomethingElse_isNotTaken(int at, String what) throws IOException {
        assertThat(read(Damage.resealed(hints.clone(), at, hints[at] + 1)))
                .as(what)
                .isNull();
    }

    @Test
    void read_otherCountsThatMakeTheSame_isNotTaken() throws IOException {
        var fewer = Arrays.copyOf(hints, hints.length - HINT);
        fewer[48]++;

        assertThat(read(Damage.resealed(fewer, 44, 7))).isNull();
    }

    /** With right checksums, and still not what a segment can hold. */
    @Test
    void read_hintsThatCannotBeOfTheSegment_areNotTaken() throws IOException {
        expectRefused("no type", bytes -> bytes.put(FIRST + 15, (byte) 0));
        expectRefused("SYNC", bytes -> bytes.put(FIRST + 15, (byte) 0x50));
        expectRefused("shadow of a REMOVE", bytes -> bytes.put(FIRST + 4 * HINT + 15, (byte) 0xA0));
        expectRefused("no fingerprint", bytes -> bytes.putLong(FIRST, 0));
        expectRefused("fingerprint of a CLEAR", bytes -> bytes.put(FIRST + 6 * HINT + 8, (byte) 1));
        expectRefused("offset in the header", bytes -> bytes.put(FIRST + 12, (byte) 0));
        expectRefused("offset in the record before", bytes -> bytes.put(FIRST + HINT + 12, (byte) 0x41));
        expectRefused("offset in the footer", bytes -> bytes.put(FIRST + 7 * HINT + 13, (byte) 0x02));
        expectRefused("length of no record", bytes -> bytes.put(FIRST + 28, (byte) 1));
        expectRefused("length below 0", bytes -> bytes.put(FIRST + 31, (byte) 0x80));
        expectRefused("length beyond the footer", bytes -> bytes.put(FIRST + 7 * HINT + 28, (byte) 100));
        expectRefused("number given before", bytes -> bytes.put(FIRST + 16, (byte) 41));
        expectRefused("number of another", bytes -> bytes.put(FIRST + HINT + 16, (byte) 42));
        expectRefused("number not in the segment", bytes -> bytes.put(FIRST + 7 * HINT + 16, (byte) 50));
        expectRefused("latest deadline of another", this::makeMortal);
    }

    /** Numbers of compacted records need not rise, so the least may be anywhere. */
    @Test
    void check_compactedWithAnotherLeastNumber_isRefused() throws DamagedFileException {
        var header = new SegmentHeader(
                SegmentKind.COMPACTED, Suite.PLAIN, 0xA7, 41, Samples.CREATED, Samples.STORE.tag(), 1, 0);
        var found = new FoundSegment("0000000000a7.seg", header, line, segment.length, false);
        var check = new HintCheck(found, line, new HintHeader(0xA7, 0, 1, segment.length, 0, 2, 0, null));
        check.add(new Hint(RecordType.REMOVE, false, new Fingerprint(1, 1), 20, 0, 64, 32), NAME);
        check.add(new Hint(RecordType.REMOVE, false, new Fingerprint(1, 1), 10, 0, 96, 32), NAME);

        check.expectAll(new SegmentSummary(2, 0, 10, 20, 0), NAME);
        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> check.expectAll(new SegmentSummary(2, 0, 11, 20, 0), NAME));
    }

    private void makeMortal(ByteBuffer bytes) {
        bytes.put(FIRST + 27, (byte) 0);
        bytes.put(FIRST + 7 * HINT + 27, (byte) 0);
    }

    private void expectRefused(String what, Consumer<ByteBuffer> change) throws IOException {
        var changed = hints.clone();
        change.accept(ByteBuffer.wrap(changed));
        assertThat(changed).as(what).isNotEqualTo(hints);
        assertThat(read(Damage.resealed(changed, 0, changed[0]))).as(what).isNull();
    }

    @Test
    void read_segmentOfAnotherLengthOrWithoutHeader_isNotTaken() throws IOException {
        var longer = Arrays.copyOf(segment, segment.length + 1);
        var shorter = Arrays.copyOf(segment, segment.length - 1);

        var headless = new FoundSegment("0000000000a7.seg", Samples.HEADER, line, segment.length, true);

        assertThat(read(segment, hints, headless)).isNull();
        assertThat(read(longer, hints, found(longer, line))).isNull();
        assertThat(read(shorter, hints, found(shorter, line))).isNull();
    }

    @Test
    void read_segmentWithoutItsFooter_isNotTaken() throws IOException {
        for (int at = segment.length - Suite.PLAIN.footerBytes(); at < segment.length; at++) {
            var damaged = segment.clone();
            damaged[at] ^= 1;
            assertThat(read(damaged, hints, found(damaged, line)))
                    .as("byte %s", at)
                    .isNull();
        }
    }

    /** The manifest, the footer and the hints have to say the same. */
    @Test
    void read_manifestSaysSomethingElse_isNotTaken() throws IOException {
        var footer =
                SegmentSummary.of(Samples.records(segment, Samples.framing()).get(9));
        var other = new SegmentSummary(
                footer.records(),
                footer.chain(),
                footer.minSequence(),
                footer.maxSequence() + 1,
                footer.latestDeadline());
        var sealed = ManifestLine.sealed(Samples.HEADER, segment.length, other, line.footerChecksum());

        assertThat(read(segment, hints, found(segment, sealed))).isNull();
    }

    /** So many that they are read in several pieces: each must be the same when it is read again. */
    @Test
    void read_diskLiesAboutALargeFile_tellsAllOrNothing() throws IOException {
        int changes = 20_000;
        var directory = new SimulatedFiles();
        var found = writeLarge(directory, changes);
        int told = 0;
        int passedOver = 0;
        int useless = 0;
        for (int n = 1; n < 12; n++) {
            var files = new SimulatedFiles(directory.crash().killed(), n);
            files.faults().once(Call.READ, n, Failure.FLIPPED_BIT);
            try (var records = new SegmentFile(files, found);
                    var reader = HintReader.open(files, found, records)) {
                if (reader != null) {
                    var hints = new ArrayList<Hint>();
                    reader.forEach(hints::addAll);
                    assertThat(hints)
                            .as("read %s", n)
                            .hasSize(changes)
                            .allMatch(hint -> hint.key().equals(new Fingerprint(hint.sequence(), (int) hint.offset())));
                    told++;
                } else {
                    passedOver++;
                }
            } catch (UselessHintsException e) {
                assertThat(e).as("read %s", n).hasCauseInstanceOf(DamagedFileException.class);
                useless++;
            }
        }
        // Footer, header, three pieces and their checksum; the pieces again; and reads that never happen.
        assertThat(List.of(passedOver, useless, told)).isEqualTo(List.of(6, 3, 2));
    }

    /** Fingerprints that say where they belong. */
    private static FoundSegment writeLarge(SimulatedFiles files, int changes) throws IOException {
        var header = new SegmentHeader(
                SegmentKind.WRITTEN, Suite.PLAIN, 0xA7, 41, Samples.CREATED, Samples.STORE.tag(), 77, 0);
        int length = LogFormat.RECORD_HEADER_BYTES;
        var tally = new SegmentTally();
        var hints = ByteBuffer.allocate(changes * HINT + LogFormat.HEADER_BYTES + LogFormat.CHECKSUM_BYTES);
        for (int i = 0; i < changes; i++) {
            long sequence = 42L + i;
            int offset = LogFormat.HEADER_BYTES + i * length;
            tally.add(RecordType.PUT, sequence, Samples.CREATED, 0);
            new Hint(
                            RecordType.PUT,
                            false,
                            new Fingerprint(sequence, offset),
                            sequence,
                            Samples.CREATED,
                            offset,
                            length)
                    .encode(hints, FIRST + i * HINT);
        }
        ManifestLine sealed;
        try (var file = files.create("0000000000a7.seg")) {
            sealed = HeadSealer.seal(file, header, FIRST + changes * length, tally.summary(), 0, Samples.CREATED);
        }
        hints.put(0, HintHeader.of(sealed, header.storeTag(), changes, 0, null).encode());
        FileHead.sealBody(hints, hints.capacity() - LogFormat.CHECKSUM_BYTES);
        put(files, NAME, hints.array());
        return new FoundSegment("0000000000a7.seg", header, sealed, sealed.length(), false);
    }

    @Test
    void write_segmentDamagedAnywhere_writesNothingThatIsTaken() throws IOException {
        for (int at = LogFormat.HEADER_BYTES; at < segment.length; at++) {
            var damaged = segment.clone();
            damaged[at] ^= 1;
            var files = new SimulatedFiles();
            put(files, "0000000000a7.seg", damaged);
            try (var lines = new HintLines(files, Samples.HEADER)) {
                var writer =
                        new HintWriter(files, found(damaged, line), line, Samples.STORE.fingerprints(), () -> true);
                assertThat(writer.write(lines)).as("byte %s", at).isFalse();
            }
            assertThat(files.list()).as("byte %s", at).doesNotContain(NAME);
        }
    }
}
