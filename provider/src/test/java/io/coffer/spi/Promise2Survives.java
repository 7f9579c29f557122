package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.notLost;
import static io.coffer.spi.StoreUnderTest.scanned;
import static io.coffer.spi.StoreUnderTest.text;
import static io.coffer.spi.StoreUnderTest.write;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Promise 2, as far as a test without crashes can see it: everything survives closing and opening again, and nothing comes back. */
interface Promise2Survives extends StoreUnderTest {
    @Test
    default void reopen_entries_areThereWithTheirDeadlines() {
        long deadline = store().clock().millis() + 123_456;
        put("a", "1");
        put("b", "2", deadline);

        reopen();

        assertThat(expect("a", "1").expiresAtMillis()).isEqualTo(EntryStore.ETERNAL);
        assertThat(expect("b", "2").expiresAtMillis()).isEqualTo(deadline);
        assertThat(store().size()).isEqualTo(2);
    }

    @Test
    default void reopen_manyEntriesManyTimes_keepsAll() {
        for (int round = 0; round < 5; round++) {
            for (int i = round; i < 200; i += 1 + round) {
                put("k" + i, "v" + i + " of round " + round);
            }
            reopen();
        }

        assertThat(scanned(store())).hasSize(200);
        for (int i = 0; i < 200; i++) {
            int last = 0;
            for (int round = 0; round < 5; round++) {
                last = i >= round && (i - round) % (1 + round) == 0 ? round : last;
            }
            assertThat(text(entry("k" + i).value())).isEqualTo("v" + i + " of round " + last);
        }
    }

    @Test
    default void reopen_overwritten_showsTheNewVersion() {
        long now = store().clock().millis();
        put("a", "1");
        put("a", "2", now + 2_000_000);
        put("a", "3", now + 1_000_000);

        reopen();

        assertThat(expect("a", "3").expiresAtMillis()).isEqualTo(now + 1_000_000);
    }

    @Test
    default void reopen_removed_isStillAbsent() {
        put("a", "1");
        reopen();
        remove("a");

        reopen();

        expectAbsent("a");
        assertThat(store().size()).isZero();
    }

    @Test
    default void reopen_invalidated_isStillAbsent() {
        put("a", "1");
        reopen();
        store().invalidate(bytes("a"));

        reopen();

        expectAbsent("a");
    }

    @Test
    default void reopen_cleared_hasOnlyWhatCameLater() {
        put("a", "1");
        put("b", "1");
        reopen();
        put("c", "1");
        store().clear();
        put("b", "2");

        reopen();

        assertThat(scanned(store())).containsOnlyKeys("b");
        expect("b", "2");
    }

    @Test
    default void reopen_writtenTogether_areAllThere() {
        putAll(write("a", EntryStore.ANY, "1"), write("b", EntryStore.ANY, "2"));

        reopen();

        expect("a", "1");
        expect("b", "2");
    }

    @Test
    default void reopen_touched_hasTheNewDeadline() {
        long now = store().clock().millis();
        put("longer", "1", now + 600_000);
        put("shorter", "2", now + 1_000_000);
        put("a little longer", "3", now + 1_000_000);
        put("eternal", "4", now + 600_000);
        touch("longer", now + 1_000_000);
        touch("shorter", now + 600_000);
        touch("a little longer", now + 1_000_001);
        touch("eternal", EntryStore.ETERNAL);

        reopen();

        assertThat(expect("longer", "1").expiresAtMillis()).isEqualTo(now + 1_000_000);
        assertThat(expect("shorter", "2").expiresAtMillis()).isEqualTo(now + 600_000);
        assertThat(expect("a little longer", "3").expiresAtMillis()).isEqualTo(now + 1_000_001);
        assertThat(expect("eternal", "4").expiresAtMillis()).isEqualTo(EntryStore.ETERNAL);
    }

    @Test
    default void reopen_thenChanged_takesTheStampThatIsThere() {
        put("a", "1");
        put("b", "1");
        reopen();

        notLost(() -> store().write(bytes("a"), state("a").stamp(), bytes("2"), EntryStore.ETERNAL));
        StoreUnderTest.agreed(() -> store().remove(bytes("b"), state("b").stamp()));

        expect("a", "2");
        expectAbsent("b");
    }

    @Test
    default void sync_afterWrites_changesNothing() {
        put("a", "1");

        store().sync();
        store().sync();

        expect("a", "1");
        reopen();
        expect("a", "1");
    }
}
