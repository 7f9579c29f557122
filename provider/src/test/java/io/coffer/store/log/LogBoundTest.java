package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreWrite;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bound of the disk: kept at every moment, by entries that leave or by writes that fail. */
class LogBoundTest {
    private static final long BOUND = 64 << 10;
    private static final String VALUE = "v".repeat(300);

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();
    private long most;

    @BeforeEach
    void watch() {
        watch(files);
    }

    private void watch(SimulatedFiles directory) {
        directory.afterEachChange(() ->
                most = Math.max(most, directory.whenItCrashes(crash -> bytesOf(crash.killed()))));
    }

    private static long bytesOf(DiskImage image) {
        return image.files().values().stream().mapToLong(each -> each.length).sum();
    }

    private LogStore open(SimulatedFiles directory, boolean rejects) throws IOException {
        return LogStore.open(directory, Logs.bounded(clock, BOUND, rejects, 0));
    }

    @Test
    void write_tenTimesTheBound_keepsItAndTheNewest() throws IOException {
        try (var store = open(files, false)) {
            for (int i = 0; i < 2_000; i++) {
                put(store, "k" + i, i + VALUE);
            }

            assertThat(most).isLessThanOrEqualTo(BOUND).isGreaterThan(BOUND / 2);
            for (int i = 1_950; i < 2_000; i++) {
                assertThat(get(store, "k" + i)).isEqualTo(i + VALUE);
            }
            assertThat(store.counters().evictedEntries()).isEqualTo(2_000 - store.size());
        }
    }

