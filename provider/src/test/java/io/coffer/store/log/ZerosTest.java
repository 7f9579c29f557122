package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ZerosTest {
    private static final int LENGTH = 10_000;

    @Test
    void fill_oneByteSomewhere_isSeenWithinTheRangeOnly() {
        var bytes = ByteBuffer.allocate(LENGTH);
        assertThat(Zeros.fill(bytes, 0, LENGTH)).isTrue();
        assertThat(Zeros.fill(bytes, 3, 0)).isTrue();

        for (int at = 0; at < LENGTH; at++) {
            bytes.put(at, (byte) 1);
            assertThat(Zeros.fill(bytes, 0, LENGTH)).as("byte %s", at).isFalse();
            assertThat(Zeros.fill(bytes, at, 1)).as("byte %s alone", at).isFalse();
            assertThat(Zeros.fill(bytes, 0, at)).as("before byte %s", at).isTrue();
            assertThat(Zeros.fill(bytes, at + 1, LENGTH - at - 1))
                    .as("behind byte %s", at)
                    .isTrue();
            bytes.put(at, (byte) 0);
        }
    }
}
