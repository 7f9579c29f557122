package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.bytes;
import static io.coffer.spi.StoreUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Promise 9: what expires can be seen before it goes. Skipped by stores that cannot. */
interface Promise9Expired extends StoreUnderTest {
    /** Shorter than the time for which a store waits for who does not ask. */
    long MINUTE = 60_000;

    /** More than once round, whatever share of its work a store does at a call. */
    int CALLS = 200;

    private void keepExpired() {
        assumeTrue(store().keepExpired(true), "This store cannot show what expires");
    }

    /** Writes an entry that expires within a minute; not at its end, since the store's time may go on by itself. */
    private void putShort(String key, String value) {
        put(key, value, soon());
    }

    private long soon() {
        return store().clock().millis() + MINUTE / 2;
    }

    private void passMinutes(int minutes) {
        clock().advance(Duration.ofMillis(minutes * MINUTE));
    }

    private Set<String> expired(int most) {
        Set<String> shown = new TreeSet<>();
        for (int i = 0; i < CALLS; i++) {
            var keys = store().expired(most);
            assertThat(keys).as("keys of one call").hasSizeLessThanOrEqualTo(most);
            keys.forEach(key -> shown.add(text(key)));
        }
        return shown;
    }

    @Test
    default void expired_deadlineHasPassed_showsTheKeyUntilItIsRemoved() {
        keepExpired();
        putShort("a", "1");
        put("b", "2", store().clock().millis() + 5 * MINUTE);
        put("c", "3");
        assertThat(expired(10)).isEmpty();

        passMinutes(1);

        for (int round = 0; round < 2; round++) {
            assertThat(expired(10)).containsExactly("a");
            assertThat(text(entry("a").value())).isEqualTo("1");
        }
        remove("a");
        assertThat(expired(10)).isEmpty();
        expectAbsent("a");
        expect("b", "2");
    }

    @Test
    default void expired_deadlineEarlierThanAllBefore_isShownInTime() {
        keepExpired();
        long stamp = put("a", "1", store().clock().millis() + 5 * MINUTE);
        put("b", "2", store().clock().millis() + 5 * MINUTE);
        assertThat(expired(10)).isEmpty();

        StoreUnderTest.agreed(() -> store().touch(bytes("a"), stamp, soon()));
        passMinutes(1);
        assertThat(expired(10)).as("touched").containsExactly("a");
        remove("a");
        assertThat(expired(10)).isEmpty();

        putShort("c", "3");
        passMinutes(1);
        assertThat(expired(10)).as("written").containsExactly("c");
    }

    @Test
    default void expired_writtenOrTouchedSince_isNotShown() {
        keepExpired();
        putShort("a", "1");
        putShort("b", "2");
        putShort("c", "3");
        passMinutes(1);

        putShort("a", "again");
        touch("b", store().clock().millis() + 5 * MINUTE);
        store().invalidate(bytes("c"));

        assertThat(expired(10)).isEmpty();
        passMinutes(1);
        assertThat(expired(10)).containsExactly("a");
    }

    @Test
    default void expired_manyEntries_allHaveTheirTurn() {
        keepExpired();
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            putShort("k" + i, "v" + i);
            all.add("k" + i);
        }
        passMinutes(1);

        assertThat(expired(7)).isEqualTo(all);
    }

    @Test
    default void expired_whileClosed_isNotShown() {
        keepExpired();
        putShort("a", "1");
        put("b", "2", soon() + MINUTE);
        passMinutes(1);

        reopen();

        keepExpired();
        assertThat(expired(10)).isEmpty();
        passMinutes(1);
        assertThat(expired(10)).containsExactly("b");
    }

    @Test
    default void remove_expired_bringsNothingOlderBack() {
        keepExpired();
        put("a", "eternal");
        putShort("a", "short");
        put("b", "2", store().clock().millis() + 5 * MINUTE);
        touch("b", soon());
        passMinutes(1);

        long stamp = state("a").stamp();
        assertThat(store().remove(bytes("a"), stamp + 1)).isFalse();
        StoreUnderTest.agreed(() -> store().remove(bytes("a"), stamp));
        remove("b");

        for (int round = 0; round < 2; round++) {
            expectAbsent("a");
            expectAbsent("b");
            reopen();
        }
    }
}
