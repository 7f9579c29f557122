package io.coffer.store.log;

import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreWrite;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hints that are gathered while records are written: they are those that reading would find, whatever happens meanwhile. */
class LogGatheredHintsTest {
    private static final int SEGMENT_BYTES = 1 << 19;
    /** Of the shortest records, more than two blocks of hints, and less than a segment. */
    private static final int MANY = 2 * HintSeal.BLOCK_HINTS + 100;

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    private LogStore open(SimulatedFiles directory, Durability durability, long maxDiskBytes) throws IOException {
        return LogStore.open(directory, Logs.roomy(durability, clock, SEGMENT_BYTES, maxDiskBytes));
    }

    private LogStore open(SimulatedFiles directory) throws IOException {
        return open(directory, Durability.NONE, Long.MAX_VALUE);
    }

    private static void putMany(EntryStore store) {
        for (int i = 0; i < MANY; i++) {
            put(store, "key" + i, "");
        }
    }

    private static void fillSegment(EntryStore store) {
        for (int i = 0; i < SEGMENT_BYTES / 1000; i++) {
            put(store, "filler" + i, "x".repeat(1000));
        }
    }

    private long hintBytes() {
        var hints = files.crash().killed().files().get(HintedLog.HINTS);
        return hints == null ? -1 : hints.length;
    }

    /** Opens by hints alone, then by records alone, and expects the same. */
    private void expectHintsLikeRecords(SimulatedFiles directory, int hintFilesMin) throws IOException {
        var image = directory.crash().killed();
        var hints = HintedLog.names(image.files().keySet(), ".hint");
        assertThat(hints).hasSizeGreaterThanOrEqualTo(hintFilesMin);
        var without = image;
        for (var name : hints) {
            without = without.without(name);
        }
        var hinted = recover(image);
        assertThat(hinted.hintBytes()).hasSameSizeAs(hints);
        var read = recover(without);
        assertThat(read.hintBytes()).isEmpty();
        assertThat(slots(hinted)).isEqualTo(slots(read)).isNotEmpty();
    }

    private Recovered recover(DiskImage image) throws IOException {
        return LogRecovery.recover(new SimulatedFiles(image, 1), Logs.options(Durability.NONE, clock));
    }

    private static List<String> slots(Recovered recovered) {
        var slots = new ArrayList<String>();
        var scan = recovered.index().scan();
        while (scan.next()) {
            slots.add(scan.fingerprint() + " " + scan.location() + " " + scan.expiresAtMillis());
        }
        return slots;
    }

    @Test
    void write_moreThanABlockOfHints_putsThemIntoTheFileMeanwhile() throws IOException {
        var store = open(files);
        for (int i = 0; i < HintSeal.BLOCK_HINTS; i++) {
            put(store, "key" + i, "");
        }
        assertThat(hintBytes()).isEqualTo(-1);
        put(store, "last", "");

        var suite = Encrypted.ENCRYPTION == null ? Suite.PLAIN : Suite.SEALED;
        assertThat(hintBytes()).isEqualTo(HintHeader.fileBytes(HintSeal.BLOCK_HINTS, suite) - LogFormat.CHECKSUM_BYTES);
        assertThat(files.crash().killed().files().get(HintedLog.HINTS)).startsWith(new byte[LogFormat.HEADER_BYTES]);
        assertThat(recover(files.crash().killed()).index().size()).isEqualTo(HintSeal.BLOCK_HINTS + 1);
    }

    @Test
    void tick_segmentOfSeveralBlocks_hasTheHintsOfItsRecords() throws IOException {
        var store = open(files);
        putMany(store);
        fillSegment(store);
        store.tick();

        expectHintsLikeRecords(files, 1);
    }

