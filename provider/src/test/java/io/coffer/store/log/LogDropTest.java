package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which segments go, and which must stay for the sake of older ones. */
class LogDropTest {
    private static final String FIRST = "000000000001.seg";

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    private LogStore open(SimulatedFiles directory) throws IOException {
        return LogStore.open(directory, Logs.options(Durability.NONE, clock));
    }

    private void tickTwice(LogStore store) {
        store.tick();
        store.tick();
    }

    @Test
    void tick_allOfASegmentReplaced_dropsIt() throws IOException {
        try (var store = open(files)) {
            Logs.roll(store, 3);
            tickTwice(store);

            assertThat(files.list()).doesNotContain(FIRST);
            assertThat(get(store, "filler")).hasSize(1000);
        }
    }

    @Test
    void tick_oneEntryAliveInASegment_movesItAndDropsTheSegment() throws IOException {
        try (var store = open(files)) {
            put(store, "a", "1");
            Logs.roll(store, 3);
            tickTwice(store);

            assertThat(files.list()).doesNotContain(FIRST);
            assertThat(get(store, "a")).isEqualTo("1");
        }
    }

    @Test
    void tick_allOfASegmentExpired_dropsItAndNothingOlderComesBack() throws IOException {
        try (var store = open(files)) {
            put(store, "a", "1", clock.millis() + 1000);
            Logs.roll(store, 3);
            store.tick();
            clock.advance(Duration.ofSeconds(2));
            tickTwice(store);

            assertThat(files.list()).doesNotContain(FIRST);
            assertThat(store.find(bytes("a"))).isNull();
        }
    }

    @Test
    void tick_tombstoneOfAnEntryThatIsStillOnDisk_staysAfterARestart() throws IOException {
        put(open(files), "a", "old"); // left open: the process dies
        var second = new SimulatedFiles(files.crash().killed(), 1);
        var store = open(second);
        put(store, "b", "keeps the first segment from going");
        var third = reopenedAfterRoll(store, second, "a");

        try (var last = open(third)) {
            assertThat(get(last, "a")).isNull();
            assertThat(get(last, "b")).isNotNull();
        }
    }

    /** Removes a key, lets the segment with the tombstone be full of dead records, and kills the process. */
    private SimulatedFiles reopenedAfterRoll(LogStore store, SimulatedFiles directory, String removed)
            throws IOException {
        Logs.roll(store, 2);
        store.remove(bytes(removed), EntryStore.ANY);
        Logs.roll(store, 3);
        store.tick();
        store.tick();
        return new SimulatedFiles(directory.crash().killed(), 2);
    }

    @Test
    void tick_shorterOverLongerExpired_doesNotBringTheLongerBack() throws IOException {
        DiskImage image;
        var store = open(files);
        put(store, "keep", "1");
        put(store, "a", "eternal");
        Logs.roll(store, 2);
        put(store, "a", "short", clock.millis() + 1000);
        Logs.roll(store, 2);
        clock.advance(Duration.ofSeconds(2));
        tickTwice(store);
        image = files.crash().killed();

        try (var again = open(new SimulatedFiles(image, 1))) {
            var entry = again.find(bytes("a"));
            assertThat(entry == null || entry.expiresAtMillis() <= clock.millis())
                    .isTrue();
            assertThat(get(again, "keep")).isEqualTo("1");
        }
    }

    @Test
    void tick_touchedEntry_keepsItsNewDeadlineOverDropsAndRestarts() throws IOException {
        long first = clock.millis() + 1000;
        long later = clock.millis() + 1_000_000;
        var store = open(files);
        long stamp = put(store, "a", "1", first);
        Logs.roll(store, 2);
        assertThat(store.touch(bytes("a"), stamp, later)).isTrue();
        Logs.roll(store, 2);
        clock.advance(Duration.ofSeconds(2));
        tickTwice(store);
        var second = new SimulatedFiles(files.crash().killed(), 1);
        var again = open(second);
        Logs.roll(again, 2);
        tickTwice(again);

        try (var last = open(new SimulatedFiles(second.crash().killed(), 2))) {
            var found = last.find(bytes("a"));
            assertThat(found).isNotNull();
            assertThat(found.expiresAtMillis()).isEqualTo(later);
        }
    }

    @Test
    void clear_manySegments_freesAllOfThem() throws IOException {
        try (var store = open(files)) {
            for (int i = 0; i < 200; i++) {
                put(store, "k" + i, "v".repeat(100));
            }
            store.clear();
            tickTwice(store);
            Logs.roll(store, 2);
            tickTwice(store);

            assertThat(files.list().stream().filter(Inventory::isSegment)).hasSizeLessThan(5);
            assertThat(store.size()).isEqualTo(1);
        }
    }
}
