package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codecs without a type to find: for bytes, and for strings. */
class PlainCodecsTest {
    private static final long SEED = 20260112;
    private static final ClassLoader LOADER = PlainCodecsTest.class.getClassLoader();

    private final StringCodec strings = new StringCodec();
    private final BytesCodec bytes = new BytesCodec();

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "ä€", "\u0000", "\uD83D\uDE00 beyond the basic plane"})
    void decode_string_isEqual(String text) {
        assertThat(strings.decode(strings.encode(text), LOADER)).isEqualTo(text);
    }

    @Test
    void encode_string_isUtf8() {
        assertThat(strings.encode("ä€")).isEqualTo("ä€".getBytes(StandardCharsets.UTF_8));
    }

    /** As a key, it would become that of another entry. */
    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uD83Db", "\uDE00", "\uDE00\uD83D", "?\uD83D"})
    void encode_loneSurrogate_isRefused(String text) {
        assertThatThrownBy(() -> strings.encode(text))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("\"java\"");
    }

    @Test
    void encode_questionMark_isNoReplacement() {
        assertThat(strings.encode("a?€")).isEqualTo("a?€".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void decode_bytesThatAreNoUtf8_isACacheException() {
        for (byte[] each : new byte[][] {{(byte) 0x80}, {(byte) 0xC3}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}}) {
            assertThatThrownBy(() -> strings.decode(each, LOADER)).isInstanceOf(CacheException.class);
        }
    }

    @Test
    void decode_randomBytes_areEqual() {
        var random = new Random(SEED);
        for (int length = 0; length < 1_000; length++) {
            byte[] value = new byte[length];
            random.nextBytes(value);

            assertThat(bytes.decode(bytes.encode(value), LOADER))
                    .as("seed %d", SEED)
                    .isEqualTo(value);
        }
    }

    @Test
    void encodeAndDecode_bytes_shareNothing() {
        byte[] value = {1, 2};

        byte[] encoded = bytes.encode(value);
        byte[] decoded = bytes.decode(encoded, LOADER);
        value[0] = 9;
        decoded[1] = 9;

        assertThat(encoded).containsExactly(1, 2);
    }
}
