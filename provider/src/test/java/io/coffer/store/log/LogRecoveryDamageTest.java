package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever byte of a store is wrong: the right value, a miss, or a refusal that changes nothing; never a value that was replaced. */
class LogRecoveryDamageTest {
    private final CapturedLog log = new CapturedLog();
    private LogHistory history;
    private int opened;

    @BeforeEach
    void write() throws IOException {
        history = LogHistory.sample();
    }

    @AfterEach
    void release() {
        log.close();
    }

    /** For a strict recovery one bit of each byte will do. */
    @ParameterizedTest
    @CsvSource({"POINT_IN_TIME, 1", "STRICT, 9"})
    void recover_eachBitFlipped_neverFindsWhatWasReplaced(Recovery recovery, int step) throws IOException {
        for (var file : history.image().files().entrySet()) {
            for (int bit = 0; bit < file.getValue().length * 8; bit += step) {
                var flipped = file.getValue().clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                expectRightOrMissing(
                        history.image().with(file.getKey(), flipped), recovery, true, file.getKey() + " bit " + bit);
            }
        }
        assertThat(opened).isGreaterThan(100);
    }

    @Test
    void recover_eachFileCutAtEachByte_neverFindsWhatWasReplaced() throws IOException {
        for (var file : history.image().files().entrySet()) {
            for (int length = 0; length < file.getValue().length; length++) {
                var cut = Arrays.copyOf(file.getValue(), length);
                expectRightOrMissing(
                        history.image().with(file.getKey(), cut),
                        Recovery.POINT_IN_TIME,
                        !isHead(file.getKey()),
                        file.getKey() + " cut at " + length);
            }
        }
        assertThat(opened).isGreaterThan(500);
    }

    @Test
    void recover_runsOfBytesOverwritten_neverFindsWhatWasReplaced() throws IOException {
        for (int fill : new int[] {0, 0xFF}) {
            for (var file : history.image().files().entrySet()) {
                for (int at = 0; at < file.getValue().length; at += 5) {
                    var wrong = file.getValue().clone();
                    Arrays.fill(wrong, at, Math.min(wrong.length, at + 70), (byte) fill);
                    expectRightOrMissing(
                            history.image().with(file.getKey(), wrong),
                            Recovery.POINT_IN_TIME,
                            !isHead(file.getKey()),
                            file.getKey() + " filled with " + fill + " at " + at);
                }
            }
        }
        assertThat(opened).isGreaterThan(200);
    }

    @Test
    void recover_bytesAppended_findsWhatIsThere() throws IOException {
        for (var file : history.image().files().entrySet()) {
            if (file.getKey().endsWith(".seg")) {
                for (int more = 1; more < 100; more += 7) {
                    var longer = Arrays.copyOf(file.getValue(), file.getValue().length + more);
                    Arrays.fill(longer, file.getValue().length, longer.length, (byte) 1);
                    var files = new SimulatedFiles(history.image().with(file.getKey(), longer), more);

                    var found = TinyLog.open(files, TinyLog.options(Recovery.STRICT))
                            .contents();

                    assertThat(found)
                            .as("%s, %d bytes more", file.getKey(), more)
                            .isEqualTo(history.last());
                }
            }
        }
    }

    /** All of a segment, and two of them in each other's place, and one in the place of another. */
    @Test
    void recover_segmentsMissingSwappedOrDoubled_neverFindsWhatWasReplaced() throws IOException {
        var image = history.image();
        for (var one : image.files().keySet()) {
            expectRightOrMissing(image.without(one), Recovery.POINT_IN_TIME, !isHead(one), one + " missing");
            expectRightOrMissing(image.without(one), Recovery.STRICT, !isHead(one), one + " missing");
            for (var other : image.files().keySet()) {
                var bytes = image.files().get(one);
                expectRightOrMissing(
                        image.with(other, bytes),
                        Recovery.POINT_IN_TIME,
                        !isHead(other),
                        one + " in place of " + other);
                expectRightOrMissing(
                        image.with(other, bytes).with(one, image.files().get(other)),
                        Recovery.POINT_IN_TIME,
                        !isHead(one) && !isHead(other),
                        one + " and " + other + " swapped");
            }
        }
        assertThat(opened).isGreaterThan(30);
    }

    /** Whether it is one of the two segments that the manifest does not list. */
    private static boolean isHead(String file) {
        return file.equals("000000000003.seg") || file.equals("000000000004.seg");
    }

    /**
     * @param isTold whether enough is left to tell damage from a crash; with the end of a head go the marks that say how far it was
     *     synced, and then what was synced may be lost like the rest
     */
    private void expectRightOrMissing(DiskImage image, Recovery recovery, boolean isTold, String what)
            throws IOException {
        var files = new SimulatedFiles(image, 1);
        Map<String, String> found;
        try {
            found = TinyLog.open(files, TinyLog.options(recovery)).contents();
        } catch (StoreException e) {
            assertThat(e.kind()).as(what).isIn(StoreException.Kind.DAMAGED, StoreException.Kind.MISMATCH);
            assertThat(e).as(what).hasMessageContaining("\"cache\"").hasMessageContaining("othing was changed.");
            assertThat(files.crash().killed()).as(what).isEqualTo(image);
            return;
        }
        opened++;
        assertThat(isTold ? history.allowsMissing(found) : history.allowsEarlier(found))
                .as("%s: %s", what, found)
                .isTrue();
        var again = TinyLog.open(new SimulatedFiles(files.crash().unsyncedLost(), 1))
                .contents();
        assertThat(again).as("%s, opened again", what).isEqualTo(new TreeMap<>(found));
    }
}