    /** A batch, a removal, another deadline, and marks of syncs, which are no changes. */
    @Test
    void tick_recordsOfAllKinds_hasTheirHints() throws IOException {
        var store = open(files, Durability.ALWAYS, Long.MAX_VALUE);
        long stamp = put(store, "a", "1", clock.millis() + 1000);
        store.touch(Logs.bytes("a"), stamp, clock.millis() + 2000);
        store.clear();
        var writes = new ArrayList<StoreWrite>();
        for (int i = 0; i < 100; i++) {
            writes.add(new StoreWrite(Logs.bytes("b" + i), EntryStore.ANY, Logs.bytes("1"), EntryStore.ETERNAL));
        }
        store.writeAll(writes);
        store.remove(Logs.bytes("b1"), EntryStore.ANY);
        put(store, "b2", "2", clock.millis() + 500);
        fillSegment(store);
        store.tick();

        expectHintsLikeRecords(files, 1);
    }

    @Test
    void tick_segmentsCompacted_hasHintsOfWhatIsNew() throws IOException {
        var store = open(files);
        for (int i = 0; i < 5; i++) {
            put(store, "stays" + i, "x".repeat(2000), clock.millis() + 1_000_000);
            fillSegment(store);
        }
        store.remove(Logs.bytes("stays1"), EntryStore.ANY);
        for (int i = 0; i < 3; i++) {
            store.tick();
        }

        var compacted = recover(files.crash().killed()).segments().stream()
                .filter(segment -> segment.header().kind() == SegmentKind.COMPACTED)
                .map(segment -> HintHeader.fileName(segment.header().id()))
                .toList();
        assertThat(compacted).isNotEmpty();
        assertThat(files.list()).containsAll(compacted);
        expectHintsLikeRecords(files, compacted.size());
    }

    /** Nobody notices, and the segment is read for its hints. */
    @Test
    void write_hintsCannotBeWritten_succeedsAndHasThemLater() throws IOException {
        for (var failure : new Failure[] {Failure.IO_ERROR, Failure.NO_SPACE, Failure.SHORT_WRITE}) {
            for (var call : new Call[] {Call.CREATE, Call.WRITE}) {
                var directory = new SimulatedFiles();
                var store = open(directory);
                put(store, "first", "1");
                for (int i = 1; i < HintSeal.BLOCK_HINTS; i++) {
                    put(store, "key" + i, "");
                }
                // The record itself is written first.
                directory.faults().once(call, call == Call.WRITE ? 2 : 1, failure);
                put(store, "last", "1");
                assertThat(directory.faults().failures())
                        .as("%s %s", call, failure)
                        .isEqualTo(1);
                directory.faults().none();
                assertThat(directory.list()).as("%s %s", call, failure).doesNotContain(HintedLog.HINTS);
                assertThat(get(store, "last")).isEqualTo("1");
                assertThat(store.counters().failedWrites()).isZero();

                fillSegment(store);
                store.tick();
                assertThat(directory.list()).contains(HintedLog.HINTS);
                expectHintsLikeRecords(directory, 1);
            }
        }
    }

    /** Its segment ends before what has failed, so hints of that are none. */
    @Test
    void write_failedAppend_leavesNoHintOfIt() throws IOException {
        var store = open(files);
        putMany(store);
        assertThat(hintBytes()).isPositive();
        files.faults().once(Call.WRITE, 1, Failure.IO_ERROR);
        try {
            put(store, "fails", "1");
            assertThat(files.faults().failures()).isEqualTo(1);
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.FAILED);
        }
        files.faults().none();
        assertThat(hintBytes()).isEqualTo(-1);
        put(store, "next", "1");
        store.tick();

        expectHintsLikeRecords(files, 1);
    }

    /** Room for entries is worth more than hints, also than those of a segment that is being written. */
    @Test
    void write_boundNear_keepsIt() throws IOException {
        long bound = 12L * SEGMENT_BYTES;
        var store = open(files, Durability.NONE, bound);
        boolean hadHints = false;
        for (int i = 0; i < 60 * MANY; i++) {
            put(store, "key" + i, "");
            if (i % 500 == 0) {
                var all = files.crash().killed().files();
                hadHints |= !HintedLog.names(all.keySet(), ".hint").isEmpty();
                assertThat(all.values().stream()
                                .mapToLong(bytes -> bytes.length)
                                .sum())
                        .as("after %s", i)
                        .isLessThanOrEqualTo(bound);
            }
        }
        assertThat(hadHints).isTrue();
        assertThat(store.counters().evictedEntries()).isPositive();
    }
}
