package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LocationTest {
    private static final int RECORD_BYTES_MIN = 8;
    private static final int SEGMENT_MAX = LogFormat.SEGMENTS_MAX - 1;
    private static final int OFFSET_MAX = LogFormat.SEGMENT_BYTES_MAX - 1;

    @Test
    void of_anyPlace_givesItBack() {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            int segment = random.nextInt(LogFormat.SEGMENTS_MAX);
            int offset = random.nextInt(LogFormat.SEGMENT_BYTES_MAX);
            int bytes = RECORD_BYTES_MIN + random.nextInt(1 << random.nextInt(28));

            expectGivenBack(segment, offset, bytes);
        }
        expectGivenBack(0, 0, RECORD_BYTES_MIN);
        expectGivenBack(SEGMENT_MAX, OFFSET_MAX, LogFormat.SEGMENT_BYTES_MAX);
    }

    private static void expectGivenBack(int segment, int offset, int bytes) {
        long location = Location.of(segment, offset, bytes);
        assertThat(location).isNotEqualTo(Location.NONE).isPositive().isLessThan(1L << Location.BITS);
        assertThat(Location.segment(location)).isEqualTo(segment);
        assertThat(Location.offset(location)).isEqualTo(offset);
        assertThat(Location.sizeBytes(location)).isGreaterThanOrEqualTo(bytes);
        assertThat((Location.sizeBytes(location) - bytes) * 8L)
                .as("excess of %d bytes", bytes)
                .isLessThanOrEqualTo(bytes);
    }

    @Test
    void sizeBytes_everyLengthUpToAMegabyte_isRoundedUpByAnEighthAtMost() {
        int previous = 0;
        for (int bytes = RECORD_BYTES_MIN; bytes <= 1 << 20; bytes++) {
            int size = Location.sizeBytes(Location.of(0, 0, bytes));
            if (size < bytes || (size - bytes) * 8L > bytes || size < previous) {
                throw new AssertionError(bytes + " bytes became " + size);
            }
            previous = size;
        }
    }

    @Test
    void of_outOfLimits_isRefusedWithTheLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.of(SEGMENT_MAX + 1, 0, 24))
                .withMessage("segment must be below 1048576, found 1048576");
        assertThatIllegalArgumentException().isThrownBy(() -> Location.of(-1, 0, 24));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.of(0, OFFSET_MAX + 1L, 24))
                .withMessage("offset must be below 268435456, found 268435456");
        assertThatIllegalArgumentException().isThrownBy(() -> Location.of(0, -1, 24));
        assertThatIllegalArgumentException().isThrownBy(() -> Location.of(0, 0, 7));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.of(0, 0, LogFormat.SEGMENT_BYTES_MAX + 1))
                .withMessage("recordBytes must be from 8 to 268435456, found 268435457");
    }
}
