package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Durability;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads on one store with real files, so small that there is always a next one: what each reads of a key, the key had at some
 * moment while it read. A system property, {@code coffer.seed}, repeats the calls of a run that has failed, though not their order.
 */
class HistoryTest {
    private static final int CHANGES = Integer.getInteger("coffer.changes", 12_000);
    private static final int CHANGES_SYNCED_PART = 12;
    private static final int CHANGES_TO_FIND_A_FAULT = 20_000;

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("coffer.seed", ThreadLocalRandom.current().nextLong());

    @ParameterizedTest
    @EnumSource(Durability.class)
    void calls_bySeveralThreads_areLinearizableAndSurvive(Durability durability) {
        int changes = durability == Durability.ALWAYS ? CHANGES / CHANGES_SYNCED_PART : CHANGES;
        Map<ByteBuffer, String> before;
        try (var store = Stores.open(Stores.SMALL_LOG, Stores.options(folder, durability))) {
            var round = new HistoryRound(store, seed, changes);

            round.play();

            assertThat(round.reads()).isGreaterThan((long) changes * HistoryRound.WRITERS);
            assertThat(store.counters().damagedEntries())
                    .as("entries taken for damaged")
                    .isZero();
            before = HistoryRound.content(store);
        }
        try (var store = Stores.open(Stores.SMALL_LOG, Stores.options(folder, durability))) {
            assertThat(HistoryRound.content(store)).as("seed " + seed).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Sabotage.Late.class,
                Sabotage.Keeping.class,
                Sabotage.Prolonging.class,
                Sabotage.Uncleared.class,
                Sabotage.Stale.class
            })
    void calls_ofFaultyStore_areFound(Class<?> storage) {
        try (var store = Stores.open(storage.getName(), Stores.options(folder, Durability.NONE))) {
            var round = new HistoryRound(store, seed, CHANGES_TO_FIND_A_FAULT);

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(round::play)
                    .satisfies(e -> assertThat(e).hasStackTraceContaining(": found "));
        }
    }
}
