package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.agreed;
import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.notLost;
import static io.coffer.spi.StoreUnderTest.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promise 3: a change names the version it replaces, and is lost if that is not what is there. */
interface Promise3Stamps extends StoreUnderTest {
    /** More than 0, and not the stamp of any version that there is or was. */
    long WRONG = 1L << 40;

    @Test
    default void write_eachVersion_hasAStampOfItsOwn() {
        Set<Long> stamps = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            long stamp = put("a", "v" + i);
            assertThat(stamp).isPositive();
            assertThat(stamps.add(stamp))
                    .as("stamp of version " + i + " is new")
                    .isTrue();
            if (i % 10 == 3) {
                remove("a");
            } else if (i % 10 == 7) {
                store().clear();
            } else if (i % 10 == 9) {
                store().invalidate(bytes("a"));
            }
        }
    }

    @Test
    default void write_overTheExpectedVersion_replacesIt() {
        put("a", "1");

        long stamp = notLost(() -> store().write(bytes("a"), state("a").stamp(), bytes("2"), EntryStore.ETERNAL));

        assertThat(expect("a", "2").stamp()).isEqualTo(stamp);
    }

    @Test
    default void write_overAnOlderVersion_isLost() {
        long old = put("a", "1");
        long stamp = put("a", "2");

        assertThat(store().write(bytes("a"), old, bytes("3"), EntryStore.ETERNAL))
                .isEqualTo(EntryStore.LOST);

        assertThat(expect("a", "2").stamp()).isEqualTo(stamp);
        reopen();
        expect("a", "2");
    }

    @Test
    default void write_overAVersionThatIsGone_isLost() {
        long removed = put("a", "1");
        remove("a");
        long cleared = put("b", "1");
        store().clear();
        long invalid = put("c", "1");
        store().invalidate(bytes("c"));

        assertThat(store().write(bytes("a"), removed, bytes("2"), EntryStore.ETERNAL))
                .isEqualTo(EntryStore.LOST);
        assertThat(store().write(bytes("b"), cleared, bytes("2"), EntryStore.ETERNAL))
                .isEqualTo(EntryStore.LOST);
        assertThat(store().write(bytes("c"), invalid, bytes("2"), EntryStore.ETERNAL))
                .isEqualTo(EntryStore.LOST);

        assertThat(StoreUnderTest.scanned(store())).isEmpty();
    }

    @Test
    default void write_ofAnAbsentEntry_whereThereIsOne_isLost() {
        put("a", "1");

        assertThat(store().write(bytes("a"), EntryStore.ABSENT, bytes("2"), EntryStore.ETERNAL))
                .isEqualTo(EntryStore.LOST);

        expect("a", "1");
    }

    @Test
    default void write_ofAnAbsentEntry_whereThereIsNone_isThere() {
        put("b", "1");
        remove("b");

        notLost(() -> store().write(bytes("a"), EntryStore.ABSENT, bytes("1"), EntryStore.ETERNAL));
        notLost(() -> store().write(bytes("b"), EntryStore.ABSENT, bytes("2"), EntryStore.ETERNAL));

        expect("a", "1");
        expect("b", "2");
    }

    /** The store may drop the expired one at any moment; what it answers and what it shows must agree. */
    @Test
    default void write_ofAnAbsentEntry_whereOneHasExpired_isLostOnlyIfThatIsShown() {
        put("a", "1", store().clock().millis() + 600_000);
        clock().advance(Duration.ofHours(1));

        var found = store().find(bytes("a"));
        long stamp = store().write(bytes("a"), EntryStore.ABSENT, bytes("2"), EntryStore.ETERNAL);

        if (found == null) {
            assertThat(stamp).isPositive();
        } else if (stamp == EntryStore.LOST) {
            assertThat(store().find(bytes("a"))).isIn(found, null);
            if (store().write(bytes("a"), found.stamp(), bytes("2"), EntryStore.ETERNAL) == EntryStore.LOST) {
                assertThat(store().find(bytes("a"))).as("dropped meanwhile").isNull();
                notLost(() -> store().write(bytes("a"), EntryStore.ABSENT, bytes("2"), EntryStore.ETERNAL));
            }
        }
        expect("a", "2");
    }

    @Test
    default void writeAll_someUnexpected_losesOnlyThose() {
        long old = put("a", "1");
        put("a", "2");
        put("b", "1");

        long[] stamps = store().writeAll(List.of(
                write("a", old, "3"),
                write("b", EntryStore.ABSENT, "3"),
                write("c", EntryStore.ANY, "3"),
                write("d", WRONG, "3")));

        assertThat(stamps).hasSize(4);
        assertThat(stamps[0]).isEqualTo(EntryStore.LOST);
        assertThat(stamps[1]).isEqualTo(EntryStore.LOST);
        assertThat(stamps[3]).isEqualTo(EntryStore.LOST);
        expect("a", "2");
        expect("b", "1");
        if (stamps[2] != EntryStore.LOST) {
            assertThat(expect("c", "3").stamp()).isEqualTo(stamps[2]);
        }
        expectAbsent("d");
    }

    @Test
    default void remove_anOlderVersion_isRefused() {
        long old = put("a", "1");
        put("a", "2");

        assertThat(store().remove(bytes("a"), old)).isFalse();
        assertThat(store().remove(bytes("a"), EntryStore.ABSENT)).isFalse();

        expect("a", "2");
        reopen();
        expect("a", "2");
    }

    @Test
    default void remove_theExpectedVersion_isAgreed() {
        put("a", "1");

        agreed(() -> store().remove(bytes("a"), state("a").stamp()));

        expectAbsent("a");
        agreed(() -> store().remove(bytes("a"), EntryStore.ABSENT));
        assertThat(store().remove(bytes("a"), WRONG)).isFalse();
    }

    @Test
    default void touch_theExpectedVersion_keepsItsStampAndValue() {
        long now = store().clock().millis();
        long stamp = put("a", "1", now + 1_000_000);

        agreed(() -> store().touch(bytes("a"), stamp, now + 5_000_000));

        assertThat(expect("a", "1")).satisfies(entry -> {
            assertThat(entry.stamp()).isEqualTo(stamp);
            assertThat(entry.expiresAtMillis()).isEqualTo(now + 5_000_000);
        });
        agreed(() -> store().touch(bytes("a"), stamp, now + 600_000));
        assertThat(expect("a", "1").expiresAtMillis()).isEqualTo(now + 600_000);
    }

    @Test
    default void touch_anotherVersionOrNone_isRefused() {
        long old = put("a", "1");
        put("a", "2");
        long removed = put("b", "1");
        remove("b");

        assertThat(store().touch(bytes("a"), old, store().clock().millis() + 600_000))
                .isFalse();
        assertThat(store().touch(bytes("b"), removed, store().clock().millis() + 600_000))
                .isFalse();
        assertThat(store().touch(bytes("c"), WRONG, EntryStore.ETERNAL)).isFalse();

        assertThat(expect("a", "2").expiresAtMillis()).isEqualTo(EntryStore.ETERNAL);
        expectAbsent("b");
    }

    @Test
    default void touch_whileTheEntryIsReplaced_neverTouchesTheNewVersion() {
        long soon = store().clock().millis() + 600_000;
        for (int round = 0; round < 50; round++) {
            long stamp = put("a", "old");
            Threads.race(2, i -> i == 0 ? () -> put("a", "new") : () -> store().touch(bytes("a"), stamp, soon));
            assertThat(expect("a", "new").expiresAtMillis()).isEqualTo(EntryStore.ETERNAL);
        }
    }
}
