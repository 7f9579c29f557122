package io.coffer.store.log;

import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.store.Crash;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Who syncs what, and the room that the head has for it. */
@Timeout(180)
class LogSyncTest {
    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();
    private final Set<Thread> syncing = ConcurrentHashMap.newKeySet();

    private LogStore open(Durability durability) throws IOException {
        var store = LogStore.open(files, Logs.options(durability, clock, true));
        files.afterEachChange(() -> {
            var calls = files.recentCalls();
            if (calls.get(calls.size() - 1).startsWith(Call.SYNC + " ")) {
                syncing.add(Thread.currentThread());
            }
        });
        return store;
    }

    /** The store's thread may be syncing of its own accord when the first come. */
    @Test
    void write_alwaysAndNobodySyncs_syncsInTheCallingThread() throws IOException {
        try (var store = open(Durability.ALWAYS)) {
            while (!syncing.contains(Thread.currentThread())) {
                put(store, "a", "1");
            }
        }
        assertThat(syncing).contains(Thread.currentThread());
    }

    /** The store's thread has to come to it all the same. */
    @Test
    void write_alwaysWhileAnotherSyncs_returnsWhenItIsSynced() throws Exception {
        try (var store = open(Durability.ALWAYS)) {
            put(store, "a", "1");
            var isInside = new CountDownLatch(1);
            var mayGoOn = new CountDownLatch(1);
            var main = Thread.currentThread();
            files.afterEachChange(() -> {
                if (Thread.currentThread() != main && isInside.getCount() > 0) {
                    isInside.countDown();
                    awaitQuietly(mayGoOn);
                }
            });
            var other = new FutureTask<>(() -> put(store, "b", "1"));
            new Thread(other).start();
            isInside.await();
            mayGoOn.countDown();
            put(store, "c", "1");
            other.get();

            var image = files.whenItCrashes(Crash::unsyncedLost);
            var again = LogStore.open(new SimulatedFiles(image, 1), Logs.options(Durability.NONE, clock));
            assertThat(again.size()).isEqualTo(3);
            again.close();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void write_alwaysByAVirtualThread_isSyncedByAnother() throws Exception {
        var virtual = (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (var store = open(Durability.ALWAYS)) {
            var thread = new FutureTask<>(() -> {
                put(store, "a", "1");
                return Thread.currentThread();
            });
            virtual.execute(thread);

            assertThat(thread.get()).isNotIn(syncing);
            assertThat(syncing).hasSize(1);
        }
    }

    /** It is written on at once: a sync would be for nothing, and in the way of who writes. */
    @Test
    void tick_segmentIsFull_syncsItAndLeavesTheHead() throws IOException {
        try (var store = LogStore.open(files, Logs.options(Durability.NONE, clock))) {
            for (int i = 0; i < 5; i++) {
                put(store, "key" + i, "x".repeat(1000));
            }
            store.tick();

            var image = files.whenItCrashes(Crash::unsyncedLost);
            try (var again = LogStore.open(new SimulatedFiles(image, 1), Logs.options(Durability.NONE, clock))) {
                assertThat(Logs.get(again, "key0")).hasSize(1000);
                assertThat(Logs.get(again, "key4")).isNull();
            }
        }
    }

    @Test
    void close_headWithRoomAhead_isCutBehindItsFooter() throws IOException {
        try (var store = open(Durability.NONE)) {
            put(store, "a", "1");
            assertThat(files.faults().count(Call.RESERVE)).isEqualTo(1);
            assertThat(bytes()).isEqualTo(Logs.SEGMENT_BYTES);
            put(store, "b", "1");
            assertThat(files.faults().count(Call.RESERVE)).isEqualTo(1);
        }
        files.reopen();

        assertThat(bytes()).isLessThan(500);
    }

    private int bytes() {
        return files.whenItCrashes(Crash::killed).files().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".seg"))
                .mapToInt(file -> file.getValue().length)
                .sum();
    }

    @Test
    void write_noRoomAheadToBeHad_isWrittenAllTheSame() throws IOException {
        try (var store = open(Durability.NONE)) {
            files.faults().from(Call.RESERVE, 1, Failure.IO_ERROR);
            put(store, "a", "1");
            put(store, "b", "1");

            assertThat(files.faults().count(Call.RESERVE)).isEqualTo(1);
            assertThat(Logs.get(store, "b")).isEqualTo("1");
        }
    }
}
