package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final String FILE = "MANIFEST";

    private final Manifest manifest = Samples.manifest();

    @Test
    void decode_encoded_isTheSame() throws Exception {
        assertThat(Manifest.decode(manifest.encode(), FILE)).isEqualTo(manifest);
        assertThat(manifest.encode()).hasSize(64 + 3 * 48 + 4);

        var empty = new Manifest(1, 0, 0, 0, List.of());
        assertThat(Manifest.decode(empty.encode(), FILE)).isEqualTo(empty);
    }

    @Test
    void decode_greatestNumbers_areKept() throws Exception {
        long most = LogFormat.U48_MAX;
        var greatest = new Manifest(
                -1,
                Long.MAX_VALUE,
                most,
                Long.MAX_VALUE,
                List.of(new ManifestLine(
                        most - 1,
                        SegmentKind.COMPACTED,
                        SegmentState.SEALED,
                        -1,
                        LogFormat.SEGMENT_BYTES_MAX,
                        -1,
                        most,
                        most,
                        most,
                        LogFormat.ETERNAL,
                        -1)));

        assertThat(Manifest.decode(greatest.encode(), FILE)).isEqualTo(greatest);
    }

    @Test
    void decode_manySegments_isTheSame() throws Exception {
        var lines = new ArrayList<ManifestLine>();
        for (int i = 0; i < 2_000; i++) {
            lines.add(new ManifestLine(i * 7L, SegmentKind.WRITTEN, SegmentState.SEALED, i, 64 + i, i, i, i, i, i, i));
        }
        var large = new Manifest(1, 2, 14_000, 3, lines);

        assertThat(Manifest.decode(large.encode(), FILE)).isEqualTo(large);
    }

    @Test
    void decode_anyBitFlipped_isDamage() {
        Damage.expectForEveryBit(manifest.encode(), bytes -> Manifest.decode(bytes, FILE));
    }

    @Test
    void decode_cutOrLengthened_isDamage() {
        Damage.expectForEveryCut(manifest.encode(), bytes -> Manifest.decode(bytes, FILE));
        Damage.expectForBytesAppended(manifest.encode(), bytes -> Manifest.decode(bytes, FILE));
    }

    @Test
    void decode_headOfOneAndLinesOfAnother_isDamage() {
        var bytes = manifest.encode();
        var later = new Manifest(
                        manifest.storeTag(), 13, manifest.nextSegmentId(), manifest.storeMillis(), manifest.segments())
                .encode();
        System.arraycopy(later, 0, bytes, 0, LogFormat.HEADER_BYTES);

        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> Manifest.decode(bytes, FILE))
                .withMessageMatching("MANIFEST is damaged at offset 208\\. "
                        + "Expected: checksum 0x[0-9a-f]+\\. Found: 0x[0-9a-f]+\\.");
    }

    @Test
    void decode_countThatLies_isDamageBeforeAnythingIsAllocated() {
        for (int at = 16; at < 20; at++) {
            int place = at;
            assertThatExceptionOfType(DamagedFileException.class)
                    .isThrownBy(() -> Manifest.decode(Damage.resealed(manifest.encode(), place, 0x7F), FILE));
        }
        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> Manifest.decode(Damage.resealed(manifest.encode(), 16, 4), FILE))
                .withMessage("MANIFEST is damaged at offset 212. Expected: length of the file 260. Found: 212.");
    }

    /** The checksums are right, but no version of ours writes so. */
    @Test
    void decode_fieldsThatNobodyWrites_areDamage() {
        int line = LogFormat.HEADER_BYTES + LogFormat.MANIFEST_LINE_BYTES;
        for (int at : new int[] {14, 21, 23, 47, 56, line, line + 5, line + 6, line + 7, line + 11}) {
            assertThatExceptionOfType(DamagedFileException.class)
                    .as("offset %d", at)
                    .isThrownBy(() -> Manifest.decode(Damage.resealed(manifest.encode(), at, 0x7F), FILE));
        }
        assertThatExceptionOfType(DamagedFileException.class)
                .as("the same segment twice")
                .isThrownBy(() -> Manifest.decode(Damage.resealed(manifest.encode(), line, 0xA6), FILE))
                .withMessage("MANIFEST is damaged at offset 112. Expected: segment from 167 to 168. Found: 166.");
    }

    @Test
    void decode_laterVersionOrUnknownSuite_isNotDamage() {
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> Manifest.decode(Damage.resealed(manifest.encode(), 8, 2), FILE));
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> Manifest.decode(Damage.resealed(manifest.encode(), 20, 2), FILE));
    }

    @Test
    void decode_otherFile_isDamage() {
        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> Manifest.decode(Samples.STORE.encode(), FILE))
                .withMessage("MANIFEST is damaged at offset 0. Expected: magic 0x1a0a0d4e414d4643. "
                        + "Found: 0x1a0a0d4f54534643.");
    }

    @Test
    void expectStore_another_isRefused() throws Exception {
        manifest.expectStore(Samples.STORE.tag(), FILE);

        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> manifest.expectStore(5, FILE))
                .withMessageContaining("MANIFEST is damaged at offset 24. Expected: store 0x5. Found: 0x");
    }

    @Test
    void new_segmentsOutOfOrderOrTwiceOrTooHigh_areRefused() {
        var lines = new ArrayList<>(manifest.segments());
        Collections.swap(lines, 0, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Manifest(1, 1, 0xA9, 1, lines));
        var twice = List.of(lines.get(0), lines.get(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Manifest(1, 1, 0xA9, 1, twice));
        assertThatIllegalArgumentException().isThrownBy(() -> new Manifest(1, 1, 0xA8, 1, manifest.segments()));
    }
}
