package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes that are not what was written: a right value, a miss, or a StoreException, never a wrong value. {@code -Dcoffer.bits=1} flips
 * every bit instead of some.
 */
class LogDamageTest {
    private static final int EVERY_NTH_BIT = Integer.getInteger("coffer.bits", 3);
    private static final long SEED = 4;

    /** All that was ever put for a key, and what is there in the end. */
    private final Map<String, Set<String>> put = new HashMap<>();

    private final Map<String, String> last = new TreeMap<>();
    private DiskImage closed;
    private DiskImage killed;

    @BeforeEach
    void makeStores() throws IOException {
        var files = new SimulatedFiles();
        var session = subject(Recovery.POINT_IN_TIME).open(files);
        for (int i = 0; i < 12; i++) {
            for (var key : new String[] {"a", "b", "c", "d", "e"}) {
                if ((i + key.charAt(0)) % 3 == 0) {
                    put(session, key, "value " + i + " of " + key + "x".repeat(i));
                } else if (i % 5 == 4 && key.equals("c")) {
                    session.remove(key);
                    last.remove(key);
                }
            }
            if (i == 5) {
                session.reopen();
            }
        }
        killed = files.crash().killed();
        session.store().close();
        closed = files.crash().killed();
        assertThat(closed.files().keySet().stream().filter(name -> name.endsWith(".seg")))
                .hasSizeGreaterThan(3);
    }

    private void put(LogSession session, String key, String value) {
        session.put(key, value);
        last.put(key, value);
        put.computeIfAbsent(key, some -> new HashSet<>()).add(value);
    }

    private static LogSubject subject(Recovery recovery) {
        return new LogSubject(Durability.NONE, recovery, LogSubject.SMALL, SEED);
    }

    @Test
    void open_undamaged_hasAll() throws IOException {
        assertThat(contents(closed, Recovery.STRICT)).isEqualTo(last);
        assertThat(contents(killed, Recovery.STRICT)).isEqualTo(last);
    }

