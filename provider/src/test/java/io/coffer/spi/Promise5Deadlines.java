package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Promise 5: deadlines are kept to the millisecond, and time never goes back. */
interface Promise5Deadlines extends StoreUnderTest {
    /** Milliseconds that no test takes, since the store's time may go on by itself. */
    long SOON = 600_000;

    @Test
    default void write_deadlinesNearAndFar_areKeptToTheMillisecond() {
        long now = store().clock().millis();
        long[] deadlines = {
            now,
            now + SOON,
            now + SOON + 1,
            now + SOON + 999,
            now + Duration.ofDays(1).toMillis() + 7,
            now + Duration.ofDays(366 * 30).toMillis() + 1,
            now + Duration.ofDays(366 * 40).toMillis() + 1,
            now + Duration.ofDays(366 * 1_000).toMillis() + 1,
            EntryStore.ETERNAL
        };
        for (int i = 0; i < deadlines.length; i++) {
            put("k" + i, "v" + i, deadlines[i]);
        }

        for (int round = 0; round < 2; round++) {
            for (int i = 1; i < deadlines.length; i++) {
                assertThat(expect("k" + i, "v" + i).expiresAtMillis())
                        .as("deadline " + i)
                        .isEqualTo(deadlines[i]);
            }
            expectExpired("k0", now);
            reopen();
        }
    }

    /** The store need not know when exactly, and may drop it. */
    @Test
    default void write_deadlineInThePast_isExpired() {
        long now = store().clock().millis();
        long[] deadlines = {now - 1, now - Duration.ofDays(366).toMillis(), 1, 0, -1, Long.MIN_VALUE};
        for (int i = 0; i < deadlines.length; i++) {
            put("k" + i, "v" + i, deadlines[i]);
        }

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < deadlines.length; i++) {
                expectExpired("k" + i, now);
            }
            reopen();
        }
    }

    private void expectExpired(String key, long now) {
        var state = store().find(bytes(key));
        if (state != null) {
            assertThat(state.expiresAtMillis()).as("deadline of " + key).isLessThanOrEqualTo(now);
        }
        var entry = store().read(bytes(key));
        if (entry != null) {
            assertThat(entry.expiresAtMillis()).as("deadline of " + key).isLessThanOrEqualTo(now);
        }
    }

    @Test
    default void find_expired_showsNothingOlder() {
        put("a", "eternal");
        reopen();
        put("a", "short", store().clock().millis() + SOON);
        put("b", "1");

        clock().advance(Duration.ofMillis(2 * SOON));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 50; i++) {
                put("other" + i, "v");
            }
            var found = store().read(bytes("a"));
            assertThat(found == null || text(found.value()).equals("short"))
                    .as("nothing older than the expired one")
                    .isTrue();
            expectExpired("a", store().clock().millis());
            expect("b", "1");
            reopen();
        }
    }

    @Test
    default void touch_shortened_isNotLongerAfterwards() {
        long now = store().clock().millis();
        put("a", "1");
        touch("a", now + SOON);

        for (int round = 0; round < 2; round++) {
            assertThat(state("a").expiresAtMillis()).isEqualTo(now + SOON);
            assertThat(entry("a").expiresAtMillis()).isEqualTo(now + SOON);
            reopen();
        }
    }

    @Test
    default void clock_wallClockAhead_follows() {
        clock().advance(Duration.ofHours(5));

        assertThat(store().clock().millis()).isGreaterThanOrEqualTo(clock().millis());
        assertThat(store().clock().instant().toEpochMilli()).isGreaterThanOrEqualTo(clock().millis());
    }

    @Test
    default void clock_wallClockSetBack_doesNotGoBack() {
        clock().advance(Duration.ofHours(1));
        long before = store().clock().millis();

        clock().advance(Duration.ofHours(-2));

        assertThat(store().clock().millis()).isGreaterThanOrEqualTo(before);
    }

    @Test
    default void clock_wallClockSetBackWhileClosed_doesNotGoBack() {
        clock().advance(Duration.ofHours(1));
        put("a", "1", store().clock().millis() + SOON);
        clock().advance(Duration.ofHours(1));
        long before = store().clock().millis();
        store().close();
        clock().advance(Duration.ofHours(-3));

        reopen();

        assertThat(store().clock().millis()).isGreaterThanOrEqualTo(before);
        expectExpired("a", store().clock().millis());
    }
}
