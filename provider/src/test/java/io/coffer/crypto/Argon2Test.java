package io.coffer.crypto;

import static io.coffer.crypto.Secrets.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2Test {

    /** RFC 9106, section 5.3. */
    @Test
    void derive_vectorOfTheRfc_isMet() {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build();

        assertThat(Argon2.derive(filled(32, 1), parameters))
                .isEqualTo(HexFormat.of().parseHex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    }

    private static byte[] filled(int length, int value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "19455, 2, 1, memory in KiB is 19455; right is a number from 19456 to 1048576",
        "1048577, 2, 1, memory in KiB is 1048577",
        "2147483647, 2, 1, memory in KiB is 2147483647",
        "65536, 1, 1, passes is 1; right is a number from 2 to 10",
        "65536, 11, 1, passes is 11",
        "65536, 2, 0, lanes is 0; right is a number from 1 to 16",
        "65536, 2, 17, lanes is 17",
        "-1, 2, 1, memory in KiB is -1"
    })
    void costs_outOfBounds_areRefusedInCodeAndFromDisk(int memoryKib, int passes, int lanes, String expected) {
        assertThatThrownBy(() -> new Argon2Costs(memoryKib, passes, lanes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);

        var onDisk = ByteBuffer.allocate(Argon2Costs.BYTES)
                .putInt(memoryKib)
                .put((byte) passes)
                .put((byte) lanes)
                .flip();
        assertThat(refusal(() -> Argon2Costs.read(onDisk)))
                .contains("was changed")
                .contains(expected);
    }

    @Test
    void costs_writtenAndRead_areTheSame() {
        var bytes = ByteBuffer.allocate(Argon2Costs.BYTES);
        Argon2Costs.RECOMMENDED.write(bytes);

        assertThat(Argon2Costs.read(bytes.flip())).isEqualTo(new Argon2Costs(65_536, 3, 4));
    }
}
