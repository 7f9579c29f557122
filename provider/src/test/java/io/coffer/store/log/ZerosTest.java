package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ZerosTest {
    private static final int LENGTH = 10_000;

    @Test
    void trimmed_oneByteSomewhere_endsBehindItWithinTheRangeOnly() {
        var bytes = ByteBuffer.allocate(LENGTH);
        assertThat(Zeros.trimmed(bytes, 0, LENGTH)).isZero();
        assertThat(Zeros.trimmed(bytes, 3, 0)).isZero();

        for (int at = 0; at < LENGTH; at++) {
            bytes.put(at, (byte) 1);
            assertThat(Zeros.trimmed(bytes, 0, LENGTH)).as("byte %s", at).isEqualTo(at + 1);
            assertThat(Zeros.trimmed(bytes, at, 1)).as("byte %s alone", at).isEqualTo(1);
            assertThat(Zeros.trimmed(bytes, 0, at)).as("before byte %s", at).isZero();
            assertThat(Zeros.trimmed(bytes, at + 1, LENGTH - at - 1))
                    .as("behind byte %s", at)
                    .isZero();
            bytes.put(at, (byte) 0);
        }
    }
}
