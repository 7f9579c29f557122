package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.notLost;
import static io.coffer.spi.StoreUnderTest.text;
import static io.coffer.spi.StoreUnderTest.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Promise 1: what is written is there, for everybody, until it is replaced, removed or cleared. */
interface Promise1Visible extends StoreUnderTest {
    @Test
    default void write_returned_isShownByAllMethods() {
        long stamp = put("a", "1");

        assertThat(expect("a", "1").stamp()).isEqualTo(stamp).isPositive();
        assertThat(store().size()).isEqualTo(1);
        assertThat(store().counters().entries()).isEqualTo(1);
    }

    @Test
    default void find_neverWritten_isNull() {
        put("a", "1");

        expectAbsent("b");
    }

    @Test
    default void write_overAnother_showsOnlyTheNewVersion() {
        put("a", "1", store().clock().millis() + 600_000);

        long stamp = put("a", "a longer one");

        assertThat(expect("a", "a longer one")).satisfies(entry -> {
            assertThat(entry.stamp()).isEqualTo(stamp);
            assertThat(entry.expiresAtMillis()).isEqualTo(EntryStore.ETERNAL);
        });
        assertThat(store().size()).isEqualTo(1);
    }

    @Test
    default void writeAll_returned_showsEach() {
        put("b", "old");

        putAll(
                write("a", EntryStore.ANY, "1"),
                write("b", EntryStore.ANY, "2"),
                write("c", EntryStore.ANY, "a longer one"));

        expect("a", "1");
        expect("b", "2");
        expect("c", "a longer one");
        assertThat(store().size()).isEqualTo(3);
    }

    @Test
    default void writeAll_ofNothing_returnsNothing() {
        assertThat(store().writeAll(List.of())).isEmpty();
    }

    @Test
    default void remove_agreed_showsNothing() {
        put("a", "1");
        put("b", "2");

        remove("a");

        expectAbsent("a");
        expect("b", "2");
        assertThat(store().size()).isEqualTo(1);
    }

    @Test
    default void remove_neverWritten_isAgreed() {
        remove("a");

        expectAbsent("a");
    }

    @Test
    default void write_afterARemoval_isThereAgain() {
        put("a", "1");
        remove("a");

        put("a", "2");

        expect("a", "2");
    }

    @Test
    default void invalidate_anEntry_isAbsentAtOnce() {
        put("a", "1");
        put("b", "2");

        store().invalidate(bytes("a"));
        store().invalidate(bytes("never written"));

        expectAbsent("a");
        expect("b", "2");
        put("a", "3");
        expect("a", "3");
    }

    @Test
    default void clear_manyEntries_showsNothing() {
        for (int i = 0; i < 100; i++) {
            put("k" + i, "v" + i);
        }

        store().clear();

        expectAbsent("k7");
        assertThat(StoreUnderTest.scanned(store())).isEmpty();
        assertThat(store().size()).isZero();
    }

    @Test
    default void write_afterClear_isThere() {
        put("a", "1");
        store().clear();

        put("a", "2");

        expect("a", "2");
        assertThat(store().size()).isEqualTo(1);
    }

    @Test
    default void size_manyEntries_countsEachOnce() {
        for (int i = 0; i < 300; i++) {
            put("k" + i % 100, "v" + i);
        }

        assertThat(store().size()).isEqualTo(100);
        assertThat(StoreUnderTest.scanned(store())).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(text(entry("k" + i).value())).isEqualTo("v" + (200 + i));
        }
    }

    @Test
    default void read_whileAnotherThreadWrites_neverGoesBack() {
        int last = 500;
        put("a", "0");
        var written = new AtomicInteger();
        Threads.race(
                3,
                i -> i == 0
                        ? () -> {
                            for (int value = 1; value <= last; value++) {
                                put("a", Integer.toString(value));
                                written.set(value);
                            }
                        }
                        : () -> {
                            for (int seen = 0; seen < last; ) {
                                int least = Math.max(seen, written.get());
                                seen = Integer.parseInt(text(entry("a").value()));
                                assertThat(seen).isGreaterThanOrEqualTo(least);
                            }
                        });
    }

    @Test
    default void clear_whileAnotherThreadWrites_leavesWhatWasWrittenLater() {
        Threads.race(
                2,
                i -> i == 0
                        ? () -> {
                            for (int n = 0; n < 200; n++) {
                                String key = "k" + n;
                                long stamp = put(key, "v");
                                var entry = store().read(bytes(key));
                                assertThat(entry == null
                                                || entry.stamp() == stamp
                                                        && text(entry.value()).equals("v"))
                                        .isTrue();
                            }
                        }
                        : () -> {
                            for (int n = 0; n < 50; n++) {
                                store().clear();
                            }
                        });
        assertThat((long) StoreUnderTest.scanned(store()).size()).isEqualTo(store().size());
        store().clear();
        notLost(() -> store().write(bytes("a"), EntryStore.ABSENT, bytes("1"), EntryStore.ETERNAL));
        assertThat(StoreUnderTest.scanned(store())).containsOnlyKeys("a");
    }
}
