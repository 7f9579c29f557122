package io.coffer.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short forms of the java codec. The golden bytes are on the disks of users; they are never made anew. */
class CompactFormsTest {
    private static final long SEED = 20261122;
    private static final Path DOCUMENT = Path.of("../docs/file-format.md");
    private static final ClassLoader LOADER = CompactFormsTest.class.getClassLoader();

    private final JavaCodec<Object> codec = new JavaCodec<>();

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("", "01"),
                Arguments.of("Gruß", "01 47 72 75 df"),
                Arguments.of("it’s", "02 69 74 e2 80 99 73"),
                Arguments.of("日本", "03 e5 65 2c 67"),
                Arguments.of("a\uD83D", "03 61 00 3d d8"),
                Arguments.of(false, "08"),
                Arguments.of(true, "09"),
                Arguments.of('€', "0a ac 20"),
                Arguments.of((byte) -1, "0b ff"),
                Arguments.of((short) 258, "0c 02 01"),
                Arguments.of(42, "0d 2a 00 00 00"),
                Arguments.of(42L, "0e 2a 00 00 00 00 00 00 00"),
                Arguments.of(1.5f, "0f 00 00 c0 3f"),
                Arguments.of(Double.NaN, "10 00 00 00 00 00 00 f8 7f"),
                Arguments.of(new BigInteger("128"), "11 00 80"),
                Arguments.of(new BigDecimal("-1.20"), "12 02 00 00 00 88"),
                Arguments.of(
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                        "13 00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff"),
                Arguments.of(Instant.ofEpochSecond(-1, 999), "18 ff ff ff ff ff ff ff ff e7 03 00 00"),
                Arguments.of(Duration.ofMillis(1_500), "19 01 00 00 00 00 00 00 00 00 65 cd 1d"),
                Arguments.of(LocalDate.of(2026, 11, 22), "1a ea 07 00 00 0b 16"),
                Arguments.of(LocalTime.of(0, 0, 1), "1b 00 ca 9a 3b 00 00 00 00"),
                Arguments.of(LocalDateTime.of(2026, 11, 22, 0, 0, 1), "1c ea 07 00 00 0b 16 00 ca 9a 3b 00 00 00 00"),
                Arguments.of(
                        OffsetDateTime.parse("2026-11-22T00:00:01+01:00"),
                        "1d ea 07 00 00 0b 16 00 ca 9a 3b 00 00 00 00 10 0e 00 00"),
                Arguments.of(new boolean[] {true, false}, "20 01 00"),
                Arguments.of(new char[] {'€'}, "21 ac 20"),
                Arguments.of(new byte[] {1, -1}, "22 01 ff"),
                Arguments.of(new short[] {1}, "23 01 00"),
                Arguments.of(new int[] {1}, "24 01 00 00 00"),
                Arguments.of(new long[] {1}, "25 01 00 00 00 00 00 00 00"),
                Arguments.of(new float[] {1.5f}, "26 00 00 c0 3f"),
                Arguments.of(new double[] {1.5}, "27 00 00 00 00 00 00 f8 3f"));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void encode_value_isTheGoldenBytes(Object value, String hex) {
        assertThat(codec.encode(value)).isEqualTo(bytes(hex));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void decode_goldenBytes_isTheValue(Object value, String hex) {
        assertThat(codec.decode(bytes(hex), LOADER)).isEqualTo(value).hasSameClassAs(value);
    }

    /** Whoever changes the document, or the tests, must change both, and then sees that users have files. */
    @ParameterizedTest
    @MethodSource("golden")
    void document_hasTheGoldenBytes(Object value, String hex) throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .as("example of %s", value.getClass())
                .contains("`" + hex + "`");
    }

    /** Of all tags, so that a new one cannot be left out of the golden bytes. */
    @Test
    void tags_areAllAmongTheGoldenBytes() {
        var known =
                IntStream.range(0, 0x100).filter(CompactForms::knows).boxed().toList();
        var golden = golden().map(example -> (int) bytes((String) example.get()[1])[0])
                .distinct()
                .toList();

        assertThat(known).containsExactlyInAnyOrderElementsOf(golden).doesNotContain(CompactForms.SERIALIZED);
    }

    /** Equal keys have one encoding only if other bytes for them are refused. */
    @Test
    void decode_randomBytes_areRefusedOrTheEncodingOfWhatTheyMean() {
        var random = new Random(SEED);
        int understood = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(20)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(0x30);
            Object decoded;
            try {
                decoded = codec.decode(bytes, LOADER);
            } catch (CacheException e) {
                assertThat(e).as("seed %d, round %d", SEED, i).hasNoCause();
                continue;
            }
            understood++;
            assertThat(codec.encode(decoded)).as("seed %d, round %d", SEED, i).isEqualTo(bytes);
        }
        assertThat(understood).isGreaterThan(20_000);
    }

    /** Random bytes are rarely valid in these; their damage is tried one by one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "02 69", // could be Latin-1
                "02 e5 97 a5", // shorter as UTF-16
                "02 ed a0 bd 61 61 61 61 61 61", // half of a surrogate pair
                "02 e2 80", // cut
                "02 c0 80", // not the shortest UTF-8
                "03 61 00", // could be Latin-1
                "03 ac 20 61 00 61 00", // shorter as UTF-8
                "03 ac", // half a char
                "08 00", // content where there is none
                "0d 2a 00 00", // short
                "0d 2a 00 00 00 00", // long
                "0f 01 00 c0 7f", // another NaN
                "10 01 00 00 00 00 00 f8 7f",
                "11", // no number
                "11 00 7f", // a byte more than needed
                "11 ff 80",
                "12 00 00 00", // half a scale
                "12 00 00 00 00", // no number
                "18 00 00 00 00 00 00 00 00 00 ca 9a 3b", // a whole second of nanoseconds
                "18 00 00 00 00 00 00 00 00 ff ff ff ff",
                "18 ff ff ff ff ff ff ff 7f 00 00 00 00", // after the end of time
                "1a ea 07 00 00 0d 01", // month 13
                "1a ff ff ff 7f 01 01", // year beyond the greatest
                "1b 00 00 4f 91 94 4e 00 00", // 24:00
                "1d ea 07 00 00 0b 16 00 ca 9a 3b 00 00 00 00 00 00 01 00", // offset beyond 18 hours
                "20 02", // neither true nor false
                "21 ac",
                "27 00",
                "00",
                "04",
                "ed"
            })
    void decode_bytesOfNoValue_failsWithoutTheirContent(String hex) {
        byte[] bytes = bytes(hex);

        assertThatThrownBy(() -> codec.decode(bytes, LOADER))
                .isExactlyInstanceOf(CacheException.class)
                .hasNoCause()
                .hasMessageStartingWith("Stored bytes");
    }

    @Test
    void decode_nothing_isACacheException() {
        assertThatThrownBy(() -> codec.decode(new byte[0], LOADER)).isInstanceOf(CacheException.class);
    }

    @Test
    void decode_randomStrings_areEqual() {
        var random = new Random(SEED);
        int[] limits = {0x80, 0x100, 0x800, 0x3000, 0x10000};
        for (int i = 0; i < 20_000; i++) {
            int limit = limits[random.nextInt(limits.length)];
            var builder = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                builder.append(
                        (char) (random.nextInt(4) == 0 ? 0xD800 + random.nextInt(0x800) : random.nextInt(limit)));
            }
            var text = builder.toString();

            assertThat(codec.decode(codec.encode(text), LOADER))
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(text);
        }
    }

    @Test
    void encode_decimalsOfOtherScale_differ() {
        assertThat(codec.encode(new BigDecimal("1.0"))).isNotEqualTo(codec.encode(new BigDecimal("1.00")));
    }

    @Test
    void encode_notANumberOfAnyBits_isTheSame() {
        assertThat(codec.encode(Float.intBitsToFloat(0x7FC0_0001))).isEqualTo(codec.encode(Float.NaN));
        assertThat(codec.encode(Double.longBitsToDouble(-1))).isEqualTo(codec.encode(Double.NaN));
        assertThat(codec.encode(-0.0)).isNotEqualTo(codec.encode(0.0));
    }

    /** A class of somebody else, equal or not, must come back as what it was. */
    @Test
    void decode_subclassOfAValueType_isOfItsClass() {
        var number = new Tagged("7");

        assertThat(codec.decode(codec.encode(number), LOADER))
                .isInstanceOf(Tagged.class)
                .isEqualTo(number);
    }

    @Test
    void encodeAndDecode_array_shareNothing() {
        byte[] value = {1, 2};

        byte[] encoded = codec.encode(value);
        value[0] = 9;
        var decoded = (byte[]) codec.decode(encoded, LOADER);
        decoded[1] = 9;

        assertThat(Arrays.copyOfRange(encoded, 1, 3)).containsExactly(1, 2);
    }

    /** A BigInteger with a name. */
    static final class Tagged extends BigInteger {
        private static final long serialVersionUID = 1L;

        Tagged(String text) {
            super(text);
        }
    }
}
