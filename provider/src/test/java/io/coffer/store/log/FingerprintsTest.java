package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the test vectors of SipHash's authors: seed 00 01 … 0f, input 00 01 … of 0 to 63 bytes. */
class FingerprintsTest {
    private static final int VECTORS = 64;
    /** SHA-256 over the 64 outputs one after the other; OpenSSL's SIPHASH gives the same. */
    private static final String ALL_VECTORS = "ecfaa9fe47ff788fa834a9863ea2715a2880cd37d2b8c3c194402838428119b9";

    private final Fingerprints fingerprints = new Fingerprints(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);

    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "1, da87c1d86b99af44347659119b22fc45",
        "7, a1f1ebbed8dbc153c0b84aa61ff08239",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
        "24, 2db479ae78bd50d8882a8a178a6132ad",
        "63, 5150d1772f50834a503e069a973fbd7c"
    })
    void of_inputOfTheAuthors_isTheirOutput(int length, String expected) {
        assertThat(HexFormat.of().formatHex(bytesOf(fingerprints.of(upTo(length)))))
                .isEqualTo(expected);
    }

    @Test
    void of_allInputsOfTheAuthors_areTheirOutputs() throws NoSuchAlgorithmException {
        var outputs = ByteBuffer.allocate(VECTORS * 2 * Long.BYTES);
        for (int length = 0; length < VECTORS; length++) {
            outputs.put(bytesOf(fingerprints.of(upTo(length))));
        }

        var digest = MessageDigest.getInstance("SHA-256").digest(outputs.array());
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(ALL_VECTORS);
    }

    @Test
    void of_partOfAnArray_isThatOfThePartAlone() {
        var bytes = upTo(200);

        for (int start = 0; start < 20; start++) {
            for (int length = 0; length < 180; length++) {
                assertThat(fingerprints.of(bytes, start, length))
                        .as("start %d, length %d", start, length)
                        .isEqualTo(fingerprints.of(Arrays.copyOfRange(bytes, start, start + length)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_record_isThatOfItsKey(boolean direct) {
        var buffer = (direct ? ByteBuffer.allocateDirect(200) : ByteBuffer.allocate(200))
                .position(7)
                .slice();
        var framing = Samples.framing();
        framing.write(buffer, 3, 64, RecordType.PUT, false, 1, 1, upTo(21), upTo(5));
        var record = framing.read(buffer, 3, 100, 64);

        assertThat(record).isNotNull();
        assertThat(fingerprints.of(record)).isEqualTo(fingerprints.of(upTo(21)));
    }

    @Test
    void of_otherSeed_isAnother() {
        assertThat(new Fingerprints(0x0706050403020100L, 0x0F0E0D0C0B0A0909L).of(upTo(9)))
                .isNotEqualTo(fingerprints.of(upTo(9)));
    }

    private static byte[] upTo(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static byte[] bytesOf(Fingerprint fingerprint) {
        var bytes = ByteBuffer.allocate(2 * Long.BYTES);
        LittleEndian.putLong(bytes, 0, fingerprint.head());
        LittleEndian.putLong(bytes, Long.BYTES, fingerprint.rest());
        return bytes.array();
    }
}
