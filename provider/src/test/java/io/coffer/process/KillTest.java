package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a process was told to be in a store is there after {@code kill -9}, in each durability.
 *
 * <p>Two system properties: {@code coffer.kills} for a longer run, and {@code coffer.seed} for the calls and delays of a run that has
 * failed.
 */
@DisabledOnOs(OS.WINDOWS) // a process that is killed there ends with another status
class KillTest {
    /** How many processes are killed altogether. */
    private static final int KILLS = Integer.getInteger("coffer.kills", 102);

    private static final boolean LONG_RUN = KILLS > 120;
    /** Most are found by the first. */
    private static final int ROUNDS_TO_FIND_A_FAULT = 100;

    /** So many meet whatever a store can do wrong, in some rounds, on a machine that is slow as well. */
    private static final int CALLS_TO_FIND_A_FAULT = 300;

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("coffer.seed", ThreadLocalRandom.current().nextLong());

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void kill_whileWriting_losesNothingThatWasAcknowledged(Durability durability) throws IOException {
        play(Stores.LOG, durability);
    }

    /** Files of some ten thousand bytes, so that the moment is often one between two of them. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void kill_whileWritingSmallFiles_losesNothingThatWasAcknowledged(Durability durability) throws IOException {
        play(Stores.SMALL_LOG, durability);
    }

    private void play(String storage, Durability durability) throws IOException {
        int rounds = KILLS / (2 * Durability.values().length);
        var kills = new KillRounds(storage, folder, seed, LONG_RUN ? 500 : 200, 1, KillRounds.Damage.NONE);

        kills.play(rounds, durability);

        assertThat(kills.calls()).as("calls that have returned, seed " + seed).isPositive();
        if (LONG_RUN) {
            System.out.println(durability + ", " + storage + ": " + rounds + " kills, " + kills.calls()
                    + " calls had returned, none was lost; seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {Sabotage.Late.class, Sabotage.Keeping.class, Sabotage.Prolonging.class, Sabotage.Uncleared.class
            })
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void kill_faultyStore_isFound(Class<?> storage) {
        var kills = new KillRounds(storage.getName(), folder, seed, 100, CALLS_TO_FIND_A_FAULT, KillRounds.Damage.NONE);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> kills.play(ROUNDS_TO_FIND_A_FAULT, Durability.NONE))
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("possible are", "nobody has written"));
    }

    /** What a log loses that does not write before it answers. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void kill_lastBytesLost_isFound() {
        var kills = new KillRounds(Stores.LOG, folder, seed, 100, CALLS_TO_FIND_A_FAULT, KillTest::cutTheNewestSegment);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> kills.play(ROUNDS_TO_FIND_A_FAULT, Durability.NONE))
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("possible are", "nobody has written"));
    }

    private static void cutTheNewestSegment(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.list(folder)) {
            var newest = all.filter(file -> file.toString().endsWith(".seg")).max(Comparator.naturalOrder());
            int written = newest.isPresent() ? writtenBytes(newest.get()) : 0;
            if (written > 5_000) {
                try (var file = new RandomAccessFile(newest.get().toFile(), "rw")) {
                    file.setLength(written - 3_000);
                }
            }
        }
    }

    /** Without the zeros that a head has at its end. */
    private static int writtenBytes(Path segment) throws IOException {
        var bytes = Files.readAllBytes(segment);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
