package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.coffer.store.log.Samples.Said;
import io.coffer.store.log.SegmentScan.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentScanTest {
    private final byte[] segment = Samples.segment();
    private final List<Said> originals = walk(segment, Samples.framing(), false);

    /** Returns what a scan finds; behind damage too, if it is to resync. */
    private static List<Said> walk(byte[] bytes, RecordFraming framing, boolean resync) {
        try {
            var found = new ArrayList<Said>();
            var scan = Samples.scan(bytes, framing);
            var step = scan.next();
            while (step == Found.RECORD || (step == Found.DAMAGE && resync && scan.resync(0, LogFormat.U48_MAX))) {
                found.add(Said.of(scan.record(), scan.offset()));
                step = scan.next();
            }
            return found;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 25, 100, 1 << 20})
    void next_wholeSegment_findsEveryRecordThenTheEnd(int windowBytes) throws IOException {
        var scan = new SegmentScan(
                Samples.bytesOf(segment), Samples.framing(), LogFormat.HEADER_BYTES, segment.length, windowBytes);
        var found = new ArrayList<Said>();
        while (scan.next() == Found.RECORD) {
            found.add(Said.of(scan.record(), scan.offset()));
        }

        assertThat(found).isEqualTo(originals).hasSize(10);
        assertThat(found).extracting(Said::type).contains(RecordType.values());
        assertThat(scan.offset()).isEqualTo(segment.length);
        assertThat(scan.next()).isEqualTo(Found.END);
        assertThatIllegalStateException().isThrownBy(scan::record);
    }

    @Test
    void next_cutAtEveryByte_findsWhatIsWholeAndTellsTheEndFromATear() throws IOException {
        for (int length = LogFormat.HEADER_BYTES; length < segment.length; length++) {
            int cut = length;
            var whole =
                    originals.stream().filter(record -> endOf(record) <= cut).toList();
            var scan = Samples.scan(Arrays.copyOf(segment, cut), Samples.framing());
            for (var record : whole) {
                assertThat(scan.next()).isEqualTo(Found.RECORD);
                assertThat(Said.of(scan.record(), scan.offset())).isEqualTo(record);
            }
            long end = whole.isEmpty() ? LogFormat.HEADER_BYTES : endOf(whole.get(whole.size() - 1));

            assertThat(scan.next()).as("cut at %d", cut).isEqualTo(cut == end ? Found.END : Found.DAMAGE);
            assertThat(scan.offset()).isEqualTo(end);
            assertThat(scan.resync(0, LogFormat.U48_MAX)).as("cut at %d", cut).isFalse();
            assertThat(scan.offset()).isEqualTo(end);
        }
    }

    private long endOf(Said record) {
        int next = originals.indexOf(record) + 1;
        return next == originals.size() ? segment.length : originals.get(next).offset();
    }

    /** The record with the flipped bit is not found, all others are. */
    @Test
    void next_anyBitFlipped_losesThatRecordOnly() {
        for (int bit = LogFormat.HEADER_BYTES * 8; bit < segment.length * 8; bit++) {
            var flipped = segment.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            int at = bit / 8;

            assertThat(walk(flipped, Samples.framing(), true))
                    .as("bit %d", bit)
                    .isEqualTo(originals.stream()
                            .filter(record -> at < record.offset() || at >= endOf(record))
                            .toList());
            assertThat(walk(flipped, Samples.framing(), false))
                    .as("bit %d", bit)
                    .isEqualTo(originals.stream()
                            .filter(record -> at >= endOf(record))
                            .toList());
        }
    }

    /** What a damaged length claims is not held in memory before it has proved right. */
    @Test
    void next_lengthFlipped_readsPieceByPiece() throws IOException {
        var large = "x".repeat(40_000);
        var writer = new Samples.Writer(Samples.HEADER);
        writer.add(RecordType.PUT, false, 42, LogFormat.ETERNAL, "small", "1");
        writer.add(RecordType.PUT, false, 43, LogFormat.ETERNAL, "large", large);
        writer.add(RecordType.PUT, false, 44, LogFormat.ETERNAL, "small", "2");
        var bytes = writer.bytes();
        bytes[LogFormat.HEADER_BYTES + 9] ^= (byte) 0x80; // 32 KiB more
        var greatest = new AtomicLong();
        SegmentBytes counted = (target, offset) -> {
            greatest.accumulateAndGet(target.remaining(), Math::max);
            Samples.bytesOf(bytes).read(target, offset);
        };
        var scan = new SegmentScan(counted, Samples.framing(), LogFormat.HEADER_BYTES, bytes.length, 512);

        assertThat(scan.next()).isEqualTo(Found.DAMAGE);
        assertThat(greatest).hasValueLessThanOrEqualTo(512);
        assertThat(scan.resync(0, LogFormat.U48_MAX)).isTrue();
        assertThat(Said.of(scan.record(), scan.offset()).value()).isEqualTo(large);
        assertThat(greatest).hasValueBetween(40_000L, 40_100L);
        assertThat(scan.next()).isEqualTo(Found.RECORD);
    }

    /** Garbage, zeros, and pieces of the same segment in a wrong place. */
    @Test
    void next_randomDamage_neverFindsWhatWasNotWritten() {
        var known = new HashSet<>(originals);
        for (long seed = 1; seed <= 3_000; seed++) {
            var random = new Random(seed);
            var bytes = segment.clone();
            int begin = LogFormat.HEADER_BYTES + random.nextInt(bytes.length - LogFormat.HEADER_BYTES);
            int length = random.nextInt(bytes.length - begin + 1);
            switch (random.nextInt(3)) {
                case 0 -> Arrays.fill(bytes, begin, begin + length, (byte) 0);
                case 1 -> System.arraycopy(segment, random.nextInt(begin), bytes, begin, length);
                default -> {
                    var garbage = new byte[length];
                    random.nextBytes(garbage);
                    System.arraycopy(garbage, 0, bytes, begin, length);
                }
            }

            assertThat(known).as("seed %d", seed).containsAll(walk(bytes, Samples.framing(), true));
        }
    }

    @Test
    void next_recordMovedToAnyOtherOffset_isRefused() {
        for (var record : originals) {
            int length = (int) (endOf(record) - record.offset());
            var bytes = segment.clone();
            for (int to = LogFormat.HEADER_BYTES; to + length <= bytes.length; to++) {
                if (to != record.offset()) {
                    System.arraycopy(segment, 0, bytes, 0, segment.length);
                    System.arraycopy(segment, (int) record.offset(), bytes, to, length);
                    assertThat(originals).as("%s to %d", record, to).containsAll(walk(bytes, Samples.framing(), true));
                }
            }
        }
    }

    @Test
    void next_recordsOfAnotherSegment_areRefused() {
        var header = Samples.HEADER;
        var other = new SegmentHeader(
                header.kind(),
                header.suite(),
                header.id(),
                header.createdSequence(),
                header.createdAtMillis(),
                header.storeTag(),
                header.salt() + 1,
                0);

        assertThat(walk(segment, other.suite().framing(other, Samples.RECORD_BYTES_MAX), true))
                .isEmpty();
    }

    @Test
    void next_zerosToTheEnd_isBlank() throws IOException {
        for (int zeros : new int[] {1, 23, 24, 4_096}) {
            var scan = Samples.scan(Arrays.copyOf(segment, segment.length + zeros), Samples.framing());
            while (scan.next() == Found.RECORD) {
                assertThat(scan.offset()).isLessThan(segment.length);
            }

            assertThat(scan.next()).as("%d zeros", zeros).isEqualTo(Found.BLANK);
            assertThat(scan.offset()).isEqualTo(segment.length);
        }
    }

    @Test
    void next_zerosThenSomething_isDamage() throws IOException {
        var bytes = Arrays.copyOf(segment, segment.length + 1_000);
        bytes[bytes.length - 1] = 1;
        var scan = Samples.scan(bytes, Samples.framing());
        while (scan.next() == Found.RECORD) {
            assertThat(scan.offset()).isLessThan(segment.length);
        }

        assertThat(scan.next()).isEqualTo(Found.DAMAGE);
    }

    /** Who stores a segment as a value must not plant records. */
    @Test
    void resync_recordsWithinAValue_areNotTaken() throws IOException {
        var writer = new Samples.Writer(Samples.HEADER);
        var inner = new String(segment, StandardCharsets.ISO_8859_1);
        writer.add(RecordType.PUT, false, 42, 0, "k", inner);
        writer.add(RecordType.PUT, false, 43, 0, "k", "after");
        var bytes = writer.bytes();
        // The value in plain: ISO 8859-1, which the writer's UTF-8 would have changed.
        int at = LogFormat.HEADER_BYTES + LogFormat.RECORD_HEADER_BYTES + 1;
        System.arraycopy(segment, 0, bytes, at, segment.length);

        var scan = Samples.scan(bytes, Samples.framing());
        assertThat(scan.next()).isEqualTo(Found.DAMAGE);
        assertThat(scan.resync(0, LogFormat.U48_MAX)).isTrue();
        assertThat(scan.record().sequence()).isEqualTo(43);
        assertThat(scan.next()).isEqualTo(Found.END);
    }

    @Test
    void resync_sequenceThatCannotBeThere_isPassedOver() throws IOException {
        var bytes = segment.clone();
        bytes[LogFormat.HEADER_BYTES] ^= 1;
        for (int sequence = 43; sequence <= 49; sequence++) {
            var scan = Samples.scan(bytes, Samples.framing());

            assertThat(scan.next()).isEqualTo(Found.DAMAGE);
            assertThat(scan.resync(sequence, sequence)).isTrue();
            assertThat(scan.record().sequence()).isEqualTo(sequence);
        }
        var scan = Samples.scan(bytes, Samples.framing());
        assertThat(scan.next()).isEqualTo(Found.DAMAGE);
        assertThat(scan.resync(50, LogFormat.U48_MAX)).isFalse();
        assertThat(scan.resync(0, 42)).isFalse();
        assertThatIllegalStateException().isThrownBy(scan::record);
    }

    /** Bytes in which every offset looks like the beginning of a long record. */
    @Test
    void resync_bytesMadeToCostMost_givesUpAfterLinearWork() throws IOException {
        int length = 1 << 20;
        var bytes = new byte[length];
        for (int at = LogFormat.HEADER_BYTES; at + 24 <= length; at += 24) {
            bytes[at + 4] = 1;
            LittleEndian.putInt(ByteBuffer.wrap(bytes), at + 8, Math.max(0, length - at - 24) / 2);
        }
        var read = new AtomicLong();
        SegmentBytes counting = (target, offset) -> {
            read.addAndGet(target.remaining());
            target.put(bytes, (int) offset, target.remaining());
        };
        var scan = new SegmentScan(counting, Samples.framing(), LogFormat.HEADER_BYTES, length, 1 << 16);

        assertThat(scan.next()).isEqualTo(Found.DAMAGE);
        assertThat(scan.resync(0, LogFormat.U48_MAX)).isFalse();
        assertThat(scan.offset()).isEqualTo(LogFormat.HEADER_BYTES);
        assertThat(read.get()).isLessThan(20L * length);
    }

    @Test
    void next_lengthsThatLie_readNoMoreThanThereIs() throws IOException {
        for (int claimed : new int[] {Integer.MAX_VALUE, -1, 1 << 29, Samples.RECORD_BYTES_MAX, segment.length}) {
            var bytes = segment.clone();
            LittleEndian.putInt(ByteBuffer.wrap(bytes), LogFormat.HEADER_BYTES + 8, claimed);
            SegmentBytes strict = (target, offset) -> {
                assertThat(target.capacity()).isLessThanOrEqualTo(segment.length);
                target.put(bytes, (int) offset, target.remaining());
            };
            var scan = new SegmentScan(strict, Samples.framing(), LogFormat.HEADER_BYTES, segment.length, 1);

            assertThat(scan.next()).as("length %d", claimed).isEqualTo(Found.DAMAGE);
            assertThat(scan.resync(0, LogFormat.U48_MAX)).isTrue();
            assertThat(scan.offset()).isEqualTo(originals.get(1).offset());
        }
    }

    @Test
    void next_readFails_passesTheFailureOn() {
        SegmentBytes sick = (target, offset) -> {
            throw new IOException("sick");
        };
        var scan = new SegmentScan(sick, Samples.framing(), LogFormat.HEADER_BYTES, 1_000, 100);

        assertThatIOException().isThrownBy(scan::next).withMessage("sick");
    }
}
