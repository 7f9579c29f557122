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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several threads and the store's own, on a disk in memory whose power can fail at any moment. */
@Timeout(180)
class LogConcurrencyTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 400;

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    private static void together(List<? extends Callable<Void>> jobs) throws Exception {
        var tasks = new ArrayList<FutureTask<Void>>();
        for (var job : jobs) {
            var task = new FutureTask<>(job);
            tasks.add(task);
            new Thread(task).start();
        }
        for (var task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new AssertionError("A thread has failed", e.getCause());
            }
        }
    }

    private LogStore reopened(DiskImage image) throws IOException {
        return LogStore.open(new SimulatedFiles(image, 1), Logs.options(Durability.NONE, clock));
    }

    @Test
    void write_alwaysAndThePowerFails_losesNothingThatHasReturned() throws Exception {
        var returned = new AtomicIntegerArray(WRITERS);
        Map<DiskImage, List<Integer>> crashes = new HashMap<>();
        var store = LogStore.open(files, Logs.options(Durability.ALWAYS, clock, true));
        var jobs = new ArrayList<Callable<Void>>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int self = writer;
            jobs.add(() -> {
                for (int i = 1; i <= WRITES; i++) {
                    put(store, "writer" + self, i + " ".repeat(100));
                    returned.set(self, i);
                }
                return null;
            });
        }
        jobs.add(() -> {
            for (int i = 0; i < 20; i++) {
                var before = new ArrayList<Integer>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    before.add(returned.get(writer));
                }
                crashes.put(files.whenItCrashes(crash -> crash.unsyncedLost()), before);
                put(store, "pause", "" + i);
            }
            return null;
        });
        together(jobs);
        store.close();

        for (var crash : crashes.entrySet()) {
            try (var again = reopened(crash.getKey())) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    var value = get(again, "writer" + writer);
                    int found = value == null ? 0 : Integer.parseInt(value.strip());
                    assertThat(found).isGreaterThanOrEqualTo(crash.getValue().get(writer));
                }
            }
        }
    }

    @Test
    void write_alwaysByManyThreads_sharesSyncs() throws Exception {
        try (var store = LogStore.open(files, Logs.options(Durability.ALWAYS, clock, true))) {
            var jobs = new ArrayList<Callable<Void>>();
            for (int writer = 0; writer < 8; writer++) {
                int self = writer;
                jobs.add(() -> {
                    for (int i = 0; i < WRITES; i++) {
                        put(store, "writer" + self, "" + i);
                    }
                    return null;
                });
            }
            long writes = 0;
            do { // on one processor, threads may come one after the other
                together(jobs);
                writes += 8 * WRITES;
            } while (store.counters().syncs() >= writes && writes < 100 * 8 * WRITES);

            assertThat(store.counters().syncs()).isPositive().isLessThan(writes);
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void readersWritersScansAndClears_together_neverShowAWrongValue(Durability durability) throws Exception {
        try (var store = LogStore.open(files, Logs.options(durability, clock, true))) {
            var jobs = new ArrayList<Callable<Void>>();
            for (int writer = 0; writer < 2; writer++) {
                int self = writer;
                jobs.add(() -> write(store, self));
                jobs.add(() -> read(store, self));
            }
            jobs.add(() -> scan(store));
            jobs.add(() -> {
                for (int i = 0; i < 10; i++) {
                    scan(store);
                    store.clear();
                }
                return null;
            });
            together(jobs);
            store.clear();

            assertThat(store.size()).isZero();
            assertThat(store.counters().damagedEntries()).isZero();
            assertThat(store.counters().failedReads()).isZero();
        }
    }

    private static Void write(EntryStore store, int self) {
        for (int i = 0; i < 3000; i++) {
            var key = "k" + self + "-" + i % 50;
            if (i % 7 == 0) {
                store.remove(bytes(key), EntryStore.ANY);
            } else {
                put(store, key, key + "=" + "x".repeat(i % 90));
            }
        }
        return null;
    }

    private static Void read(EntryStore store, int self) {
        for (int i = 0; i < 5000; i++) {
            var key = "k" + self + "-" + i % 50;
            var value = get(store, key);
            assertThat(value == null || value.startsWith(key + "=")).isTrue();
        }
        return null;
    }

    private static Void scan(EntryStore store) {
        var seen = new HashSet<String>();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                var key = new String(entry.key(), java.nio.charset.StandardCharsets.UTF_8);
                assertThat(seen.add(key)).as("twice").isTrue();
            }
        }
        return null;
    }

    @Test
    void read_interruptedThread_readsAndStaysInterrupted() throws IOException {
        try (var store = LogStore.open(files, Logs.options(Durability.ALWAYS, clock, true))) {
            Thread.currentThread().interrupt();
            put(store, "a", "1");
            assertThat(get(store, "a")).isEqualTo("1");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
