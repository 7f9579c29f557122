package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files of a store that somebody has exchanged, renamed, or brought from elsewhere, and every bit and every length of each, in each way
 * to recover: a value that was put for its key, a miss, or a refusal as documented; and with STRICT what is there or a refusal. It goes over
 * whatever files the store has. {@code -Dcoffer.bits=1} tries every bit and length instead of some.
 */
@Timeout(600)
class LogStructureTest {
    private static final int EVERY = Integer.getInteger("coffer.bits", 7);
    private static final long SEED = 4;
    private static final String IDENTITY = Encrypted.ENCRYPTION == null ? StoreFile.NAME : KeysFile.NAME;
    private static final List<StoreException.Kind> REFUSALS = List.of(
            StoreException.Kind.DAMAGED,
            StoreException.Kind.MISMATCH,
            StoreException.Kind.TAMPERED,
            StoreException.Kind.KEY);

    private static final long FAR_MILLIS = Duration.ofDays(1_000).toMillis();

    private final CapturedLog log = new CapturedLog();

    /** All that was ever put for a key, and what is there in the end. */
    private final Map<String, Set<String>> put = new HashMap<>();

    private final Map<String, String> last = new HashMap<>();
    /** The store of one moment after another, closed, and in the end killed. */
    private final Map<String, DiskImage> olds = new LinkedHashMap<>();

    private DiskImage store;
    private DiskImage killed;
    private DiskImage foreign;
    private int opened;
    private int refused;

    /** Segments that are sealed, dropped, cleared, expired and removed from, so that every kind of file is there. */
    @BeforeEach
    void makeStores() throws IOException {
        var subject = subject(Recovery.STRICT);
        var session = subject.open(new SimulatedFiles(DiskImage.EMPTY, SEED));
        long far = session.store().clock().millis() + FAR_MILLIS;
        for (int round = 0; round < 4; round++) {
            for (var key : List.of("a", "b", "c", "d", "e")) {
                put(session, key, "value " + round + " of " + key + "x".repeat(20 * round));
            }
            session.remove("b");
            last.remove("b");
            long soon = session.store().clock().millis() + 500;
            session.put("f", "soon gone", soon);
            note("f", LogSession.shown("soon gone", soon));
            if (round == 1) {
                session.store().clear();
                last.clear();
            }
            session.touch("c", far);
            note("c", LogSession.shown("value " + round + " of c" + "x".repeat(20 * round), far));
            last.computeIfPresent("c", (key, value) -> LogSession.shown(value, far));
            session.store().tick();
            session.reopen();
            olds.put("of round " + round, session.files().crash().killed());
            subject.pass(1_000);
        }
        put(session, "d", "the last");
        killed = session.files().crash().killed();
        session.store().close();
        store = session.files().crash().killed();
        foreign = foreign();
        assertThat(contents(store, Recovery.STRICT)).isEqualTo(last);
        assertThat(contents(killed, Recovery.STRICT)).isEqualTo(last);
        assertThat(store.files().keySet().stream().filter(Inventory::isSegment)).hasSizeGreaterThan(2);
    }

    @AfterEach
    void tell(TestInfo test) {
        log.close();
        System.out.println(test.getTestMethod().orElseThrow().getName() + ", " + test.getDisplayName() + ": " + opened
                + " stores opened, " + refused + " refused");
    }

    private void put(LogSession session, String key, String value) {
        session.put(key, value);
        last.put(key, value);
        note(key, value);
    }

    private void note(String key, String value) {
        put.computeIfAbsent(key, some -> new HashSet<>()).add(value);
    }

    /** Another store with the same keys, and values that must never be seen. */
    private static DiskImage foreign() throws IOException {
        var session = new LogSubject(Durability.NONE, Recovery.STRICT, LogSubject.SMALL, SEED + 1)
                .open(new SimulatedFiles(DiskImage.EMPTY, SEED));
        for (int i = 0; i < 20; i++) {
            session.put(LogSession.KEYS.get(i % 6), "foreign " + i + "x".repeat(60));
        }
        session.store().close();
        return session.files().crash().killed();
    }

    private static LogSubject subject(Recovery recovery) {
        return new LogSubject(Durability.NONE, recovery, LogSubject.SMALL, SEED);
    }

    @ParameterizedTest
    @EnumSource
    void open_bitFlipped_showsNothingWrong(Recovery recovery) throws IOException {
        for (var image : List.of(store, killed)) {
            for (var file : image.files().entrySet()) {
                for (int bit = 0; bit < 8 * file.getValue().length; bit += EVERY) {
                    var bytes = file.getValue().clone();
                    bytes[bit / 8] ^= (byte) (1 << bit % 8);
                    require(image.with(file.getKey(), bytes), recovery, file.getKey() + ", bit " + bit);
                }
            }
        }
        requireBoth();
    }

    @ParameterizedTest
    @EnumSource
    void open_fileCut_showsNothingWrong(Recovery recovery) throws IOException {
        for (var image : List.of(store, killed)) {
            for (var file : image.files().entrySet()) {
                for (int length = 0; length < file.getValue().length; length += EVERY) {
                    require(
                            image.with(file.getKey(), Arrays.copyOf(file.getValue(), length)),
                            recovery,
                            file.getKey() + " cut to " + length);
                }
            }
        }
        requireBoth();
    }