    @ParameterizedTest
    @EnumSource
    void open_bitFlipped_showsNoWrongValue(Recovery recovery) throws IOException {
        for (var file : closed.files().entrySet()) {
            int bits = 8 * file.getValue().length;
            for (int bit = 0; bit < bits; bit += EVERY_NTH_BIT) {
                var bytes = file.getValue().clone();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                requireNothingWrong(
                        closed.with(file.getKey(), bytes), recovery, file.getKey() + ", bit " + bit + ", " + recovery);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_fileCutOrLonger_showsNoWrongValue(Recovery recovery) throws IOException {
        var random = new SplittableRandom(SEED);
        for (var file : closed.files().entrySet()) {
            var bytes = file.getValue();
            for (int length = 0; length < bytes.length; length += 1 + EVERY_NTH_BIT) {
                requireNothingWrong(
                        closed.with(file.getKey(), Arrays.copyOf(bytes, length)),
                        recovery,
                        file.getKey() + " cut to " + length + ", " + recovery);
            }
            for (int more : new int[] {1, 24, 100, 5_000}) {
                var garbage = new byte[more];
                random.nextBytes(garbage);
                var longer = Arrays.copyOf(bytes, bytes.length + more);
                requireNothingWrong(
                        closed.with(file.getKey(), longer), recovery, file.getKey() + " and zeros, " + recovery);
                longer = longer.clone();
                System.arraycopy(garbage, 0, longer, bytes.length, more);
                requireNothingWrong(
                        closed.with(file.getKey(), longer), recovery, file.getKey() + " and garbage, " + recovery);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_filesMissingOrExchanged_showsNoWrongValue(Recovery recovery) throws IOException {
        for (var one : closed.files().keySet()) {
            requireNothingWrong(closed.without(one), recovery, "without " + one + ", " + recovery);
            for (var other : closed.files().keySet()) {
                var bytes = closed.files().get(one);
                requireNothingWrong(
                        closed.with(other, bytes), recovery, one + " in place of " + other + ", " + recovery);
            }
            requireNothingWrong(
                    closed.with("0000000000f0.seg", closed.files().get(one)),
                    recovery,
                    one + " as a segment more, " + recovery);
        }
    }

    /** A flip in what a killed process left may look like a torn write; then it is as if the last changes had not been. */
    @Test
    void open_bitFlippedAfterAKill_showsNoWrongValue() throws IOException {
        for (var file : killed.files().entrySet()) {
            int bits = 8 * file.getValue().length;
            for (int bit = 0; bit < bits; bit += EVERY_NTH_BIT) {
                var bytes = file.getValue().clone();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                requirePut(killed.with(file.getKey(), bytes), file.getKey() + ", bit " + bit);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"FLIPPED_BIT", "MISDIRECTED", "STALE", "IO_ERROR"})
    void read_diskLies_showsNoWrongValue(Failure failure) throws IOException {
        int wrong = 0;
        for (int n = 1; n < 60; n++) {
            var files = new SimulatedFiles(closed, SEED + n);
            var session = subject(Recovery.POINT_IN_TIME).open(files);
            session.put("f", "written now");
            files.faults().once(Call.READ, n % 12 + 1, failure);
            for (var key : new String[] {"a", "b", "c", "d", "e", "f"}) {
                try {
                    var entry = session.store().read(LogSession.bytes(key));
                    if (entry == null) {
                        wrong += last.containsKey(key) ? 1 : 0;
                    } else {
                        assertThat(LogSession.text(entry.value()))
                                .as(key + ", " + failure + " " + n)
                                .isEqualTo(key.equals("f") ? "written now" : last.get(key));
                        assertThat(entry.expiresAtMillis()).isEqualTo(EntryStore.ETERNAL);
                    }
                } catch (StoreException e) {
                    wrong++;
                    assertThat(e.kind()).isIn(StoreException.Kind.DAMAGED, StoreException.Kind.FAILED);
                    assertThat(e.getMessage()).doesNotContain("value ", "written");
                }
            }
            files.faults().none();
            assertThat(LogSubject.asIoException(session::contents)).containsEntry("f", "written now");
        }
        assertThat(wrong).as("reads that failed").isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"FLIPPED_BIT", "MISDIRECTED", "IO_ERROR"})
    void open_diskLies_showsNoWrongValue(Failure failure) throws IOException {
        for (int n = 1; n < 60; n++) {
            var files = new SimulatedFiles(closed, SEED + n);
            files.faults().once(Call.READ, n, failure);
            try {
                var found = subject(Recovery.POINT_IN_TIME).open(files);
                files.faults().none();
                requirePut(found.contents(), failure + " " + n);
            } catch (IOException e) {
                assertThat(failure).isEqualTo(Failure.IO_ERROR);
            } catch (StoreException e) {
                assertThat(e.kind()).isIn(StoreException.Kind.DAMAGED, StoreException.Kind.MISMATCH);
            }
        }
    }

    /** What was lost may uncover an older value, but that must be told: STRICT refuses it, and the others count it. */
    private void requireNothingWrong(DiskImage image, Recovery recovery, String where) throws IOException {
        Map<String, String> found;
        long damaged;
        try {
            var session = subject(recovery).open(new SimulatedFiles(image, SEED));
            found = session.contents();
            damaged = session.store().counters().damagedEntries();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.DAMAGED && e.kind() != StoreException.Kind.MISMATCH) {
                throw new AssertionError(where + ": " + e.kind() + " is not what this is", e);
            }
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
        requirePut(found, where);
        if (recovery == Recovery.STRICT) {
            assertThat(found).as(where).isEqualTo(last);
        } else if (!found.equals(last)) {
            assertThat(damaged)
                    .as(where + ": damaged entries, found " + found + " for " + last)
                    .isPositive();
        }
    }

    private void requirePut(DiskImage image, String where) throws IOException {
        try {
            requirePut(contents(image, Recovery.POINT_IN_TIME), where);
        } catch (StoreException e) {
            assertThat(e.kind()).as(where).isIn(StoreException.Kind.DAMAGED, StoreException.Kind.MISMATCH);
        }
    }

    private void requirePut(Map<String, String> found, String where) {
        found.forEach((key, value) -> assertThat(put.getOrDefault(key, Set.of()))
                .as(where + ": entry " + key)
                .contains(value));
    }

    private static Map<String, String> contents(DiskImage image, Recovery recovery) throws IOException {
        return subject(recovery).open(new SimulatedFiles(image, SEED)).contents();
    }
}
