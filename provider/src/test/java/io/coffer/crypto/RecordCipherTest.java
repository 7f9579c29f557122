package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCipherTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int NONCE_BYTES = Algorithms.NONCE_BYTES;

    private final CipherPool pool = new CipherPool(Algorithms.of(null));
    private final byte[] associated = {1, 2, 3};

    /** The cases 13 to 16 of McGrew and Viega's submission to NIST: those with keys of 256 bits and nonces of 96. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, '', '', "
                + "'', 530f8afbc74536b9a963b4f1c4cb738b",
        "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, '', "
                + "00000000000000000000000000000000, "
                + "cea7403d4d606b6e074ec5d3baf39d18, d0d1c8a799996bf0265b98b5d48ab919",
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888, '', "
                + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0d"
                + "e657ba637b391aafd255, "
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba"
                + "7a0abcc9f662898015ad, b094dac5d93471bdec1a502270e3cc6c",
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888, "
                + "feedfacedeadbeeffeedfacedeadbeefabaddad2, "
                + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0d"
                + "e657ba637b39, "
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba"
                + "7a0abcc9f662, 76fc6ece0f4e1768cddf8853bb2d551b"
    })
    void seal_vectorsOfGcm_areMet(String key, String nonce, String aad, String plain, String sealed, String tag) {
        var cipher = new RecordCipher(pool, HEX.parseHex(key));
        int length = plain.length() / 2;
        var bytes = Arrays.copyOf(HEX.parseHex(nonce + plain), NONCE_BYTES + length + Algorithms.TAG_BYTES);

        cipher.seal(bytes, 0, NONCE_BYTES, length, HEX.parseHex(aad));

        assertThat(HEX.formatHex(bytes)).isEqualTo(nonce + sealed + tag);
        assertThat(cipher.open(bytes, 0, NONCE_BYTES, length + Algorithms.TAG_BYTES, HEX.parseHex(aad)))
                .isEqualTo(HEX.parseHex(plain));
    }

    /** As Wycheproof does: every bit of nonce, bytes and tag, tags of zeros and ones, shorter ones, other associated bytes. */
    @Test
    void open_anythingChanged_isNull() {
        var cipher = new RecordCipher(pool, new byte[32]);
        var bytes = sealed(cipher, 21);
        int length = bytes.length - NONCE_BYTES;

        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            var changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(cipher.open(changed, 0, NONCE_BYTES, length, associated))
                    .as("bit %d", bit)
                    .isNull();
        }
        for (int fill : new int[] {0, 0xFF, 0x80, 1}) {
            var changed = bytes.clone();
            Arrays.fill(changed, bytes.length - Algorithms.TAG_BYTES, bytes.length, (byte) fill);
            assertThat(cipher.open(changed, 0, NONCE_BYTES, length, associated)).isNull();
        }
        for (int shorter = 0; shorter < length; shorter++) {
            assertThat(cipher.open(bytes, 0, NONCE_BYTES, shorter, associated))
                    .as("%d bytes", shorter)
                    .isNull();
        }
        assertThat(cipher.open(bytes, 0, NONCE_BYTES, length, new byte[] {1, 2}))
                .isNull();
        assertThat(cipher.open(bytes, 0, NONCE_BYTES, length, new byte[0])).isNull();
        assertThat(cipher.open(bytes, 0, NONCE_BYTES, length, associated)).hasSize(21);
    }

    @Test
    void open_anotherKey_isNull() {
        var another = new byte[32];
        another[31] = 1;
        var bytes = sealed(new RecordCipher(pool, new byte[32]), 21);

        assertThat(new RecordCipher(pool, another).open(bytes, 0, NONCE_BYTES, bytes.length - NONCE_BYTES, associated))
                .isNull();
    }

    /** SunJCE refuses to encrypt twice under one nonce in a row, but has to decrypt twice. */
    @Test
    void open_again_isTheSame() {
        var cipher = new RecordCipher(pool, new byte[32]);
        var bytes = sealed(cipher, 5);
        int length = bytes.length - NONCE_BYTES;

        assertThat(cipher.open(bytes, 0, NONCE_BYTES, length, associated))
                .isEqualTo(cipher.open(bytes, 0, NONCE_BYTES, length, associated));
    }

    @Test
    void open_intoAnArray_leavesWhatIsAround() {
        var cipher = new RecordCipher(pool, new byte[32]);
        var bytes = sealed(cipher, 5);
        var plain = new byte[7];
        Arrays.fill(plain, (byte) 8);

        assertThat(cipher.open(bytes, 0, NONCE_BYTES, bytes.length - NONCE_BYTES, associated, plain, 1))
                .isTrue();
        assertThat(plain).containsExactly(8, 0, 0, 0, 0, 0, 8);
        bytes[NONCE_BYTES] ^= 1;
        assertThat(cipher.open(bytes, 0, NONCE_BYTES, bytes.length - NONCE_BYTES, associated, plain, 1))
                .isFalse();
        assertThat(cipher.open(bytes, 0, NONCE_BYTES, Algorithms.TAG_BYTES - 1, associated, plain, 1))
                .isFalse();
    }

    /** More than there are ciphers of each key, and keys that take ciphers from each other. */
    @Test
    void open_byManyThreads_isWhatWasSealed() throws Exception {
        var ciphers = new ArrayList<RecordCipher>();
        for (byte i = 0; i < 3; i++) {
            var key = new byte[32];
            key[0] = i;
            ciphers.add(new RecordCipher(pool, key));
        }
        var threads = Executors.newFixedThreadPool(12);
        try {
            var wrong = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 12; i++) {
                int seed = i;
                wrong.add(threads.submit(() -> wrongOf(ciphers, seed)));
            }
            for (var each : wrong) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private int wrongOf(List<RecordCipher> ciphers, int seed) {
        int wrong = 0;
        for (int i = 0; i < 1_000; i++) {
            var cipher = ciphers.get((seed + i) % ciphers.size());
            var bytes = new byte[NONCE_BYTES + 40 + Algorithms.TAG_BYTES];
            ByteBuffer.wrap(bytes).putInt(seed).putInt(i);
            Arrays.fill(bytes, NONCE_BYTES, NONCE_BYTES + 40, (byte) seed);
            cipher.seal(bytes, 0, NONCE_BYTES, 40, associated);
            var plain = cipher.open(bytes, 0, NONCE_BYTES, 40 + Algorithms.TAG_BYTES, associated);
            var right = new byte[40];
            Arrays.fill(right, (byte) seed);
            wrong += Arrays.equals(plain, right) ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void close_always_wipesTheKey() {
        var key = new byte[32];
        Arrays.fill(key, (byte) 7);
        var cipher = new RecordCipher(pool, key);
        var bytes = sealed(cipher, 5);

        cipher.close();

        assertThat(key).containsOnly(0);
        assertThatIllegalStateException()
                .isThrownBy(() -> cipher.open(bytes, 0, NONCE_BYTES, bytes.length - NONCE_BYTES, associated));
        assertThat(cipher.toString()).doesNotContain("7");
    }

    @Test
    void new_keyOfAnotherLength_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordCipher(pool, new byte[16]))
                .withMessageContaining("32 bytes, found 16");
    }

    private byte[] sealed(RecordCipher cipher, int length) {
        var bytes = new byte[NONCE_BYTES + length + Algorithms.TAG_BYTES];
        bytes[3] = 9;
        cipher.seal(bytes, 0, NONCE_BYTES, length, associated);
        return bytes;
    }
}
