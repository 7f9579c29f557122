package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.MemoryAnchor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store with an anchor that lives on when the power fails, or the process dies: what is left is never refused. */
class AnchorCrashTest {
    private static final long SEED = 5;

    private final AnchoredLog anchored = new AnchoredLog();
    private final MemoryAnchor anchor = anchored.anchor;

    /**
     * The anchor lives on when the power fails or the process dies after any call that changes the disk; then the store opens. And with what
     * is remembered in the end, all that has less is refused.
     */
    @ParameterizedTest
    @EnumSource
    void open_afterACrashAtAnyCall_isNeverRefused(CrashMode mode) throws IOException {
        Map<DiskImage, MemoryAnchor> crashes = new LinkedHashMap<>();
        var random = new SplittableRandom(SEED);
        var watched = new SimulatedFiles();
        watched.afterEachChange(() -> {
            var crash = watched.crash();
            crashes.putIfAbsent(crash.killed(), anchor.copy());
            crashes.putIfAbsent(crash.unsyncedLost(), anchor.copy());
            crashes.putIfAbsent(crash.random(mode, random), anchor.copy());
        });
        script(watched, anchor);

        int refused = 0;
        for (var crash : crashes.entrySet()) {
            var where =
                    mode + ", seed " + SEED + ", remembered " + crash.getValue().numbers();
            try (var store = anchored.open(EncryptedLog.files(crash.getKey()), crash.getValue(), Recovery.STRICT)) {
                assertThat(store.counters().damagedEntries()).as(where).isZero();
            } catch (StoreException e) {
                throw new AssertionError(where, e);
            }
            boolean isOlder = isOlder(crash.getKey());
            refused += isOlder ? 1 : 0;
            if (isOlder) {
                anchored.requireRefused(crash.getKey(), anchor, Recovery.STRICT);
            } else {
                anchored.open(EncryptedLog.files(crash.getKey()), anchor.copy(), Recovery.STRICT)
                        .close();
            }
        }
        System.out.println("open_afterACrashAtAnyCall, " + mode + ": " + crashes.size() + " disks, " + refused
                + " older than remembered");
        assertThat(crashes).hasSizeGreaterThan(200);
        assertThat(refused).isBetween(100, crashes.size() - 1);
    }

    private boolean isOlder(DiskImage left) {
        if (!left.files().containsKey(KeysFile.NAME)) {
            return false; // there was no store yet
        }
        return anchor.numbers().entrySet().stream().anyMatch(each -> each.getValue() > number(left, each.getKey()));
    }

    private static long number(DiskImage left, String counter) {
        return counter.endsWith(KeysFile.NAME) ? AnchoredLog.keysNumber(left) : AnchoredLog.manifestNumber(left);
    }

    /** What could not be synced may be gone after a power failure, so it is not remembered. */
    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"IO_ERROR", "SYNC_LOSES"})
    void advance_aSyncOfNamesFails_neverTellsWhatMayBeLost(Failure failure) throws IOException {
        int failed = 0;
        for (int n = 1; n < 40; n++) {
            var remembering = new MemoryAnchor();
            var files = new SimulatedFiles();
            files.faults().once(Call.SYNC_DIRECTORY, n, failure);
            try {
                script(files, remembering);
            } catch (IOException | StoreException e) {
                failed++;
            }
            var crash = files.crash();
            for (var left : List.of(crash.killed(), crash.unsyncedLost())) {
                var where = failure + " of sync " + n + ", remembered " + remembering.numbers();
                try {
                    anchored.open(EncryptedLog.files(left), remembering.copy(), Recovery.POINT_IN_TIME)
                            .close();
                } catch (StoreException e) {
                    assertThat(e).as(where).hasMessageNotContaining("rollback anchor");
                }
            }
        }
        assertThat(failed).isPositive();
    }

    /** Every way in which the numbers rise: opening, sealing, compaction, new keys, closing, the death of a process. */
    private void script(SimulatedFiles files, MemoryAnchor remembering) throws IOException {
        for (int session = 0; session < 3; session++) {
            var store = anchored.open(files, remembering, Recovery.STRICT);
            for (int i = 0; i < 20; i++) {
                Logs.put(store, "key" + i % 7, "value " + session + "x".repeat(100));
            }
            store.tick();
            if (session == 0) {
                store.keys().renewStoreKey();
                EncryptedLog.settle(store);
            } else if (session == 1) {
                store.keys().renewOuterKey();
                store.tick();
            }
            if (session != 1) {
                store.close();
                files.reopen();
            }
        }
    }
}
