package io.coffer.store.log;

import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Nobody does the work of the background here, as if it never got a processor: what writers do themselves is enough. */
class BackpressureTest {
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int LOOKED_EACH = 512 << 10;
    private static final String FILL = "x".repeat(1000);

    private final SimulatedFiles files = new SimulatedFiles();
    private final FakeClock clock = new FakeClock();
    private final SplittableRandom random = new SplittableRandom(9);
    private final Map<String, String> model = new HashMap<>();

    private LogStore open() throws IOException {
        return LogStore.open(
                files,
                new LogOptions(
                        "test",
                        "test",
                        Durability.NONE,
                        1000,
                        Recovery.POINT_IN_TIME,
                        2048,
                        SEGMENT_BYTES,
                        SEGMENT_BYTES,
                        Long.MAX_VALUE,
                        false,
                        0,
                        Encrypted.ENCRYPTION,
                        clock,
                        () -> clock.millis() * 1_000_000,
                        new SplittableRandom(1),
                        false));
    }

    private void overwrite(LogStore store, int keys, int times) {
        for (int i = 0; i < times; i++) {
            var key = "k" + random.nextInt(keys);
            var value = i + FILL;
            put(store, key, value);
            model.put(key, value);
        }
    }

    private long fileBytes() throws IOException {
        long bytes = 0;
        for (var name : files.list()) {
            try (var file = files.openForReading(name)) {
                bytes += file.size();
            }
        }
        return bytes;
    }

    @Test
    void write_overAFewEntriesWithoutEnd_keepsFilesBounded() throws IOException {
        try (var store = open()) {
            for (int i = 0; i < 100; i++) {
                overwrite(store, 50, 100);

                assertThat(fileBytes()).as("after %s", i).isLessThan(LOOKED_EACH + 8 * SEGMENT_BYTES);
            }
            model.forEach((key, value) -> assertThat(get(store, key)).isEqualTo(value));
        }
    }

    @Test
    void write_overManyEntriesWithoutEnd_keepsFilesInProportionToThem() throws IOException {
        int keys = 3_000;
        try (var store = open()) {
            for (int i = 0; i < 100; i++) {
                overwrite(store, keys, 300);

                assertThat(fileBytes()).as("after %s", i).isLessThan(5L * keys * (FILL.length() + 50));
            }
            model.forEach((key, value) -> assertThat(get(store, key)).isEqualTo(value));
        }
    }

    /** What goes on for longer than a burst. */
    @Test
    void write_overManyEntriesForSeconds_keepsFilesBelowTwiceThatAndABit() throws IOException {
        int keys = 3_000;
        try (var store = open()) {
            for (int i = 0; i < 100; i++) {
                overwrite(store, keys, 300);
                clock.advance(Duration.ofMillis(300));

                long times = i < 70 ? 5 : 3;
                assertThat(fileBytes()).as("after %s", i).isLessThan(times * keys * (FILL.length() + 50));
            }
            model.forEach((key, value) -> assertThat(get(store, key)).isEqualTo(value));
        }
    }

    /** A burst is none of its business. */
    @Test
    void write_overLessThanThreeTimesTheEntries_compactsNothing() throws IOException {
        try (var store = open()) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 1000; i++) {
                    put(store, "k" + i, round + FILL);
                }
            }

            assertThat(store.figures().compactedBytes()).isZero();
            assertThat(fileBytes()).isGreaterThan(3_000_000);
        }
    }
}
