package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call of recovery fails, each in turn: it throws IOException, and what is then on disk opens with the same entries. */
class LogRecoveryFailureTest {
    private static final long SEED = 4;

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void release() {
        log.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "NO_SPACE", "SHORT_WRITE", "SYNC_LOSES"})
    void recover_eachCallFailing_changesNoEntry(Failure failure) throws IOException {
        var image = torn();
        var expected = TinyLog.open(new SimulatedFiles(image, SEED)).contents();
        var random = new SplittableRandom(SEED);
        int failed = 0;
        for (int n = 1; ; n++) {
            var files = new SimulatedFiles(image, SEED);
            files.faults().onceAny(n, failure);
            if (!fails(files)) {
                break;
            }
            failed++;
            files.faults().none();
            var crash = files.crash();
            var where = failure + " at call " + n + ", seed " + SEED;
            expect(expected, crash.killed(), where);
            expect(expected, crash.unsyncedLost(), where);
            expect(expected, crash.random(CrashMode.ADVERSARIAL, random), where);
        }
        assertThat(failed).isGreaterThan(60);
    }

    /** Nothing that was left half made may be believed, since nobody else syncs the names of these files. */
    @ParameterizedTest
    @EnumSource(names = {"IO_ERROR", "SYNC_LOSES"})
    void recover_makingAStoreFailedBefore_leavesItOnDisk(Failure failure) throws IOException {
        int failed = 0;
        for (int n = 1; ; n++) {
            var files = new SimulatedFiles(DiskImage.EMPTY, SEED);
            files.faults().once(Call.SYNC_DIRECTORY, n, failure);
            if (!fails(files)) {
                break;
            }
            failed++;
            TinyLog.open(files);
            assertThat(files.crash().unsyncedLost().files())
                    .as("%s at call %s", failure, n)
                    .containsOnlyKeys("STORE", "MANIFEST");
        }
        assertThat(failed).isEqualTo(2);
    }

    @Test
    void open_namesLeftByAKilledProcess_areSynced() throws IOException {
        var files = new SimulatedFiles();
        var options = Logs.options(Durability.NONE, new FakeClock());
        LogStore.open(files, options).close();
        files.reopen();
        files.create("left.behind").close();

        LogStore.open(files, options);

        assertThat(files.crash().unsyncedLost().files()).containsKey("left.behind");
    }

    /** What a recovery that failed has written is still in the system's memory, and looks as if it were on disk. */
    @Test
    void recover_triedAgainAfterEachSyncFailed_survivesAPowerFailure() throws IOException {
        var image = LogHistory.sample().image();
        var expected = TinyLog.open(new SimulatedFiles(image, SEED)).contents();
        var random = new SplittableRandom(SEED);
        int failed = 0;
        for (int n = 1; ; n++) {
            var files = new SimulatedFiles(image, SEED);
            files.faults().once(Call.SYNC, n, Failure.IO_ERROR);
            if (!fails(files)) {
                break;
            }
            failed++;
            TinyLog.open(files);
            var where = "sync " + n + ", seed " + SEED;
            expectStrictly(expected, files.crash().unsyncedLost(), where);
            for (int i = 0; i < 10; i++) {
                expectStrictly(expected, files.crash().random(CrashMode.ADVERSARIAL, random), where);
            }
        }
        assertThat(failed).isGreaterThan(4);
    }

    private static void expectStrictly(Map<String, String> expected, DiskImage image, String where) throws IOException {
        var again = TinyLog.open(new SimulatedFiles(image, SEED), TinyLog.options(Recovery.STRICT));
        assertThat(again.contents()).as(where).isEqualTo(expected);
    }

    @Test
    void recover_interruptedAtEachCall_succeeds() throws IOException {
        var image = torn();
        for (int n = 1; n < 200; n++) {
            var files = new SimulatedFiles(image, SEED);
            files.faults().onceAny(n, Failure.INTERRUPT);
            boolean reached = TinyLog.open(files).contents().containsKey("kept")
                    && files.faults().total() >= n;
            assertThat(Thread.interrupted()).as("call %s", n).isEqualTo(reached);
        }
    }

    /** A store with a torn tail, an empty head, a dropped segment, a damaged one and somebody else's file. */
    private static DiskImage torn() throws IOException {
        var history = LogHistory.sample();
        var image = history.image();
        var damaged = image.files().get("000000000001.seg").clone();
        damaged[damaged.length - 70] ^= 1;
        var torn = image.files().get("000000000004.seg");
        var longer = Arrays.copyOf(torn, torn.length + 30);
        longer[longer.length - 1] = 1;
        return image.with("000000000001.seg", damaged)
                .with("000000000004.seg", longer)
                .with("000000000005.seg", new byte[10])
                .with("000000000009.seg", torn)
                .with("MANIFEST.tmp", new byte[5]);
    }

    private static boolean fails(SimulatedFiles files) {
        try {
            TinyLog.open(files);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void expect(Map<String, String> expected, DiskImage image, String where) throws IOException {
        var again = TinyLog.open(new SimulatedFiles(image, SEED), TinyLog.options(Recovery.POINT_IN_TIME));
        assertThat(again.contents()).as(where).isEqualTo(expected);
    }
}
