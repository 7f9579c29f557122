package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A disk that is full, refuses writes or fails to sync, and then works again. */
class LogTroubleTest {
    /** Two of these do not fit into one segment. */
    private static final String LONG = "2".repeat(2_000);

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    private LogStore open(Durability durability) throws IOException {
        return LogStore.open(files, Logs.options(durability, clock));
    }

    private static Kind kindOf(Runnable call) {
        try {
            call.run();
        } catch (StoreException e) {
            return e.kind();
        }
        throw new AssertionError("Nothing was thrown");
    }

    /** Lets the files have no byte more than they have, or so many. */
    private void fill(long more) throws IOException {
        long bytes = 0;
        for (var name : files.list()) {
            try (var file = files.openForReading(name)) {
                bytes += file.size();
            }
        }
        files.limitTo(bytes + more);
    }

    @Test
    void write_diskFull_isRefusedAtOnceForASecondAndThenTriedAgain() throws IOException {
        try (var store = open(Durability.NONE)) {
            put(store, "a", "1");
            put(store, "c", LONG);
            fill(10);
            assertThat(kindOf(() -> put(store, "a", LONG))).isEqualTo(Kind.FULL);
            assertThat(get(store, "a")).isEqualTo("1");

            int calls = files.faults().count(Call.WRITE);
            assertThat(kindOf(() -> put(store, "b", "2"))).isEqualTo(Kind.FULL);
            assertThat(files.faults().count(Call.WRITE)).isEqualTo(calls);

            files.limitTo(1L << 30);
            clock.advance(Duration.ofSeconds(1));
            put(store, "b", "2");
            assertThat(get(store, "b")).isEqualTo("2");
            assertThat(store.counters().failedWrites()).isEqualTo(2);
        }
    }

    @Test
    void invalidate_diskFull_usesTheReserveAndSurvives() throws IOException {
        var store = open(Durability.NONE);
        put(store, "a", "1");
        put(store, "b", "1");
        put(store, "c", LONG);
        fill(0);
        assertThat(kindOf(() -> put(store, "a", LONG))).isEqualTo(Kind.FULL);
        store.invalidate(bytes("a"));
        assertThat(store.remove(bytes("b"), EntryStore.ANY)).isTrue();
        assertThat(files.list()).doesNotContain(Reserve.NAME);

        var again = LogStore.open(new SimulatedFiles(files.crash().killed(), 1), Logs.options(Durability.NONE, clock));
        assertThat(get(again, "a")).isNull();
        assertThat(get(again, "b")).isNull();
        again.close();
    }

    @Test
    void write_diskFullAndReserveUsed_leavesTheReserveToRemovals() throws IOException {
        try (var store = open(Durability.NONE)) {
            put(store, "a", "1");
            put(store, "c", LONG);
            fill(0);
            assertThat(kindOf(() -> put(store, "a", LONG))).isEqualTo(Kind.FULL);
            store.invalidate(bytes("a"));
            clock.advance(Duration.ofSeconds(1));
            fill(200);
            assertThat(kindOf(() -> put(store, "b", LONG))).isIn(Kind.FULL, Kind.FAILED);
            files.limitTo(1L << 30);
            clock.advance(Duration.ofSeconds(1));
            put(store, "b", "2");
            store.tick();
            assertThat(files.list()).contains(Reserve.NAME);
        }
    }

    @Test
    void invalidate_diskRefusesEverything_isAbsentAtOnceAndOnDiskAfterTheNextWrite() throws IOException {
        var store = open(Durability.NONE);
        put(store, "a", "1");
        files.faults().fromAny(1, Failure.IO_ERROR);
        store.invalidate(bytes("a"));
        assertThat(store.find(bytes("a"))).isNull();
        files.faults().none();
        put(store, "b", "2");

        var again = LogStore.open(new SimulatedFiles(files.crash().killed(), 1), Logs.options(Durability.NONE, clock));
        assertThat(get(again, "a")).isNull();
        assertThat(get(again, "b")).isEqualTo("2");
        again.close();
    }

