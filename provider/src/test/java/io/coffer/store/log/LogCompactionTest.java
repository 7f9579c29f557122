package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What becomes of entries, stamps, deadlines and scans when segments are compacted. Crashes and failures have tests of their own. */
class LogCompactionTest {
    private static final String VALUE = "v".repeat(200);

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    private LogStore open(SimulatedFiles directory) throws IOException {
        return LogStore.open(directory, Logs.options(Durability.NONE, clock));
    }

    private LogStore reopenKilled(SimulatedFiles directory) throws IOException {
        return open(new SimulatedFiles(directory.crash().killed(), 1));
    }

    /** Fills segments so that of each a fifth stays alive when the fillers are overwritten. */
    private static void putSparsely(EntryStore store, int entries, long deadline) {
        for (int i = 0; i < entries; i++) {
            put(store, "k" + i, i + VALUE, deadline);
            for (int j = 0; j < 4; j++) {
                put(store, "filler" + j, VALUE);
            }
        }
    }

    private static void expectAll(EntryStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            assertThat(get(store, "k" + i)).as("k" + i).isEqualTo(i + VALUE);
        }
        assertThat(store.size()).isEqualTo(entries + 4);
    }

    private static int segments(SimulatedFiles files) throws IOException {
        return (int) files.list().stream().filter(Inventory::isSegment).count();
    }

    @Test
    void tick_mostOfEachSegmentDead_freesItAndKeepsTheRest() throws IOException {
        var store = open(files);
        putSparsely(store, 60, EntryStore.ETERNAL);
        int before = segments(files);

        store.tick();

        assertThat(segments(files)).isLessThan(before / 2);
        expectAll(store, 60);
        try (var again = reopenKilled(files)) {
            expectAll(again, 60);
        }
    }

    @Test
    void write_stampFromBeforeACompaction_isStillTheSameVersion() throws IOException {
        try (var store = open(files)) {
            long written = put(store, "written", "1");
            long removed = put(store, "removed", "1");
            long touched = put(store, "touched", "1");
            putSparsely(store, 60, EntryStore.ETERNAL);
            store.tick();
            assertThat(files.list()).doesNotContain("000000000001.seg");
            assertThat(store.find(bytes("written")).stamp()).isNotEqualTo(written);

            assertThat(store.write(bytes("written"), written, bytes("2"), EntryStore.ETERNAL))
                    .isNotEqualTo(EntryStore.LOST);
            assertThat(store.remove(bytes("removed"), removed)).isTrue();
            assertThat(store.touch(bytes("touched"), touched, clock.millis() + 500))
                    .isTrue();

            assertThat(get(store, "written")).isEqualTo("2");
            assertThat(store.find(bytes("removed"))).isNull();
            assertThat(store.find(bytes("touched")).expiresAtMillis()).isEqualTo(clock.millis() + 500);
        }
    }

    @Test
    void write_stampOfAVersionThatWasReplacedAfterItsCompaction_isLost() throws IOException {
        try (var store = open(files)) {
            long first = put(store, "a", "1");
            putSparsely(store, 60, EntryStore.ETERNAL);
            store.tick();
            put(store, "a", "2");

            assertThat(store.write(bytes("a"), first, bytes("3"), EntryStore.ETERNAL))
                    .isEqualTo(EntryStore.LOST);
            assertThat(store.remove(bytes("a"), first)).isFalse();
            assertThat(store.touch(bytes("a"), first, 1)).isFalse();
            assertThat(get(store, "a")).isEqualTo("2");
        }
    }

    @Test
    void write_stampFromBeforeManyCompactions_isStillTheSameVersion() throws IOException {
        try (var store = open(files)) {
            long stamp = put(store, "a", "1");
            for (int i = 0; i < 5; i++) {
                putSparsely(store, 30, EntryStore.ETERNAL);
                store.tick();
            }

            assertThat(store.touch(bytes("a"), stamp, clock.millis() + 500)).isTrue();
        }
    }

    /** What was dropped before anything was written since the restart: its place must not be taken for that of what comes next. */
    @Test
    void write_stampOfAVersionThatWasDroppedAfterARestart_isLost() throws IOException {
        long later = clock.millis() + 1_000;
        try (var store = open(files)) {
            put(store, "a", "1", later);
            Logs.roll(store, 2);
        }
        files.reopen();
        try (var store = open(files)) {
            long dropped = store.find(bytes("a")).stamp();
            clock.advance(Duration.ofSeconds(2));
            assertThat(store.remove(bytes("a"), EntryStore.ANY)).isTrue(); // needs no record, so no segment
            store.tick();
            assertThat(files.list()).doesNotContain("000000000001.seg");
            put(store, "a", "2");

            assertThat(store.find(bytes("a")).stamp()).isNotEqualTo(dropped);
            assertThat(store.write(bytes("a"), dropped, bytes("3"), EntryStore.ETERNAL))
                    .isEqualTo(EntryStore.LOST);
        }
    }

    @Test
    void scan_compactionMeanwhile_meetsEachEntryOnce() throws IOException {
        for (int stop = 0; stop < 80; stop += 7) {
            try (var store = open(new SimulatedFiles())) {
                putSparsely(store, 60, EntryStore.ETERNAL);
                var met = new HashSet<String>();
                try (var cursor = store.scan()) {
                    for (int i = 0; ; i++) {
                        if (i == stop) {
                            store.tick();
                        }
                        var entry = cursor.next();
                        if (entry == null) {
                            break;
                        }
                        var key = new String(entry.key(), java.nio.charset.StandardCharsets.UTF_8);
                        assertThat(met.add(key))
                                .as("%s, stopped at %d", key, stop)
                                .isTrue();
                        assertThat(store.read(entry.key()).stamp()).isEqualTo(entry.stamp());
                    }
                }
                assertThat(met).as("stopped at %d", stop).hasSize(64);
            }
        }
    }

    @Test
    void scan_twoCompactionsMeanwhile_meetsEachEntryOnce() throws IOException {
        try (var store = open(files)) {
            putSparsely(store, 60, EntryStore.ETERNAL);
            var met = new HashSet<ByteBuffer>();
            try (var cursor = store.scan()) {
                met.add(ByteBuffer.wrap(cursor.next().key()));
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < 60; i += 2) {
                        if (round < 2 || i % 4 == 0) {
                            put(store, "k" + i, i + VALUE);
                        }
                    }
                    store.tick();
                    store.tick();
                }
                for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                    assertThat(met.add(ByteBuffer.wrap(entry.key()))).isTrue();
                }
            }
            for (int i = 1; i < 60; i += 2) {
                assertThat(met).contains(ByteBuffer.wrap(bytes("k" + i)));
            }
        }
    }

    @Test
    void tick_entriesExpired_areNotCopiedAndDoNotComeBack() throws IOException {
        var store = open(files);
        putSparsely(store, 60, clock.millis() + 1_000);
        clock.advance(Duration.ofSeconds(2));

        store.tick();

        assertThat(store.size()).isEqualTo(4);
        try (var again = reopenKilled(files)) {
            assertThat(again.size()).isEqualTo(4);
            assertThat(get(again, "k1")).isNull();
        }
    }

    /** It hides an older version that would live longer, in a segment that is not compacted: not even a restart may show that again. */
    @Test
    void tick_expiredEntryThatHidAnEternalOne_doesNotBringItBack() throws IOException {
        try (var store = open(files)) {
            put(store, "k", "eternal");
            putAlive(store, "a");
            put(store, "k", "short", clock.millis() + 1_000);
            Logs.roll(store, 3);
            clock.advance(Duration.ofSeconds(2));
            assertThat(store.remove(bytes("k"), EntryStore.ANY)).isTrue(); // needs no record

            for (int i = 0; i < 5; i++) {
                store.tick();
            }

            assertThat(files.list()).contains("000000000001.seg").doesNotContain("000000000002.seg");
            try (var reopened = reopenKilled(files)) {
                assertThat(get(reopened, "k")).isNull();
            }
        }
    }

    /** Fills a segment with what stays, so that it is not worth compacting. */
    private static void putAlive(EntryStore store, String prefix) {
        for (int i = 0; i < 3; i++) {
            put(store, prefix + i, "x".repeat(1_270));
        }
    }

    @Test
    void tick_touchedEntries_keepTheirDeadlines() throws IOException {
        long later = clock.millis() + 1_000_000;
        var store = open(files);
        putSparsely(store, 60, EntryStore.ETERNAL);
        for (int i = 0; i < 60; i++) {
            long stamp = store.find(bytes("k" + i)).stamp();
            assertThat(store.touch(bytes("k" + i), stamp, later + i)).isTrue();
        }
        Logs.roll(store, 3);
        store.tick();
        store.tick();

        try (var again = reopenKilled(files)) {
            for (int i = 0; i < 60; i++) {
                assertThat(again.find(bytes("k" + i)).expiresAtMillis()).isEqualTo(later + i);
            }
        }
    }

    @Test
    void tick_removalsInVictims_stayAsLongAsSomethingOlderIsThere() throws IOException {
        var store = open(files);
        put(store, "old", "1");
        for (int i = 0; i < 15; i++) {
            put(store, "cold" + i, VALUE);
        }
        Logs.roll(store, 1);
        store.remove(bytes("old"), EntryStore.ANY);
        putSparsely(store, 60, EntryStore.ETERNAL);
        store.tick();
        store.tick();
        assertThat(files.list()).contains("000000000001.seg").doesNotContain("000000000002.seg", "000000000003.seg");

        try (var again = reopenKilled(files)) {
            assertThat(get(again, "old")).isNull();
            assertThat(get(again, "k59")).isEqualTo("59" + VALUE);
        }
    }

    @Test
    void tick_manySmallSegmentsOfRestarts_areMadeOne() throws IOException {
        var directory = files;
        for (int i = 0; i < 8; i++) {
            try (var store = open(directory)) {
                put(store, "k" + i, "small");
                store.tick();
            }
            directory.reopen();
        }

        try (var store = open(directory)) {
            assertThat(segments(directory)).isLessThan(6);
            for (int i = 0; i < 8; i++) {
                assertThat(get(store, "k" + i)).isEqualTo("small");
            }
        }
    }

    @Test
    void tick_victimThatHasRotted_keepsItAndCompactsTheOthers() throws IOException {
        try (var store = open(files)) {
            putSparsely(store, 60, EntryStore.ETERNAL);
            try (var file = files.openForWriting("000000000002.seg")) {
                file.write(100, new byte[] {1, 2, 3}, 0, 3);
            }

            store.tick();
            store.tick();

            assertThat(files.list())
                    .contains("000000000002.seg")
                    .doesNotContain("000000000001.seg", "000000000003.seg");
            for (int i = 10; i < 60; i++) {
                assertThat(get(store, "k" + i)).isEqualTo(i + VALUE);
            }
        }
    }

    /** In the long run no more is copied than callers write, and no more is on disk than twice what is alive and some segments. */
    @Test
    void tick_randomOverwriting_copiesNoMoreThanWasWritten() throws IOException {
        var random = new SplittableRandom(7);
        Map<String, String> model = new HashMap<>();
        try (var store = open(files)) {
            long written = 0;
            for (int i = 0; i < 20_000; i++) {
                var key = "k" + random.nextInt(400);
                var value = i + VALUE.substring(random.nextInt(100));
                put(store, key, value);
                model.put(key, value);
                written += 24 + key.length() + value.length();
                if (i % 50 == 0) {
                    store.tick();
                }
            }

            long alive = model.values().stream().mapToLong(String::length).sum() + 28L * model.size();
            assertThat(store.figures().compactedBytes()).isPositive().isLessThan(written);
            assertThat(store.counters().diskBytes()).isLessThan(2 * alive + 6 * Logs.SEGMENT_BYTES);
            model.forEach((key, value) -> assertThat(get(store, key)).isEqualTo(value));
        }
    }
}
