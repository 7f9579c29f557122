package io.coffer.store.log;

import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** When files of hints are written, and when they go. */
class LogHintTest {
    private final SimulatedFiles files = new SimulatedFiles();
    private final HintedLog log = new HintedLog();

    @Test
    void tick_afterAnOpeningWithoutHints_writesThemAnew() throws IOException {
        var image = log.killed(files);
        var name = HintedLog.names(image.files().keySet(), ".hint").get(0);
        var torn = Arrays.copyOf(image.files().get(name), 100);
        var directory = new SimulatedFiles(image.with(name, torn), 1);
        var store = log.open(directory);
        for (int i = 0; i < 3; i++) {
            store.tick();
        }

        assertThat(directory.crash().killed().files().get(name))
                .isEqualTo(image.files().get(name));
    }

    @Test
    void close_always_leavesHintsOfTheLastSegment() throws IOException {
        try (var store = log.open(files)) {
            put(store, "a", "1");
        }

        assertThat(files.crash().killed().files()).containsKeys(HintedLog.SEGMENT, HintedLog.HINTS);
        assertThat(get(
                        log.open(new SimulatedFiles(
                                HintedLog.rotten(files.crash().killed(), HintedLog.SEGMENT), 1)),
                        "b"))
                .isNull();
    }

    /** Until then the segment is not known to be sealed, and opening would throw the hints away. */
    @Test
    void tick_manifestCannotBeWritten_waitsWithHints() throws IOException {
        var store = log.open(files);
        for (int i = 0; i < 4; i++) {
            put(store, HintedLog.KEYS[i], "x".repeat(200));
        }
        files.faults().from(Call.RENAME, 1, Failure.IO_ERROR);
        store.tick();
        assertThat(HintedLog.names(files.list(), ".hint")).isEmpty();

        files.faults().none();
        store.tick();

        assertThat(files.list()).contains(HintedLog.HINTS);
    }

    @Test
    void tick_segmentDropped_takesItsHintsAway() throws IOException {
        var store = log.open(files);
        for (int i = 0; i < 40; i++) {
            put(store, "a", "x".repeat(100));
            store.tick();
        }

        assertThat(files.list()).doesNotContain(HintedLog.SEGMENT, HintedLog.HINTS);
        for (var name : HintedLog.names(files.list(), ".hint")) {
            assertThat(files.list()).contains(name.replace(".hint", ".seg"));
        }
    }

    @Test
    void counters_segmentsWithHints_countTheirBytes() throws IOException {
        var store = log.open(files);
        var without = log.open(new SimulatedFiles(), Recovery.STRICT);
        for (int i = 0; i < 6; i++) {
            put(store, HintedLog.KEYS[i], "x".repeat(300));
            put(without, HintedLog.KEYS[i], "x".repeat(300));
        }
        store.tick();
        without.tick();
        int more = 0;
        var image = files.crash().killed();
        for (var name : HintedLog.names(image.files().keySet(), ".hint")) {
            more += image.files().get(name).length;
        }

        assertThat(HintedLog.names(image.files().keySet(), ".hint")).hasSizeGreaterThan(2);
        assertThat(store.counters().diskBytes() - without.counters().diskBytes())
                .isEqualTo(more);
        assertThat(log.open(new SimulatedFiles(image, 1)).counters().diskBytes())
                .isGreaterThan(store.counters().diskBytes() - 100 - headRoom(image));
    }

    /** What the next opening cuts off. */
    private static int headRoom(DiskImage image) {
        var names = HintedLog.names(image.files().keySet(), ".seg");
        var head = image.files().get(names.get(names.size() - 1));
        int end = head.length;
        while (head[end - 1] == 0) {
            end--;
        }
        return head.length - end;
    }

    @Test
    void tick_noRoomForHints_writesNone() throws IOException {
        var store = log.open(files);
        files.limitTo(1 << 20);
        for (int i = 0; i < 6; i++) {
            put(store, HintedLog.KEYS[i], "x".repeat(300));
            store.tick();
        }
        assertThat(HintedLog.names(files.list(), ".hint")).isEmpty();

        files.limitTo(Long.MAX_VALUE);
        store.tick();

        assertThat(files.list()).contains(HintedLog.HINTS);
    }

    /** Each call that writing a file of hints makes, failing in turn: nobody notices. */
    @Test
    void tick_anyCallForHintsFails_failsNothing() throws IOException {
        int failures = 0;
        var image = log.killed(files).without(HintedLog.HINTS);
        for (var failure : new Failure[] {Failure.IO_ERROR, Failure.NO_SPACE, Failure.SHORT_WRITE}) {
            for (int n = 1; n < 40; n++) {
                var directory = new SimulatedFiles(image, n);
                var store = log.open(directory);
                var expected = log.contents(store);
                directory.faults().onceAny(n, failure);
                store.tick();
                failures += directory.faults().failures();
                directory.faults().none();

                assertThat(log.contents(store)).isEqualTo(expected);
                put(store, "g", "1");
                store.tick();
                assertThat(log.contents(directory.crash().killed())).isEqualTo(expected);
                assertThat(store.counters().failedWrites()).isZero();
            }
        }
        assertThat(failures).isGreaterThan(20);
    }
}
