package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.EntryStore;
import io.coffer.store.Crash;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power fails while entries leave the disk to make room. Afterwards the store opens, within its bound; what was synced and has not
 * left is there, what has left is absent or is what it was, and nothing older than what was synced shows again.
 * {@code -Dcoffer.crashes=20} tries twenty times as many sequences.
 */
class LogBoundCrashTest {
    private static final int SEQUENCES = 2 * Integer.getInteger("coffer.crashes", 1);
    private static final int STEPS = 500;
    private static final long BOUND = 64 << 10;
    private static final int KEYS = 500;
    private static final String VALUE = "v".repeat(400);
    /** Stands for an entry that is absent. */
    private static final String NONE = "none";

    private final FakeClock clock = new FakeClock();
    /** What each key may have after a power failure: what was synced, and all that has happened since. */
    private final Map<String, Set<String>> possible = new HashMap<>();

    private final Map<String, String> newest = new HashMap<>();
    private final List<DiskImage> images = new ArrayList<>();
    private int checked;
    private long evicted;

    @ParameterizedTest
    @EnumSource
    void crash_whileEntriesLeave_leavesWhatWasSyncedOrLess(CrashMode mode) throws IOException {
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            run(mode, seed);
        }

        assertThat(checked).as("disks").isGreaterThan(300);
        assertThat(evicted).as("entries that left").isGreaterThan(50);
    }

    private void run(CrashMode mode, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        possible.clear();
        newest.clear();
        var files = new SimulatedFiles();
        files.afterEachChange(() -> files.whenItCrashes(crash -> sample(crash, mode, random)));
        try (var store = LogStore.open(files, Logs.bounded(clock, BOUND, false, 0))) {
            for (int i = 0; i < STEPS; i++) {
                var key = "k" + random.nextInt(KEYS);
                change(store, key, i + VALUE.substring(random.nextInt(380)), random);
                if (random.nextInt(40) == 0) {
                    store.tick();
                }
                for (var image : images) {
                    check(store, image, mode + ", seed " + seed + ", step " + i);
                }
                images.clear();
                if (random.nextInt(60) == 0) {
                    store.sync();
                    images.clear(); // half synced is as good as not
                    synced();
                }
            }
            evicted += store.counters().evictedEntries();
        }
        images.clear();
    }

    private void change(LogStore store, String key, String value, SplittableRandom random) {
        long before = store.counters().evictedEntries();
        boolean hadLeft = get(store, key) == null;
        if (random.nextInt(5) == 0) {
            store.remove(bytes(key), EntryStore.ANY);
            note(key, NONE);
        } else {
            put(store, key, value);
            note(key, value);
        }
        if (hadLeft || store.counters().evictedEntries() > before) {
            possible.get(key).add(NONE); // it may have left for what replaces it
        }
    }

    private void note(String key, String value) {
        possible.computeIfAbsent(key, any -> new HashSet<>(Set.of(NONE))).add(value);
        newest.put(key, value);
    }

    private void synced() {
        possible.clear();
        newest.forEach((key, value) -> possible.put(key, new HashSet<>(Set.of(value))));
    }

    private boolean sample(Crash crash, CrashMode mode, SplittableRandom random) {
        if (random.nextInt(25) == 0) {
            images.addAll(crash.images(mode, 1, 1, 1, random.nextLong()));
        }
        return true;
    }

    private void check(LogStore running, DiskImage image, String when) throws IOException {
        checked++;
        var files = new SimulatedFiles(image, 1);
        try (var store = LogStore.open(files, Logs.bounded(clock, BOUND, false, 0))) {
            assertThat(store.counters().damagedEntries()).as(when).isZero();
            for (var entry : possible.entrySet()) {
                var found = get(store, entry.getKey());
                if (found != null) {
                    assertThat(entry.getValue())
                            .as("%s: %s has %s", when, entry.getKey(), found)
                            .contains(found);
                } else if (!entry.getValue().contains(NONE)) {
                    assertThat(get(running, entry.getKey()))
                            .as("%s: %s was synced, but only what has left may be missing", when, entry.getKey())
                            .isNull();
                }
            }
            put(store, "probe", VALUE);
            assertThat(get(store, "probe")).as(when).isEqualTo(VALUE);
            long length = files.crash().killed().files().values().stream()
                    .mapToLong(each -> each.length)
                    .sum();
            assertThat(length).as(when).isLessThanOrEqualTo(BOUND);
        }
    }
}
