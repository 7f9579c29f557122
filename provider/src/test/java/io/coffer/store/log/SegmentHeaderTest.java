package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SegmentHeaderTest {
    private static final String FILE = "0000000000a7.seg";

    private final SegmentHeader header = Samples.HEADER;

    @Test
    void decode_encoded_isTheSame() throws Exception {
        assertThat(SegmentHeader.decode(header.encode(), FILE)).isEqualTo(header);
        assertThat(SegmentHeader.decode(Arrays.copyOf(header.encode(), 5_000), FILE))
                .isEqualTo(header);

        var greatest = new SegmentHeader(
                SegmentKind.COMPACTED, Suite.PLAIN, LogFormat.U48_MAX, LogFormat.U48_MAX, -1, -1, -1, -1);
        assertThat(SegmentHeader.decode(greatest.encode(), FILE)).isEqualTo(greatest);
    }

    @Test
    void new_numbersBeyond48Bits_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SegmentHeader(SegmentKind.WRITTEN, Suite.PLAIN, LogFormat.U48_MAX + 1, 0, 0, 0, 0, 0))
                .withMessage("id must be from 0 to 281474976710655, found 281474976710656");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentHeader(SegmentKind.WRITTEN, Suite.PLAIN, 0, -1, 0, 0, 0, 0))
                .withMessage("createdSequence must be from 0 to 281474976710655, found -1");
    }

    @Test
    void decode_anyBitFlipped_isDamage() {
        Damage.expectForEveryBit(header.encode(), bytes -> SegmentHeader.decode(bytes, FILE));
    }

    @Test
    void decode_cutAnywhere_isDamage() {
        Damage.expectForEveryCut(header.encode(), bytes -> SegmentHeader.decode(bytes, FILE));
    }

    @Test
    void decode_checksumWrong_saysFilePlaceExpectedAndFound() {
        var bytes = header.encode();
        bytes[20] ^= 1;

        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> SegmentHeader.decode(bytes, FILE))
                .withMessageMatching("0000000000a7\\.seg is damaged at offset 60\\. "
                        + "Expected: checksum of the header 0x[0-9a-f]+\\. Found: 0x[0-9a-f]+\\.")
                .satisfies(e -> {
                    assertThat(e.file()).isEqualTo(FILE);
                    assertThat(e.offset()).isEqualTo(60);
                });
    }

    @Test
    void decode_laterVersionOrUnknownSuite_isNotDamage() {
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> SegmentHeader.decode(Damage.resealed(header.encode(), 8, 2), FILE))
                .withMessage("0000000000a7.seg was written by a later version of Coffer. Expected: format up to 1. "
                        + "Found: 2. Open it with that version; nothing was changed.");
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> SegmentHeader.decode(Damage.resealed(header.encode(), 15, 2), FILE))
                .withMessageContaining("suite up to 1. Found: 2");
    }

    @Test
    void decode_laterMinorVersion_isRead() throws Exception {
        assertThat(SegmentHeader.decode(Damage.resealed(header.encode(), 10, 9), FILE))
                .isEqualTo(header);
    }

    /** Its checksum is right, but no version of ours writes such a header. */
    @Test
    void decode_fieldsThatNobodyWrites_areDamage() {
        for (int at : new int[] {8, 12, 14, 22, 30, 56, 59}) {
            int value = at == 8 ? 0 : 2;
            assertThatExceptionOfType(DamagedFileException.class)
                    .as("offset %d", at)
                    .isThrownBy(() -> SegmentHeader.decode(Damage.resealed(header.encode(), at, value), FILE))
                    .satisfies(e -> assertThat(e.offset()).isBetween(at - 6L, (long) at));
        }
    }

    @Test
    void isOf_anotherFileOrStore_isFalse() {
        assertThat(header.isOf(Samples.STORE.tag(), FILE)).isTrue();

        assertThat(header.isOf(Samples.STORE.tag(), "0000000000a8.seg")).isFalse();
        assertThat(header.isOf(1, FILE)).isFalse();
    }

    @Test
    void fileName_id_isTwelveDigits() {
        assertThat(SegmentHeader.fileName(0xA7)).isEqualTo(FILE);
        assertThat(SegmentHeader.fileName(LogFormat.U48_MAX)).isEqualTo("ffffffffffff.seg");
    }

    @Test
    void encode_frame_standsInItsPlace() {
        var bytes = ByteBuffer.wrap(header.encode());

        assertThat(bytes.limit()).isEqualTo(64);
        assertThat(new String(bytes.array(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("CFSEG");
    }
}
