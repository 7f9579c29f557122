package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random operations beside a map: with restarts, kills, power failures, clocks that jump both ways and interrupts.
 * {@code -Dcoffer.sequences=…} tries more of them; {@code -Dcoffer.seed=…} begins with one that failed.
 */
class LogModelTest {
    private static final int SEQUENCES = Integer.getInteger("coffer.sequences", 200);
    private static final int OPERATIONS = 80;
    private static final long FIRST = Long.getLong("coffer.seed", 1);

    @ParameterizedTest
    @EnumSource
    void operate_atRandom_isWhatTheModelSays(Durability durability) throws IOException {
        int compacted = 0;
        for (long seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
            var run = new LogModelRun(durability, seed);
            run.operate(OPERATIONS);
            compacted += run.compactedBytes() > 0 ? 1 : 0;
        }
        assertThat(compacted).as("sequences in which something was compacted").isGreaterThan(SEQUENCES / 3);
    }
}
