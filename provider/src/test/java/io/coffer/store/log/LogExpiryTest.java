package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.get;
import static io.coffer.store.log.Logs.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What has expired in a log: who wants to see it does before it goes, and else it goes without being read. */
class LogExpiryTest {
    private static final String FIRST = "000000000001.seg";

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();

    private LogStore open(SimulatedFiles directory) throws IOException {
        return LogStore.open(directory, Logs.options(Durability.NONE, clock));
    }

    /** Writes entries that expire in a minute, over several segments. */
    private void putShort(LogStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            put(store, "k" + i, "v" + i, clock.millis() + 60_000);
        }
        Logs.roll(store, 3);
    }

    private void passOneMinute() {
        clock.advance(Duration.ofMinutes(1));
    }

    /** All that one round shows, in as many calls as it takes, twice if it is shown twice. */
    private static List<String> round(EntryStore store, int most) {
        var shown = new ArrayList<String>();
        List<byte[]> keys;
        do {
            keys = store.expired(most);
            keys.forEach(key -> shown.add(new String(key, UTF_8)));
        } while (keys.size() == most);
        return shown;
    }

    private static List<String> round(EntryStore store) {
        return round(store, 1_000);
    }

    private static void tick(LogStore store) {
        store.tick();
        store.tick();
        store.tick();
    }

    private static String[] keys(int entries) {
        return IntStream.range(0, entries).mapToObj(i -> "k" + i).toArray(String[]::new);
    }

    @Test
    void expired_segmentsAllExpired_stayUntilAllWasSeenAndRemoved() throws IOException {
        try (var store = open(files)) {
            store.keepExpired(true);
            putShort(store, 105);
            passOneMinute();
            tick(store);
            assertThat(files.list()).contains(FIRST);

            var shown = round(store, 10);

            assertThat(shown).containsExactlyInAnyOrder(keys(105));
            assertThat(get(store, "k7")).isEqualTo("v7");
            shown.forEach(key -> store.remove(bytes(key), EntryStore.ANY));
            tick(store);
            assertThat(files.list()).doesNotContain(FIRST);
            assertThat(round(store)).isEmpty();
        }
    }

    @Test
    void remove_expired_writesNothing() throws IOException {
        try (var store = open(files)) {
            putShort(store, 50);
            passOneMinute();
            long bytes = store.counters().diskBytes();
            int writes = files.faults().count(Call.WRITE);

            for (int i = 0; i < 50; i++) {
                assertThat(store.remove(bytes("k" + i), EntryStore.ANY)).isTrue();
            }

            assertThat(store.size()).isEqualTo(1);
            assertThat(store.counters().diskBytes()).isEqualTo(bytes);
            assertThat(files.faults().count(Call.WRITE)).isEqualTo(writes);
        }
    }

    @Test
    void tick_nobodyWantsToSee_dropsAndReadsNothing() throws IOException {
        try (var store = open(files)) {
            store.keepExpired(true);
            store.keepExpired(false);
            putShort(store, 50);
            for (int i = 0; i < 20; i++) {
                tick(store); // writes the hints of a segment each, which it reads for that
            }
            passOneMinute();
            int reads = files.faults().count(Call.READ);

            tick(store);

            assertThat(store.size()).isEqualTo(1);
            assertThat(files.list()).doesNotContain(FIRST);
            assertThat(files.faults().count(Call.READ)).isEqualTo(reads);
        }
    }

    @Test
    void expired_nothingIsDue_readsNothing() throws IOException {
        try (var store = open(files)) {
            store.keepExpired(true);
            putShort(store, 50);
            int reads = files.faults().count(Call.READ);

            assertThat(round(store)).isEmpty();

            assertThat(files.faults().count(Call.READ)).isEqualTo(reads);
        }
    }

    @Test
    void expired_recordDamaged_isCountedAndGoneAndTheOthersAreShown() throws IOException {
        try (var store = open(files)) {
            store.keepExpired(true);
            // A record of 64 bytes is read without a byte more, so any bit that is wrong is one of the record.
            put(store, "a", "x".repeat(63 - LogFormat.RECORD_HEADER_BYTES), clock.millis() + 60_000);
            putShort(store, 20);
            passOneMinute();
            damageTheFirstReadOf(store, "a");

            var shown = round(store);

            assertThat(shown).hasSize(20).doesNotContain("a");
            assertThat(store.counters().damagedEntries()).isEqualTo(1);
            assertThat(store.find(bytes("a"))).isNull();
            assertThat(round(store)).as("the next round").hasSize(20);
        }
    }

    /** Which read of a round is that of a key depends on its fingerprint alone: a round without damage tells. */
    private void damageTheFirstReadOf(LogStore store, String key) {
        int at = round(store).indexOf(key);
        files.faults().once(Call.READ, at + 1, Failure.FLIPPED_BIT);
    }

    @Test
    void expired_diskRefusesToRead_areCountedAndGone() throws IOException {
        try (var store = open(files)) {
            store.keepExpired(true);
            putShort(store, 20);
            passOneMinute();
            files.faults().from(Call.READ, 1, Failure.IO_ERROR);

            assertThat(round(store)).isEmpty();
            assertThat(round(store)).isEmpty();
            files.faults().none();

            assertThat(store.counters().failedReads()).isEqualTo(20);
            assertThat(store.size()).isEqualTo(1);
        }
    }

    @Test
    void tick_diskFull_dropsUnseen() throws IOException {
        try (var store = open(files)) {
            store.keepExpired(true);
            putShort(store, 50);
            passOneMinute();
            files.faults().from(Call.WRITE, 1, Failure.NO_SPACE);
            files.faults().from(Call.CREATE, 1, Failure.NO_SPACE);
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> put(store, "more", "v"));

            store.tick();

            assertThat(store.size()).isEqualTo(1);
            files.faults().none();
        }
    }

    @Test
    void tick_nobodyHasAskedForLong_dropsUnseen() throws IOException {
        try (var store = open(files)) {
            store.keepExpired(true);
            putShort(store, 50);
            clock.advance(Duration.ofMinutes(9));
            tick(store);
            assertThat(store.size()).isEqualTo(51);

            clock.advance(Duration.ofMinutes(2));
            tick(store);

            assertThat(store.size()).isEqualTo(1);
        }
    }

    @Test
    void open_afterAKill_showsNothingThatHadExpired() throws IOException {
        var store = open(files);
        store.keepExpired(true);
        putShort(store, 40);
        put(store, "later", "v", clock.millis() + 120_000);
        passOneMinute();
        var shown = round(store);
        shown.subList(0, 20).forEach(key -> store.remove(bytes(key), EntryStore.ANY));

        try (var again = open(new SimulatedFiles(files.crash().killed(), 1))) {
            again.keepExpired(true);
            assertThat(round(again)).isEmpty();
            assertThat(again.size()).as("filler and later").isEqualTo(2);
            passOneMinute();
            assertThat(round(again)).containsExactly("later");
        }
    }

    @Test
    void expired_closed_isRefused() throws IOException {
        var store = open(files);
        store.close();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> store.expired(1));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> store.keepExpired(true));
    }
}