    /** Each file missing, each in the place of each, both exchanged, each under every name it might have, and every two of them missing. */
    @ParameterizedTest
    @EnumSource
    void open_filesExchanged_showsNothingWrong(Recovery recovery) throws IOException {
        for (var image : List.of(store, killed)) {
            for (var one : image.files().entrySet()) {
                var name = one.getKey();
                require(image.without(name), recovery, name + " missing");
                for (var other : image.files().entrySet()) {
                    var inItsPlace = image.with(other.getKey(), one.getValue());
                    var both = name + " and " + other.getKey();
                    require(inItsPlace, recovery, both + ", one twice");
                    require(inItsPlace.without(name), recovery, both + ", one renamed");
                    require(inItsPlace.with(name, other.getValue()), recovery, both + " exchanged");
                    require(image.without(name).without(other.getKey()), recovery, both + " missing");
                }
                for (var free : freeNames(name)) {
                    require(image.with(free, one.getValue()), recovery, name + " also as " + free);
                    require(image.with(free, one.getValue()).without(name), recovery, name + " renamed to " + free);
                }
            }
        }
        requireBoth();
    }

    /** Names of the same kind that no file has, lower and higher than all, and one of no kind. */
    private static List<String> freeNames(String name) {
        var kind = name.replaceFirst("^[0-9a-f]{12}", "");
        return List.of("000000000000" + kind, "0000000000f0" + kind, "ffffffffffff" + kind, name + ".tmp", "x" + name);
    }

    /** Each file of an older state, alone and with all others of its kind: whole manifests, segments and what else there is rolled back. */
    @ParameterizedTest
    @EnumSource
    void open_olderFilesPutIn_showsNothingWrong(Recovery recovery) throws IOException {
        for (var old : olds.entrySet()) {
            for (var file : old.getValue().files().entrySet()) {
                var where = file.getKey() + " " + old.getKey();
                require(store.with(file.getKey(), file.getValue()), recovery, where);
                require(killed.with(file.getKey(), file.getValue()), recovery, where + ", killed");
                require(
                        old.getValue().with(file.getKey(), store.files().getOrDefault(file.getKey(), new byte[0])),
                        recovery,
                        "all but " + where);
            }
            require(merged(store, old.getValue()), recovery, "all files " + old.getKey() + " put in");
            require(merged(old.getValue(), store), recovery, "all files put into those " + old.getKey());
        }
        assertThat(opened).isPositive();
    }

    /** A file of a store that has nothing to do with this one, alone and together with others. */
    @ParameterizedTest
    @EnumSource
    void open_filesOfAnotherStorePutIn_showsNothingWrong(Recovery recovery) throws IOException {
        for (var image : List.of(store, killed)) {
            for (var file : foreign.files().entrySet()) {
                require(image.with(file.getKey(), file.getValue()), recovery, "foreign " + file.getKey());
                for (var name : image.files().keySet()) {
                    require(image.with(name, file.getValue()), recovery, "foreign " + file.getKey() + " as " + name);
                }
            }
            var all = merged(image, foreign);
            require(all.with(IDENTITY, image.files().get(IDENTITY)), recovery, "all foreign but " + IDENTITY);
        }
        assertThat(opened + refused).isPositive();
    }

    /** Nothing that was put is worth more than that: whoever has all files of a moment has the store of that moment. */
    @Test
    void open_allFilesOfAnOlderState_isThatState() throws IOException {
        for (var old : olds.values()) {
            require(old, Recovery.SALVAGE, "an older state");
        }
        assertThat(opened).isEqualTo(olds.size());
    }

    private static DiskImage merged(DiskImage below, DiskImage above) {
        var all = below;
        for (var file : above.files().entrySet()) {
            all = all.with(file.getKey(), file.getValue());
        }
        return all;
    }

    private void requireBoth() {
        assertThat(opened).as("opened").isPositive();
        assertThat(refused).as("refused").isPositive();
    }

    private void require(DiskImage image, Recovery recovery, String what) throws IOException {
        var where = what + ", " + recovery;
        var files = new SimulatedFiles(image, SEED);
        Map<String, String> found;
        try {
            found = subject(recovery).open(files).contents();
        } catch (StoreException e) {
            refused++;
            assertThat(e.kind()).as(where).isIn(REFUSALS);
            assertThat(files.crash().killed()).as("%s, refused", where).isEqualTo(image);
            return;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError(where, e);
        }
        opened++;
        found.forEach((key, value) -> assertThat(put.getOrDefault(key, Set.of()))
                .as("%s: entry %s", where, key)
                .contains(value));
        var again = contents(files.crash().unsyncedLost(), recovery);
        assertThat(again).as("%s, opened again", where).isEqualTo(found);
    }

    private static Map<String, String> contents(DiskImage image, Recovery recovery) throws IOException {
        return subject(recovery).open(new SimulatedFiles(image, SEED)).contents();
    }
}
