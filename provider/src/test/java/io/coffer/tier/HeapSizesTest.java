package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HeapSizesTest {

    @Test
    void of_latin1String_isAByteACharacter() {
        assertThat(HeapSizes.of("ä".repeat(1_000)) - HeapSizes.of("")).isEqualTo(1_000);
    }

    @Test
    void of_otherString_isTwoBytesACharacter() {
        assertThat(HeapSizes.of("€".repeat(1_000)) - HeapSizes.of("")).isEqualTo(2_000);
        assertThat(HeapSizes.of("a".repeat(999) + "€") - HeapSizes.of("")).isEqualTo(2_000);
    }

    @Test
    void of_emptyString_isMoreThanNothing() {
        assertThat(HeapSizes.of("")).isBetween(24L, 64L);
    }

    @Test
    void of_primitiveArrays_isTheWidthOfTheirElements() {
        assertThat(perElement(new byte[1_000], new byte[0])).isEqualTo(1);
        assertThat(perElement(new boolean[1_000], new boolean[0])).isEqualTo(1);
        assertThat(perElement(new short[1_000], new short[0])).isEqualTo(2);
        assertThat(perElement(new char[1_000], new char[0])).isEqualTo(2);
        assertThat(perElement(new int[1_000], new int[0])).isEqualTo(4);
        assertThat(perElement(new float[1_000], new float[0])).isEqualTo(4);
        assertThat(perElement(new long[1_000], new long[0])).isEqualTo(8);
        assertThat(perElement(new double[1_000], new double[0])).isEqualTo(8);
    }

    private static long perElement(Object thousand, Object none) {
        return (HeapSizes.of(thousand) - HeapSizes.of(none)) / 1_000;
    }

    @Test
    void of_hugeArray_doesNotOverflow() {
        assertThat(HeapSizes.of(new long[20_000_000])).isGreaterThanOrEqualTo(160_000_000L);
    }

    @Test
    void of_stringArray_countsReferencesAndStrings() {
        long string = HeapSizes.of("abc");

        assertThat(HeapSizes.of(new String[] {"abc", "abc", null}) - HeapSizes.of(new String[0]))
                .isEqualTo(2 * string + 3 * 4);
    }

    @Test
    void of_bigNumbers_growsWithTheirDigits() {
        var big = BigInteger.ONE.shiftLeft(80_000);

        assertThat(HeapSizes.of(big)).isBetween(10_000L, 10_100L);
        assertThat(HeapSizes.of(new BigDecimal(big, 3))).isBetween(10_000L, 10_200L);
    }

    @Test
    void of_textInDisguise_growsWithItsLength() {
        var text = "a".repeat(10_000);

        assertThat(HeapSizes.of(URI.create("urn:" + text))).isGreaterThanOrEqualTo(10_000);
        assertThat(HeapSizes.of(Pattern.compile(text))).isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void of_smallObjects_isSomeDozenBytes() {
        assertThat(HeapSizes.of(1L)).isBetween(16L, 64L);
        assertThat(HeapSizes.of(Instant.EPOCH)).isBetween(16L, 64L);
        assertThat(HeapSizes.of(new UUID(1, 2))).isBetween(16L, 64L);
    }

    @Test
    void of_enum_isNothingBecauseItIsThereAnyway() {
        assertThat(HeapSizes.of(TimeUnit.DAYS)).isZero();
    }
}