    @Test
    void write_randomWithTicksAndKills_keepsTheBoundAndNeverShowsAnythingOld() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new SplittableRandom(seed);
            Map<String, String> model = new HashMap<>();
            var directory = new SimulatedFiles();
            watch(directory);
            var store = open(directory, false);
            for (int i = 0; i < 1_500; i++) {
                var key = "k" + random.nextInt(400);
                if (random.nextInt(6) == 0) {
                    store.remove(bytes(key), EntryStore.ANY);
                    model.remove(key);
                } else {
                    var value = i + VALUE.substring(random.nextInt(250));
                    put(store, key, value, random.nextInt(3) == 0 ? clock.millis() + 1_000_000 : EntryStore.ETERNAL);
                    model.put(key, value);
                }
                if (random.nextInt(100) == 0) {
                    store.tick();
                }
                if (random.nextInt(300) == 0) {
                    directory = new SimulatedFiles(directory.crash().killed(), seed);
                    watch(directory);
                    store = open(directory, false);
                }
            }
            assertThat(most).as("seed %d", seed).isLessThanOrEqualTo(BOUND);
            for (int i = 0; i < 400; i++) {
                var found = get(store, "k" + i);
                assertThat(found == null || found.equals(model.get("k" + i)))
                        .as("seed %d: k%d is absent or what was put last", seed, i)
                        .isTrue();
            }
            assertThat(store.size()).as("seed %d", seed).isGreaterThan(50);
        }
    }

    /** A damaged segment is not compacted and does not leave, so what it has of older versions stays on disk. */
    @Test
    void write_entryLeavesThatHidOneInADamagedSegment_doesNotBringThatBack() throws IOException {
        try (var store = open(files, false)) {
            put(store, "k", "old");
            put(store, "damaged", VALUE);
            Logs.roll(store, 1);
        }
        var image = files.crash().killed();
        var segment = image.files().get("000000000001.seg").clone();
        segment[LogFormat.HEADER_BYTES + 200] ^= 1;
        var directory = new SimulatedFiles(image.with("000000000001.seg", segment), 1);
        var store = open(directory, false);
        assertThatThrownBy(() -> get(store, "damaged")).isInstanceOf(StoreException.class);
        put(store, "k", "new");

        for (int i = 0; i < 1_000; i++) {
            put(store, "k" + i, i + VALUE);
        }

        assertThat(get(store, "k")).as("has left").isNull();
        assertThat(directory.list()).contains("000000000001.seg");
        try (var reopened = open(new SimulatedFiles(directory.crash().killed(), 1), false)) {
            assertThat(get(reopened, "k")).isNull();
        }
    }

    @Test
    void write_entriesThatAreRead_stayLongerThanOthers() throws IOException {
        try (var store = open(files, false)) {
            put(store, "hot", VALUE);
            for (int i = 0; i < 1_000; i++) {
                put(store, "k" + i, i + VALUE);
                assertThat(get(store, "hot")).as("after %d others", i).isEqualTo(VALUE);
            }
            assertThat(get(store, "k0")).isNull();
        }
    }

    @Test
    void write_rejecting_failsAndKeepsAllThatIsThere() throws IOException {
        try (var store = open(files, true)) {
            int written = fill(store);

            assertThat(most).isLessThanOrEqualTo(BOUND).isGreaterThan(BOUND / 2);
            for (int i = 0; i < written; i++) {
                assertThat(get(store, "k" + i)).isEqualTo(i + VALUE);
            }
            assertThat(store.counters().evictedEntries()).isZero();
            assertThat(store.counters().failedWrites()).isEqualTo(1);
        }
    }

    private static int fill(EntryStore store) {
        for (int i = 0; i < 1_000; i++) {
            try {
                put(store, "k" + i, i + VALUE);
            } catch (StoreException e) {
                assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL);
                assertThat(e).hasMessageContaining("maxDiskBytes");
                return i;
            }
        }
        throw new AssertionError("never full");
    }

    @Test
    void write_rejectingAgainAndAgain_isToldOnceAMinute() throws IOException {
        try (var log = new CapturedLog();
                var store = open(files, true)) {
            for (int i = 0; i < 20; i++) {
                int written = fill(store);
                for (int j = 0; j < written; j++) {
                    store.remove(bytes("k" + j), EntryStore.ANY);
                }
                store.tick();
            }
            assertThat(toldIn(log)).isEqualTo(1);

            clock.advance(Duration.ofMinutes(1));
            fill(store);
            assertThat(toldIn(log)).isEqualTo(2);
        }
    }

    private static long toldIn(CapturedLog log) {
        return log.warnings().stream()
                .filter(each -> each.contains("maxDiskBytes is " + BOUND))
                .count();
    }

    @Test
    void write_rejectingAfterRemovals_worksAgain() throws IOException {
        try (var store = open(files, true)) {
            int written = fill(store);
            for (int i = 0; i < written; i += 2) {
                assertThat(store.remove(bytes("k" + i), EntryStore.ANY)).isTrue();
            }

            for (int i = 0; i < written / 4; i++) {
                put(store, "more" + i, VALUE);
            }

            assertThat(most).isLessThanOrEqualTo(BOUND);
            assertThat(get(store, "k1")).isEqualTo("1" + VALUE);
            assertThat(get(store, "k0")).isNull();
        }
    }

    @Test
    void writeAll_moreThanFits_failsAndLeavesTheBound() throws IOException {
        try (var store = open(files, true)) {
            var writes = new ArrayList<StoreWrite>();
            for (int i = 0; i < 300; i++) {
                writes.add(new StoreWrite(bytes("k" + i), EntryStore.ANY, bytes(VALUE), EntryStore.ETERNAL));
            }

            assertThatThrownBy(() -> store.writeAll(writes)).isInstanceOf(StoreException.class);

            assertThat(most).isLessThanOrEqualTo(BOUND);
            assertThat(store.size()).isZero();
        }
    }

    @Test
    void writeAll_moreThanAQuarterOfTheBound_failsAndLeavesWhatIsThere() throws IOException {
        try (var store = open(files, false)) {
            put(store, "there", VALUE);
            var writes = new ArrayList<StoreWrite>();
            for (int i = 0; i < 300; i++) {
                writes.add(new StoreWrite(bytes("k" + i), EntryStore.ANY, bytes(VALUE), EntryStore.ETERNAL));
            }

            assertThatThrownBy(() -> store.writeAll(writes)).isInstanceOf(StoreException.class);

            assertThat(get(store, "there")).isEqualTo(VALUE);
            assertThat(most).isLessThanOrEqualTo(BOUND);
        }
    }

    @Test
    void write_largerThanAnEighthOfTheBound_isTooLarge() throws IOException {
        try (var store = open(files, false)) {
            assertThatThrownBy(() -> put(store, "k", "v".repeat(Math.toIntExact(BOUND / 8))))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.TOO_LARGE));
        }
    }

    @Test
    void open_boundThatIsLowerThanWhatIsThere_isKeptFromTheFirstWriteOn() throws IOException {
        try (var store = LogStore.open(files, Logs.bounded(clock, 4 * BOUND, false, 0))) {
            for (int i = 0; i < 500; i++) {
                put(store, "k" + i, i + VALUE);
            }
        }
        files.reopen();
        try (var store = open(files, false)) {
            put(store, "new", VALUE);

            assertThat(bytesOf(files.crash().killed())).isLessThanOrEqualTo(BOUND);
            assertThat(get(store, "new")).isEqualTo(VALUE);
            assertThat(get(store, "k499")).isEqualTo("499" + VALUE);
        }
    }

    @Test
    void write_littleFreeSpace_leavesTheFloor() throws IOException {
        files.limitTo(100_000);
        try (var store = LogStore.open(files, Logs.bounded(clock, Long.MAX_VALUE, false, 40_000))) {
            for (int i = 0; i < 1_000; i++) {
                put(store, "k" + i, i + VALUE);
            }

            assertThat(most).isLessThanOrEqualTo(60_000).isGreaterThan(30_000);
            assertThat(get(store, "k999")).isEqualTo("999" + VALUE);
        }
    }
}
