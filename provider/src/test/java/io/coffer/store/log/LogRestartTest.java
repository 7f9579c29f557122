package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What recovery makes of that which the store itself leaves when calls have failed, and then the process or the power is gone. */
class LogRestartTest {
    private static final long SEED = 4;
    private static final int DISKS = 12;

    private final FakeClock clock = new FakeClock();
    private SimulatedFiles files = new SimulatedFiles();
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void release() {
        log.close();
    }

    /** No failure of the store may look like damage. */
    private LogStore open(SimulatedFiles where) throws IOException {
        var usual = Logs.options(Durability.NONE, clock);
        return LogStore.open(
                where,
                new LogOptions(
                        usual.cacheName(),
                        usual.description(),
                        usual.durability(),
                        usual.syncIntervalMillis(),
                        Recovery.STRICT,
                        usual.maxRecordBytes(),
                        usual.segmentBytesMin(),
                        usual.segmentBytesMax(),
                        usual.maxDiskBytes(),
                        usual.rejectsWhenFull(),
                        usual.minFreeDiskBytes(),
                        usual.wallClock(),
                        usual.nanoTime(),
                        usual.random(),
                        false));
    }

    private static Map<String, String> contents(EntryStore store) {
        var found = new TreeMap<String, String>();
        for (var key : new String[] {"a", "b", "c", "d", "e", "f", "filler"}) {
            var value = get(store, key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    private Map<String, String> contentsOf(DiskImage image) throws IOException {
        return contents(open(new SimulatedFiles(image, SEED)));
    }

    private static void expectRefusal(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(StoreException.class);
    }

    private void letASecondPass() {
        clock.advance(Duration.ofSeconds(1));
    }

    /** Returns a store whose only segment has expired and was dropped. */
    private LogStore emptied() throws IOException {
        var first = open(files);
        put(first, "a", "1", clock.millis() + 10);
        first.close();
        files = new SimulatedFiles(files.crash().killed(), SEED);
        clock.advance(Duration.ofMinutes(1));
        var store = open(files);
        store.tick();
        return store;
    }

    @Test
    void write_segmentsDroppedAndCreateFailed_survivesAKill() throws IOException {
        var store = emptied();
        files.faults().once(Call.CREATE, 1, Failure.IO_ERROR);
        expectRefusal(() -> put(store, "b", "1"));
        letASecondPass();
        put(store, "b", "2");

        assertThat(contentsOf(files.crash().killed())).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void write_segmentsDroppedAndFirstWriteFailed_survivesAKill() throws IOException {
        var store = emptied();
        files.faults().once(Call.WRITE, 2, Failure.SHORT_WRITE);
        expectRefusal(() -> put(store, "b", "1"));
        letASecondPass();
        put(store, "b", "2");

        assertThat(contentsOf(files.crash().killed())).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void write_segmentsDroppedAndSyncFailed_survivesAKill() throws IOException {
        var store = emptied();
        put(store, "b", "1");
        files.faults().once(Call.SYNC, 1, Failure.IO_ERROR);
        expectRefusal(store::sync);
        letASecondPass();
        put(store, "b", "2");
        store.sync();

        assertThat(contentsOf(files.crash().killed())).isEqualTo(Map.of("b", "2"));
        assertThat(contentsOf(files.crash().unsyncedLost())).isEqualTo(Map.of("b", "2"));
    }

    /** The file that the manifest lists must not be missing: recovery would have to take it for a loss. */
    @Test
    void sync_firstOfAListedHeadFailsAndNoNewFileCanBeMade_keepsWhatWasSynced() throws IOException {
        var store = open(files);
        put(store, "a", "x".repeat(1800));
        put(store, "b", "x".repeat(1800));
        store.sync();
        put(store, "c", "x".repeat(1000));
        store.tick(); // seals the first segment, and lists the second, of which only the name is synced
        files.faults().once(Call.SYNC, 1, Failure.IO_ERROR);
        files.faults().from(Call.CREATE, 1, Failure.IO_ERROR);
        int created = files.faults().count(Call.CREATE);
        expectRefusal(store::sync);
        letASecondPass();
        store.tick();

        assertThat(files.faults().count(Call.CREATE)).isGreaterThan(created);
        assertThat(contentsOf(files.crash().killed())).containsKeys("a", "b");
        assertThat(contentsOf(files.crash().unsyncedLost())).containsKeys("a", "b");
    }

    /** After each sync in turn has failed, and the store has gone on: what it shows is on every disk that a crash can leave. */
    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "SYNC_LOSES"})
    void sync_eachFailing_leavesWhatTheStoreShowsAfterwards(Failure failure) throws IOException {
        for (var call : new Call[] {Call.SYNC, Call.SYNC_DIRECTORY}) {
            boolean reached = true;
            for (int n = 1; reached; n++) {
                reached = rewind(call, n, failure);
                assertThat(n).isLessThan(100);
            }
        }
    }

    private boolean rewind(Call call, int n, Failure failure) throws IOException {
        var disk = new SimulatedFiles(DiskImage.EMPTY, SEED);
        var store = open(disk);
        disk.faults().once(call, n, failure);
        int before = disk.faults().count(call);
        boolean refused = work(store, disk);
        boolean reached = disk.faults().count(call) - before >= n;
        letASecondPass();
        store.tick();
        put(store, "e", "last");
        store.sync();
        var shown = contents(store);
        var where = call + " " + n + ", " + failure + (refused ? ", refused" : "") + ", seed " + SEED;
        expectOnEachDisk(disk, shown, where);
        put(store, "f", "unsynced");
        shown.put("f", "unsynced");
        assertThat(contentsOf(disk.crash().killed())).as(where).isEqualTo(shown);
        return reached;
    }

    /** Several heads of which none was synced, some with replaced and removed entries; goes on when something is refused. */
    private boolean work(LogStore store, SimulatedFiles disk) {
        boolean refused = false;
        for (int round = 1; round <= 3; round++) {
            var value = round + "x".repeat(1500);
            Runnable[] steps = {
                () -> put(store, "a", value),
                () -> put(store, "b", value),
                () -> put(store, "c", value),
                () -> store.remove(bytes("b"), EntryStore.ANY),
                () -> put(store, "a", "short"),
                store::tick,
                () -> put(store, "c", value),
                () -> put(store, "d", value),
                store::sync,
                () -> put(store, "d", "unsynced"),
                () -> clock.advance(Duration.ofMillis(600))
            };
            for (var step : steps) {
                try {
                    step.run();
                } catch (StoreException e) {
                    assertThat(e.kind()).as("%s", disk.recentCalls()).isEqualTo(StoreException.Kind.FAILED);
                    refused = true;
                }
            }
        }
        return refused;
    }

    private void expectOnEachDisk(SimulatedFiles disk, Map<String, String> expected, String where) throws IOException {
        var random = new SplittableRandom(SEED);
        Set<DiskImage> images = new HashSet<>();
        images.add(disk.crash().killed());
        images.add(disk.crash().unsyncedLost());
        for (int i = 0; i < DISKS; i++) {
            images.add(disk.crash().random(CrashMode.ADVERSARIAL, random));
        }
        for (var image : images) {
            Set<DiskImage> inRecovery = new HashSet<>();
            var found = new SimulatedFiles(image, SEED);
            found.afterEachChange(() -> inRecovery.add(found.crash().random(CrashMode.ADVERSARIAL, random)));
            assertThat(contents(open(found))).as(where).isEqualTo(expected);
            for (var again : inRecovery) {
                assertThat(contentsOf(again))
                        .as("%s, after a crash of its recovery", where)
                        .isEqualTo(expected);
            }
        }
    }
}
