package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.notLost;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Promise 6: a key is its bytes; keys and values of all lengths up to the bounds. */
interface Promise6Keys extends StoreUnderTest {
    int KEY_BYTES_MAX = 0xFFFF;

    @Test
    default void write_keysOfAllLengths_areKeptApart() {
        int[] lengths = {0, 1, 2, 7, 8, 9, 255, 256, 257, 4_096, KEY_BYTES_MAX - 1, KEY_BYTES_MAX};
        for (int length : lengths) {
            write(new byte[length], bytes("v" + length));
        }

        for (int round = 0; round < 2; round++) {
            for (int length : lengths) {
                var found = store().read(new byte[length]);
                assertThat(found).as("key of " + length + " bytes").isNotNull();
                assertThat(found.key()).isEqualTo(new byte[length]);
                assertThat(found.value()).isEqualTo(bytes("v" + length));
            }
            assertThat(store().size()).isEqualTo(lengths.length);
            reopen();
        }
    }

    /** Equal hash codes, prefixes, signs, and bytes that are no text. */
    @Test
    default void write_similarKeys_areKeptApart() {
        var keys = List.of(
                new byte[] {0, 31},
                new byte[] {1, 0},
                bytes("Aa"),
                bytes("BB"),
                new byte[] {-1},
                new byte[] {-1, -1},
                new byte[] {127},
                new byte[] {(byte) 0xC3, 0x28});
        for (int i = 0; i < keys.size(); i++) {
            write(keys.get(i), bytes("v" + i));
        }

        for (int i = 0; i < keys.size(); i++) {
            var found = store().read(keys.get(i));
            assertThat(found).isNotNull();
            assertThat(found.value()).isEqualTo(bytes("v" + i));
        }
        store().remove(keys.get(0), EntryStore.ANY);
        assertThat(store().find(keys.get(1))).isNotNull();
    }

    @Test
    default void write_valuesOfAllLengths_areKept() {
        int most = options().maxRecordBytes() - 3;
        int[] lengths = {0, 1, 23, 24, 25, 511, 512, 4_095, 4_096, 65_535, 65_536, most - 1, most};
        var random = new SplittableRandom(6);
        var values = new byte[lengths.length][];
        for (int i = 0; i < lengths.length; i++) {
            values[i] = new byte[Math.max(0, Math.min(lengths[i], most))];
            random.nextBytes(values[i]);
            write(bytes(String.format("k%02d", i)), values[i]);
        }

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < lengths.length; i++) {
                var found = store().read(bytes(String.format("k%02d", i)));
                assertThat(found).as("value of " + values[i].length + " bytes").isNotNull();
                assertThat(Arrays.equals(found.value(), values[i])).isTrue();
            }
            reopen();
        }
    }

    @Test
    default void write_keyTooLong_isRefused() {
        Promise4Failures.expectTooLarge(
                () -> store().write(new byte[KEY_BYTES_MAX + 1], EntryStore.ANY, bytes("1"), EntryStore.ETERNAL));

        assertThat(store().size()).isZero();
    }

    @Test
    default void write_keyAndValueTooLongTogether_isRefused() {
        int most = options().maxRecordBytes();
        Promise4Failures.expectTooLarge(
                () -> store().write(bytes("key"), EntryStore.ANY, new byte[most - 2], EntryStore.ETERNAL));

        assertThat(store().size()).isZero();
    }

    @Test
    default void find_keyTooLong_isAbsent() {
        assertThat(store().find(new byte[KEY_BYTES_MAX + 1])).isNull();
        assertThat(store().read(new byte[KEY_BYTES_MAX + 1])).isNull();
    }

    private void write(byte[] key, byte[] value) {
        notLost(() -> store().write(key, EntryStore.ANY, value, EntryStore.ETERNAL));
    }
}
