package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What opening a log finds, leaves and refuses. */
class LogRecoveryTest {
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void release() {
        log.close();
    }

    private static SimulatedFiles on(DiskImage image) {
        return new SimulatedFiles(image, 1);
    }

    private static Recovered recover(SimulatedFiles files, Recovery recovery) throws IOException {
        return LogRecovery.recover(files, TinyLog.options(recovery));
    }

    private void expectRefusal(DiskImage image, Recovery recovery, StoreException.Kind kind, String message) {
        var files = on(image);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> recover(files, recovery))
                .withMessageContaining("\"cache\"")
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(files.crash().killed()).isEqualTo(image);
    }

    @Test
    void recover_emptyDirectory_makesAStore() throws IOException {
        var files = new SimulatedFiles();

        var recovered = recover(files, Recovery.STRICT);

        assertThat(recovered.segments()).isEmpty();
        assertThat(recovered.lastSequence()).isZero();
        assertThat(files.list()).containsExactly("MANIFEST", "STORE");
        assertThat(recover(on(files.crash().unsyncedLost()), Recovery.STRICT).identity())
                .isEqualTo(recovered.identity());
    }

    /** Whoever has made that up could else not be written to. */
    @Test
    void recover_sequenceNumberThatNobodyReaches_isDamage() throws IOException {
        var files = new SimulatedFiles();
        long store = recover(files, Recovery.STRICT).identity().tag();
        for (long sequence : new long[] {LogFormat.U48_MAX / 2, LogFormat.U48_MAX}) {
            var header = new SegmentHeader(SegmentKind.WRITTEN, Suite.PLAIN, 1, sequence - 1, TinyLog.NOW, store, 7, 0);
            var bytes = new Samples.Writer(header);
            bytes.add(RecordType.PUT, false, sequence, LogFormat.ETERNAL, "a", "1");
            var image = files.crash().killed().with(SegmentHeader.fileName(1), bytes.bytes());
            if (sequence == LogFormat.U48_MAX) {
                for (var recovery : Recovery.values()) {
                    expectRefusal(image, recovery, StoreException.Kind.DAMAGED, "sequence numbers up to");
                }
            } else {
                assertThat(recover(on(image), Recovery.STRICT).lastSequence()).isEqualTo(sequence);
            }
        }
    }

    @Test
    void recover_storeClosedInOrder_changesNothing() throws IOException {
        var files = on(LogHistory.sample().image());
        var first = recover(files, Recovery.STRICT);
        var image = files.crash().killed();

        var second = recover(on(image), Recovery.STRICT);

        assertThat(second.manifest()).isEqualTo(first.manifest());
        assertThat(second.segments()).isEqualTo(first.segments());
        assertThat(second.lastSequence()).isEqualTo(first.lastSequence());
        assertThat(second.damagedEntries()).isZero();
        assertThat(files.crash().killed()).isEqualTo(image);
    }

    @Test
    void recover_afterAKill_sealsAndListsEverySegment() throws IOException {
        var history = LogHistory.sample();
        var files = on(history.image());

        var recovered = recover(files, Recovery.STRICT);

        assertThat(TinyLog.contents(files, recovered)).isEqualTo(history.last());
        assertThat(recovered.segments()).extracting(RecoveredSegment::number).containsExactly(0, 1, 2, 3);
        assertThat(recovered.segments()).extracting(each -> each.header().id()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(recovered.manifest().segments())
                .isEqualTo(recovered.segments().stream()
                        .map(RecoveredSegment::line)
                        .toList())
                .allMatch(line -> line.state() == SegmentState.SEALED);
        assertThat(recovered.segments()).extracting(RecoveredSegment::live).containsExactly(0, 2, 2, 1);
        assertThat(recovered.segments())
                .extracting(each -> each.shadows().count())
                .containsExactly(3, 5, 3, 4);
        assertThat(recovered.lastSequence()).isEqualTo(15);
    }

    @Test
    void recover_otherDescription_isRefused() throws IOException {
        var image = LogHistory.sample().image();
        var files = on(image);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> LogRecovery.recover(files, describedAs("key string, value json")))
                .withMessage(
                        "The store of cache \"cache\" in a simulated directory was made for key string, value string;"
                                + " the configuration wants key string, value json. Put the old settings back, or delete that"
                                + " folder, which loses its entries. Nothing was changed.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.MISMATCH));
        assertThat(files.crash().killed()).isEqualTo(image);
    }

    private static LogOptions describedAs(String description) {
        var options = TinyLog.options(Recovery.SALVAGE);
        return new LogOptions(
                options.cacheName(),
                description,
                options.durability(),
                1,
                options.recovery(),
                1 << 20,
                1 << 20,
                1 << 20,
                Long.MAX_VALUE,
                false,
                0,
                options.wallClock(),
                options.nanoTime(),
                options.random(),
                false);
    }

    /** The first mistake in a configuration is found by the first put, when the store has been made. */
    @Test
    void recover_otherDescriptionButNoSegment_takesIt() throws IOException {
        var files = new SimulatedFiles();
        var first = recover(files, Recovery.STRICT).identity();
        var wanted = describedAs("key string, value json");

        var second = LogRecovery.recover(files, wanted).identity();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.description()).isEqualTo("key string, value json");
        assertThat(LogRecovery.recover(on(files.crash().unsyncedLost()), wanted).identity())
                .isEqualTo(second);
    }

    /** A segment that is listed and lost had entries. */
    @Test
    void recover_otherDescriptionAndAllSegmentsLost_isRefused() throws IOException {
        var files = on(LogHistory.sample().image());
        recover(files, Recovery.STRICT);
        for (var name : files.list()) {
            if (name.endsWith(".seg")) {
                files.delete(name);
            }
        }

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> LogRecovery.recover(files, describedAs("key string, value json")))
                .withMessageContaining("was made for key string, value string");
    }

    @Test
    void recover_takingAnotherDescriptionFails_opensWithEither() throws IOException {
        var empty = new SimulatedFiles();
        recover(empty, Recovery.STRICT);
        var wanted = describedAs("key string, value json");
        int failed = 0;
        for (int n = 1; ; n++) {
            var files = on(empty.crash().killed());
            files.faults().onceAny(n, Failure.IO_ERROR);
            try {
                LogRecovery.recover(files, wanted);
                break;
            } catch (IOException e) {
                failed++;
            }
            var crash = files.crash();
            for (var image : List.of(crash.killed(), crash.unsyncedLost())) {
                assertThat(recover(on(image), Recovery.STRICT).segments()).isEmpty();
                assertThat(LogRecovery.recover(on(image), wanted).identity().description())
                        .isEqualTo("key string, value json");
            }
        }
        assertThat(failed).isGreaterThan(5);
    }

    @Test
    void recover_laterFormat_isRefused() throws IOException {
        var image = LogHistory.sample().image();
        for (var file : image.files().keySet()) {
            var later = Damage.resealed(image.files().get(file).clone(), 8, 2);
            for (var recovery : Recovery.values()) {
                expectRefusal(
                        image.with(file, later),
                        recovery,
                        StoreException.Kind.MISMATCH,
                        file + " was written by a later version of Coffer");
            }
        }
    }

    @Test
    void recover_withoutManifest_isForSalvageOnly() throws IOException {
        var history = LogHistory.sample();
        var image = history.image().without("MANIFEST");

        expectRefusal(
                image,
                Recovery.POINT_IN_TIME,
                StoreException.Kind.DAMAGED,
                "The store of cache \"cache\" in a simulated directory cannot be opened: MANIFEST is missing. Set \"recovery\":"
                        + " \"salvage\" to take what can be read, or delete the folder, which loses its entries. Nothing was"
                        + " changed.");
        expectRefusal(image, Recovery.STRICT, StoreException.Kind.DAMAGED, "MANIFEST");
        var files = on(image);
        assertThat(TinyLog.contents(files, recover(files, Recovery.SALVAGE))).isEqualTo(history.last());
        assertThat(TinyLog.contents(files, recover(files, Recovery.STRICT))).isEqualTo(history.last());
    }

    @Test
    void recover_withoutStore_isRefused() throws IOException {
        var image = LogHistory.sample().image().without("STORE");

        for (var recovery : Recovery.values()) {
            expectRefusal(
                    image,
                    recovery,
                    StoreException.Kind.DAMAGED,
                    "The store of cache \"cache\" in a simulated directory cannot be opened: STORE is missing. Without it"
                            + " nothing can be read: put back a copy of the whole folder, or delete the folder, which"
                            + " loses its entries. Nothing was changed.");
        }
    }

    @Test
    void recover_sealedSegmentMissing_countsAndHidesWhatIsOlder() throws IOException {
        var image = LogHistory.sample().image().without("000000000002.seg");
        expectRefusal(
                image,
                Recovery.STRICT,
                StoreException.Kind.DAMAGED,
                "The store of cache \"cache\" in a simulated directory is damaged: 000000000002.seg is missing");
        expectRefusal(
                image,
                Recovery.STRICT,
                StoreException.Kind.DAMAGED,
                ". Expected: all that was written, as \"recovery\": \"strict\" says. Set \"pointInTime\" to open it without what is"
                        + " lost and all that is older, or \"salvage\" to take what can be read. Nothing was changed.");
        var files = on(image);

        var recovered = recover(files, Recovery.POINT_IN_TIME);

        assertThat(TinyLog.contents(files, recovered)).isEqualTo(Map.of("other", "4", "kept", "5", "unsynced", "7"));
        assertThat(recovered.damagedEntries()).isEqualTo(6);
        assertThat(log.warnings()).hasSize(1).first().asString().contains("\"cache\"", "000000000002.seg is missing");
        var again = recover(files, Recovery.STRICT);
        assertThat(TinyLog.contents(files, again)).hasSize(3);
        assertThat(again.damagedEntries()).isZero();
        assertThat(again.segments())
                .filteredOn(segment -> segment.header().kind() == SegmentKind.COMPACTED)
                .singleElement()
                .satisfies(clear -> assertThat(clear.shadows().count()).isEqualTo(1));
    }

    @Test
    void recover_sealedSegmentMissing_salvageKeepsWhatIsOlder() throws IOException {
        var files = on(LogHistory.sample().image().without("000000000002.seg"));

        assertThat(TinyLog.contents(files, recover(files, Recovery.SALVAGE)))
                .containsEntry("replaced", "old")
                .containsEntry("kept", "5");
    }

    @Test
    void recover_filesOfOthers_areSetAsideOrLeft() throws IOException {
        var history = LogHistory.sample();
        var image = history.image();
        var copy = image.files().get("000000000001.seg");
        var files = on(image.with("000000000077.seg", copy)
                .with("RESERVE", new byte[5])
                .with("0a7.seg", copy)
                .with("anything.tmp", new byte[3]));

        var recovered = recover(files, Recovery.STRICT);

        assertThat(TinyLog.contents(files, recovered)).isEqualTo(history.last());
        assertThat(files.list())
                .contains("000000000077.seg.aside", "RESERVE", "0a7.seg")
                .doesNotContain("000000000077.seg", "anything.tmp");
        assertThat(files.crash().killed().files().get("000000000077.seg.aside")).isEqualTo(copy);
    }

    @Test
    void recover_manyFilesToSetAside_keepsTheNewestAndTellsOnce() throws IOException {
        var image = LogHistory.sample().image();
        var copy = image.files().get("000000000001.seg");
        for (int i = 10; i < 10 + SetAside.FILES_MAX; i++) {
            image = image.with("0000000000" + i + ".seg.aside", new byte[i]);
        }
        var files = on(image.with("000000000005.seg", copy).with("000000000077.seg", copy));

        recover(files, Recovery.STRICT);

        assertThat(files.list())
                .contains("000000000005.seg.aside", "000000000077.seg.aside", "000000000012.seg.aside")
                .doesNotContain("000000000010.seg.aside", "000000000011.seg.aside")
                .filteredOn(name -> name.endsWith(".aside"))
                .hasSize(SetAside.FILES_MAX);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(
                        "cache",
                        ".aside",
                        "Files: 2",
                        "the first is 000000000005.seg.aside",
                        "Bytes: " + 2 * copy.length);
        recover(files, Recovery.STRICT);
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void recover_tornTail_isCutOffAndKept() throws IOException {
        var history = LogHistory.sample();
        var whole = history.image().files().get("000000000004.seg");
        var torn = Arrays.copyOf(whole, whole.length - 1);
        var files = on(history.image().with("000000000004.seg", torn));

        var recovered = recover(files, Recovery.STRICT);

        assertThat(TinyLog.contents(files, recovered)).containsEntry("late", "6");
        assertThat(files.list()).filteredOn(name -> name.endsWith(".aside")).hasSize(1);
        assertThat(recovered.damagedEntries()).isZero();
        assertThat(recovered.lastSequence()).isEqualTo(14);
    }

    @Test
    void recover_wallClockSetBack_timeDoesNotGoBack() throws IOException {
        var files = new SimulatedFiles();
        var first = TinyLog.open(files);
        first.put("short", "1", TinyLog.NOW + 10);
        first.put("long", "2", TinyLog.NOW + 1_000_000);
        var later = TinyLog.options(Recovery.STRICT, () -> Instant.ofEpochMilli(TinyLog.NOW + 500));
        assertThat(TinyLog.open(files, later).contents()).isEqualTo(Map.of("long", "2"));
        var earlier = TinyLog.options(Recovery.STRICT, () -> Instant.ofEpochMilli(TinyLog.NOW - 500_000));

        var again = TinyLog.open(files, earlier);

        assertThat(again.contents()).isEqualTo(Map.of("long", "2"));
        assertThat(again.recovered.clock().millis()).isEqualTo(TinyLog.NOW + 500);
    }

    @Test
    void recover_eachRecordsClock_isKept() throws IOException {
        var files = new SimulatedFiles();
        TinyLog.open(files).remove("any");
        var earlier = TinyLog.options(Recovery.STRICT, () -> Instant.ofEpochMilli(Samples.CREATED));

        assertThat(LogRecovery.recover(files, earlier).clock().millis()).isEqualTo(TinyLog.NOW);
    }
}