    @Test
    void write_diskErrorOnce_isNotAppliedAndTheNextOneWorks() throws IOException {
        try (var store = open(Durability.NONE)) {
            put(store, "a", "1");
            files.faults().once(Call.WRITE, 1, Failure.SHORT_WRITE);
            assertThat(kindOf(() -> put(store, "a", "2"))).isEqualTo(Kind.FAILED);
            assertThat(get(store, "a")).isEqualTo("1");
            put(store, "a", "3");
            assertThat(get(store, "a")).isEqualTo("3");
        }
    }

    @Test
    void write_syncFailsWithAlways_throwsAndShowsNothingThatWasNotSynced() throws IOException {
        var store = open(Durability.ALWAYS);
        put(store, "a", "1");
        put(store, "b", "1");
        files.faults().once(Call.SYNC, 1, Failure.SYNC_LOSES);
        assertThat(kindOf(() -> put(store, "a", "2"))).isEqualTo(Kind.FAILED);
        assertThat(get(store, "a")).isNull();
        assertThat(get(store, "b")).isEqualTo("1");
        put(store, "c", "1");

        var image = files.crash().unsyncedLost();
        var again = LogStore.open(new SimulatedFiles(image, 1), Logs.options(Durability.ALWAYS, clock));
        assertThat(get(again, "a"))
                .as("a lost version must not bring an older one back")
                .isNull();
        assertThat(get(again, "b")).isEqualTo("1");
        assertThat(get(again, "c")).isEqualTo("1");
        again.close();
    }

    @Test
    void remove_syncFails_doesNotBringTheEntryBackAfterAPowerFailure() throws IOException {
        var store = open(Durability.ALWAYS);
        put(store, "a", "1");
        files.faults().once(Call.SYNC, 1, Failure.SYNC_LOSES);
        assertThatThrownBy(() -> store.remove(bytes("a"), EntryStore.ANY)).isInstanceOf(StoreException.class);
        put(store, "b", "1");

        var image = files.crash().unsyncedLost();
        var again = LogStore.open(new SimulatedFiles(image, 1), Logs.options(Durability.ALWAYS, clock));
        assertThat(get(again, "a")).isNull();
        assertThat(get(again, "b")).isEqualTo("1");
        again.close();
    }

    @Test
    void write_syncsGoOnFailing_failsUntilANewFileIsSynced() throws IOException {
        try (var store = open(Durability.ALWAYS)) {
            put(store, "a", "1");
            files.faults().from(Call.SYNC, 1, Failure.IO_ERROR);
            assertThat(kindOf(() -> put(store, "b", "1"))).isEqualTo(Kind.FAILED);
            assertThat(kindOf(() -> put(store, "b", "1"))).isEqualTo(Kind.FAILED);
            assertThat(get(store, "a")).isEqualTo("1");
            files.faults().none();
            assertThat(kindOf(() -> put(store, "b", "1")))
                    .as("tried again too soon")
                    .isEqualTo(Kind.FAILED);
            clock.advance(Duration.ofSeconds(1));
            put(store, "b", "1");
            assertThat(get(store, "b")).isEqualTo("1");
        }
    }

    @Test
    void sync_failsBehindSeveralSegments_losesOnlyWhatWasNotSynced() throws IOException {
        var store = open(Durability.NONE);
        put(store, "a", "1");
        store.sync();
        put(store, "b", "1");
        Logs.roll(store, 2);
        put(store, "c", "1");
        files.faults().once(Call.SYNC, 1, Failure.SYNC_LOSES);
        assertThatThrownBy(store::sync).isInstanceOf(StoreException.class);
        assertThat(get(store, "a")).isEqualTo("1");
        assertThat(get(store, "b")).isNull();
        assertThat(get(store, "c")).isNull();
        put(store, "d", "1");
        store.sync();

        var image = files.crash().unsyncedLost();
        var again = LogStore.open(new SimulatedFiles(image, 1), Logs.options(Durability.NONE, clock));
        assertThat(get(again, "a")).isEqualTo("1");
        assertThat(get(again, "b")).isNull();
        assertThat(get(again, "d")).isEqualTo("1");
        again.close();
    }
}
