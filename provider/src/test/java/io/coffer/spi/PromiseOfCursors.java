package io.coffer.spi;

import static io.coffer.spi.StoreUnderTest.scanned;
import static io.coffer.spi.StoreUnderTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@link StoreCursor} promises: each entry that is there all the time exactly once. */
interface PromiseOfCursors extends StoreUnderTest {
    int STEADY = 200;

    @Test
    default void scan_emptyStore_endsAtOnce() {
        try (var cursor = store().scan()) {
            assertThat(cursor.next()).isNull();
            assertThat(cursor.next()).isNull();
        }
    }

    @Test
    default void scan_closedEarlyAndTwice_isNoHarm() {
        put("a", "1");
        put("b", "2");
        var cursor = store().scan();
        cursor.next();
        cursor.close();
        cursor.close();

        assertThat(scanned(store())).containsOnlyKeys("a", "b");
    }

    @Test
    default void scan_twoAtOnce_doNotDisturbEachOther() {
        for (int i = 0; i < 10; i++) {
            put("k" + i, "v" + i);
        }
        try (var one = store().scan()) {
            one.next();
            assertThat(scanned(store())).hasSize(10);
            int count = 1;
            while (one.next() != null) {
                count++;
            }
            assertThat(count).isEqualTo(10);
        }
    }

    /** Steady ones come exactly once; those written, replaced or removed meanwhile once or not at all, as they were at some moment. */
    @Test
    default void scan_whileEntriesComeAndGo_showsTheSteadyOnesExactlyOnce() {
        Set<String> steady = new TreeSet<>();
        for (int i = 0; i < STEADY; i++) {
            put("steady" + i, "v");
            steady.add("steady" + i);
            put("moving" + i, "v0");
        }
        Map<String, Integer> seen = new HashMap<>();
        try (var cursor = store().scan()) {
            int n = 0;
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                var key = text(entry.key());
                seen.merge(key, 1, Integer::sum);
                assertThat(text(entry.value())).startsWith("v");
                put("moving" + n % STEADY, "v" + n);
                remove("moving" + (n + 7) % STEADY);
                put("new" + n, "v");
                n = (n + 1) % 1_000;
            }
        }

        assertThat(seen.keySet()).containsAll(steady);
        assertThat(seen)
                .as("none comes twice")
                .allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    default void scan_whileAnotherThreadWrites_showsTheSteadyOnesExactlyOnce() {
        Set<String> steady = new HashSet<>();
        for (int i = 0; i < STEADY; i++) {
            put("steady" + i, "v");
            steady.add("steady" + i);
        }
        Threads.race(
                2,
                i -> i == 0
                        ? () -> {
                            for (int n = 0; n < 2_000; n++) {
                                put("moving" + n % 50, "v" + n);
                                if (n % 3 == 0) {
                                    remove("moving" + n % 50);
                                }
                            }
                        }
                        : () -> {
                            for (int n = 0; n < 10; n++) {
                                var found = new HashSet<>(scanned(store()).keySet());
                                found.removeIf(key -> key.startsWith("moving"));
                                assertThat(found).isEqualTo(steady);
                            }
                        });
    }
}
