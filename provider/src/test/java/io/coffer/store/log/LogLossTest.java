package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreWrite;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What is left after a disk has refused more than one write. */
class LogLossTest {
    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    private LogStore open(Durability durability) throws IOException {
        return LogStore.open(files, Logs.options(durability, clock));
    }

    private LogStore reopenedAfterKill() throws IOException {
        return LogStore.open(new SimulatedFiles(files.crash().killed(), 1), Logs.options(Durability.NONE, clock));
    }

    private void letASecondPass(LogStore store) {
        clock.advance(Duration.ofSeconds(1));
        store.tick();
    }

    @Test
    void invalidate_moreRemovalsPendingThanAreKept_clearsEverything() throws IOException {
        var store = open(Durability.NONE);
        put(store, "a", "1");
        files.faults().fromAny(1, Failure.IO_ERROR);
        var filler = "x".repeat(2000);
        for (int i = 0; i < 2200; i++) {
            store.invalidate((i + filler).getBytes(UTF_8));
        }
        files.faults().none();
        clock.advance(Duration.ofSeconds(1));
        put(store, "b", "1");

        assertThat(get(store, "a")).isNull();
        assertThat(get(store, "b")).isEqualTo("1");
        assertThat(store.size()).isOne();
        try (var again = reopenedAfterKill()) {
            assertThat(get(again, "a")).isNull();
            assertThat(get(again, "b")).isEqualTo("1");
        }
        store.close();
    }

    @Test
    void writeAll_failsInALaterSegment_showsTheOldEntries() throws IOException {
        try (var store = open(Durability.NONE)) {
            var writes = new ArrayList<StoreWrite>();
            for (int i = 0; i < 12; i++) {
                put(store, "key" + i, "old");
                writes.add(new StoreWrite(bytes("key" + i), EntryStore.ANY, new byte[1000], EntryStore.ETERNAL));
            }
            int segments = files.list().size();
            // The rest of the head, a header, a whole part, a header; then it fails.
            files.faults().once(Call.WRITE, 5, Failure.SHORT_WRITE);
            assertThatThrownBy(() -> store.writeAll(writes))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FAILED));
            assertThat(files.list()).as("it had begun others").hasSizeGreaterThan(segments);
            for (int i = 0; i < 12; i++) {
                assertThat(get(store, "key" + i)).isEqualTo("old");
            }
            put(store, "key0", "new");
            assertThat(get(store, "key0")).isEqualTo("new");
        }
    }

    @Test
    void tick_afterASegmentHasLostItsEnd_sealsTheRestAndDropsItOnceItIsNotNeeded() throws IOException {
        var store = open(Durability.NONE);
        put(store, "a", "1");
        store.sync();
        var first = SegmentHeader.fileName(1);
        assertThat(files.list()).contains(first);
        put(store, "b", "1");
        files.faults().once(Call.SYNC, 1, Failure.SYNC_LOSES);
        assertThatThrownBy(store::sync).isInstanceOf(StoreException.class);
        letASecondPass(store);
        assertThat(get(store, "a")).isEqualTo("1");
        try (var again = reopenedAfterKill()) {
            assertThat(get(again, "a")).isEqualTo("1");
            assertThat(get(again, "b")).isNull();
        }

        put(store, "a", "2");
        Logs.roll(store, 3);
        letASecondPass(store);
        assertThat(files.list()).doesNotContain(first);
        assertThat(get(store, "a")).isEqualTo("2");
        store.close();
    }

    @Test
    void touch_syncFails_isNotShown() throws IOException {
        var store = open(Durability.ALWAYS);
        long deadline = clock.millis() + 60_000;
        long stamp = put(store, "a", "1", deadline);
        files.faults().once(Call.SYNC, 1, Failure.IO_ERROR);
        files.faults().from(Call.READ, 1, Failure.IO_ERROR);
        assertThatThrownBy(() -> store.touch(bytes("a"), stamp, deadline + 60_000))
                .isInstanceOf(StoreException.class);
        assertThat(store.find(bytes("a"))).isNull();
        files.faults().none();
        letASecondPass(store);
        put(store, "b", "1");
        assertThat(store.find(bytes("a"))).isNull();
        store.close();
    }
}
