package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.spi.StoreEncryption;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SealedFramingTest {
    private static final byte[] KEY = Logs.bytes("language");
    private static final byte[] VALUE = Logs.bytes("Java");
    private static final int FRAME_BYTES = LogFormat.SEALED_RECORD_BYTES + KEY.length + VALUE.length;
    private static final long OFFSET = 1_000;

    private final KeyRing ring = KeyRing.create(
            new SimulatedFiles(), new StoreEncryption(new TestKeys("k1"), null, false), Samples.STORE, false);
    private final SegmentHeaders headers = new SegmentHeaders(Samples.STORE, new SplittableRandom(1), ring);

    private SegmentHeader header(long id) throws IOException {
        return headers.begin(SegmentKind.WRITTEN, id, 41, Samples.CREATED);
    }

    private static byte[] put(RecordFraming framing, long offset) {
        var bytes = ByteBuffer.allocate(FRAME_BYTES);
        framing.write(bytes, 0, offset, RecordType.PUT, true, 42, Samples.CREATED + 5, KEY, VALUE);
        return bytes.array();
    }

    private static boolean isIntact(RecordFraming framing, byte[] record, long offset) throws IOException {
        return framing.isIntact(
                (target, at) -> target.put(record, (int) (at - offset), target.remaining()),
                offset,
                record.length,
                ByteBuffer.allocate(32));
    }

    @Test
    void read_whatWasWritten_isThat() throws IOException {
        var framing = header(7).framing();
        var record = put(framing, OFFSET);
        var outside = ByteBuffer.allocateDirect(FRAME_BYTES + 3);
        outside.put(3, record);

        for (var read : new LogRecord[] {
            framing.read(ByteBuffer.wrap(record), 0, FRAME_BYTES, OFFSET), framing.read(outside, 3, FRAME_BYTES, OFFSET)
        }) {
            assertThat(read.type()).isEqualTo(RecordType.PUT);
            assertThat(read.shadow()).isTrue();
            assertThat(read.sequence()).isEqualTo(42);
            assertThat(read.expiresAtMillis()).isEqualTo(Samples.CREATED + 5);
            assertThat(read.key()).isEqualTo(KEY);
            assertThat(read.value()).isEqualTo(VALUE);
            assertThat(read.frameBytes()).isEqualTo(FRAME_BYTES).isEqualTo(record.length);
            assertThat(read.toString()).doesNotContain("language", "Java");
        }
        assertThat(isIntact(framing, record, OFFSET)).isTrue();
    }

    @Test
    void write_sameAgain_isAnother() throws IOException {
        var framing = header(7).framing();

        assertThat(put(framing, OFFSET)).isNotEqualTo(put(framing, OFFSET));
    }

    @Test
    void read_bitFlipped_isNull() throws IOException {
        var framing = header(7).framing();
        var record = put(framing, OFFSET);
        for (int bit = 0; bit < 8 * FRAME_BYTES; bit++) {
            var changed = record.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(framing.read(ByteBuffer.wrap(changed), 0, FRAME_BYTES, OFFSET))
                    .as("bit %d", bit)
                    .isNull();
        }
        for (int length = 0; length < FRAME_BYTES; length++) {
            assertThat(framing.read(ByteBuffer.wrap(record), 0, length, OFFSET))
                    .as("%d bytes", length)
                    .isNull();
        }
    }

    /** For one entry the tag is enough. A checksum that has rotted alone costs nothing, and nothing that was changed is returned. */
    @Test
    void readEntry_bitFlipped_isNullUnlessInTheChecksum() throws IOException {
        var framing = header(7).framing();
        var record = put(framing, OFFSET);
        var buffers = new ReadBuffers();
        for (int bit = 0; bit < 8 * FRAME_BYTES; bit++) {
            var changed = record.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            var place = buffers.take(3);
            var read = framing.read(ByteBuffer.wrap(changed), FRAME_BYTES, OFFSET, place);
            if (bit < 8 * LogFormat.CHECKSUM_BYTES) {
                assertThat(read).as("bit %d", bit).isNotNull();
                assertThat(read.hasKey(KEY)).isTrue();
                assertThat(read.value()).isEqualTo(VALUE);
            } else {
                assertThat(read).as("bit %d", bit).isNull();
            }
            buffers.give(3, place);
        }
        for (int length = 0; length < FRAME_BYTES; length++) {
            assertThat(framing.read(ByteBuffer.wrap(record), length, OFFSET, buffers.take(3)))
                    .as("%d bytes", length)
                    .isNull();
        }
        var outside = ByteBuffer.allocateDirect(FRAME_BYTES).put(0, record);
        assertThat(framing.read(outside, FRAME_BYTES, OFFSET + 1, buffers.take(3)))
                .isNull();
        assertThat(framing.read(outside, FRAME_BYTES, OFFSET, buffers.take(3)).value())
                .isEqualTo(VALUE);
    }

    /** Whoever makes the checksum right again is found by the tag. */
    @Test
    void read_bitFlippedAndChecksumMade_isNullAndTampered() throws IOException {
        var header = header(7);
        var framing = header.framing();
        var record = put(framing, OFFSET);
        for (int bit = 8 * 12; bit < 8 * FRAME_BYTES; bit++) {
            var changed = record.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            seal(changed, header.salt(), OFFSET);
            assertThat(framing.read(ByteBuffer.wrap(changed), 0, FRAME_BYTES, OFFSET))
                    .as("bit %d", bit)
                    .isNull();
            assertThat(isIntact(framing, changed, OFFSET)).as("bit %d", bit).isTrue();
        }
    }

    private static void seal(byte[] record, int salt, long offset) {
        var bytes = ByteBuffer.wrap(record);
        int mask = (salt ^ (int) offset) * 0x9E37_79B1;
        LittleEndian.putInt(bytes, 0, Checksum.of(bytes, 4, record.length) ^ mask);
    }

    /** To another offset, another segment, another store: each with the checksum that is right there. */
    @Test
    void read_moved_isNull() throws IOException {
        var header = header(7);
        var record = put(header.framing(), OFFSET);
        var sameKeys = ring.derive(header, header.requireSeal().salt());
        assertThat(sameKeys.framing().read(ByteBuffer.wrap(record), 0, FRAME_BYTES, OFFSET))
                .isNotNull();

        var elsewhere = record.clone();
        seal(elsewhere, header.salt(), OFFSET + 1);
        assertThat(header.framing().read(ByteBuffer.wrap(elsewhere), 0, FRAME_BYTES, OFFSET + 1))
                .isNull();
        for (var other : new SegmentHeader[] {header(8), header(7)}) {
            var moved = record.clone();
            seal(moved, other.salt(), OFFSET);
            assertThat(other.framing().read(ByteBuffer.wrap(moved), 0, FRAME_BYTES, OFFSET))
                    .isNull();
        }
    }

    @Test
    void header_anyFieldChanged_hasOtherKeys() throws Exception {
        var bytes = header(7).encode();
        assertThat(headers.decode(bytes, SegmentHeader.fileName(7)).seal()).isNotNull();
        for (int at : new int[] {14, 24, 32, 48, 64, 95, 96, 127}) {
            var changed = bytes.clone();
            changed[at] ^= 1;
            var head = ByteBuffer.wrap(changed);
            LittleEndian.putInt(head, 60, Checksum.of(head, 0, 60));
            FileHead.sealBody(head, 128);
            assertThat(catchThrowableOfType(
                                    DamagedFileException.class,
                                    () -> headers.decode(changed, SegmentHeader.fileName(7)))
                            .isTampered())
                    .as("byte %d", at)
                    .isTrue();
        }
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            var changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatException()
                    .as("bit %d", bit)
                    .isThrownBy(() -> headers.decode(changed, SegmentHeader.fileName(7)));
        }
    }

    @Test
    void write_tooLong_isRefused() throws IOException {
        var framing = Suite.SEALED.framing(header(7), 100);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> framing.requireFits(20, 30))
                .withMessageContaining("needs 106 bytes");
        framing.requireFits(20, 24);
        assertThat(framing.frameBytes(20, 24)).isEqualTo(100);
        assertThat(Arrays.stream(Suite.values()).map(suite -> suite.code)).containsExactly(0, 1);
    }
}
