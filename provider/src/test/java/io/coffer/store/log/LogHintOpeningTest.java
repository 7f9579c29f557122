package io.coffer.store.log;

import static io.coffer.store.log.Logs.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What opening makes of hints, and that without them nothing is missing. */
class LogHintOpeningTest {
    private static final int EVERY_NTH_BIT = Integer.getInteger("coffer.bits", 3);

    private final SimulatedFiles files = new SimulatedFiles();
    private final HintedLog log = new HintedLog();

    @Test
    void open_segmentsWithHints_readsNoRecordOfThem() throws IOException {
        var image = log.killed(files);
        var expected = log.contents(image);
        var hinted = HintedLog.names(image.files().keySet(), ".hint");
        assertThat(hinted).hasSizeGreaterThan(1);

        for (var hints : hinted) {
            var segment = hints.replace(".hint", ".seg");
            var store = log.open(new SimulatedFiles(HintedLog.rotten(image, segment), 1));

            assertThat(store.counters().damagedEntries()).as(segment).isZero();
            for (var key : HintedLog.KEYS) {
                try {
                    assertThat(get(store, key) == null).as(segment).isEqualTo(!expected.containsKey(key));
                } catch (StoreException e) {
                    assertThat(e.kind()).as(segment).isEqualTo(StoreException.Kind.DAMAGED);
                    assertThat(expected).as(segment).containsKey(key);
                }
            }
        }
    }

    /** Without hints nobody knows what the rotten record said, so everything older is gone. */
    @Test
    void open_rottenSegmentWithoutHints_hidesWhatIsOlder() throws IOException {
        var image = log.killed(files);
        var last = HintedLog.names(image.files().keySet(), ".hint").get(0);

        var store =
                log.open(new SimulatedFiles(HintedLog.rotten(image.without(last), last.replace(".hint", ".seg")), 1));

        assertThat(store.counters().damagedEntries()).isPositive();
    }

    @Test
    void open_strictly_findsRotBehindHints() throws IOException {
        var image = log.killed(files);
        var hints = HintedLog.names(image.files().keySet(), ".hint").get(0);
        var directory = new SimulatedFiles(HintedLog.rotten(image, hints.replace(".hint", ".seg")), 1);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> log.open(directory, Recovery.STRICT))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DAMAGED));
        assertThat(directory.list()).contains(hints);
    }

    @Test
    void open_readingAll_hasTheSameAndDeletesHints() throws IOException {
        var image = log.killed(files);
        for (var recovery : new Recovery[] {Recovery.STRICT, Recovery.SALVAGE}) {
            var directory = new SimulatedFiles(image, 1);
            var store = log.open(directory, recovery);
            store.tick();

            assertThat(log.contents(store)).as("%s", recovery).isEqualTo(log.contents(image));
            store.close();
            assertThat(HintedLog.names(directory.crash().killed().files().keySet(), ".hint"))
                    .as("%s", recovery)
                    .isEmpty();
        }
    }

    @Test
    void open_hintsDamagedOrMissing_hasTheSame() throws IOException {
        var image = log.killed(files);
        var expected = log.contents(image);
        for (var name : HintedLog.names(image.files().keySet(), ".hint")) {
            var hints = image.files().get(name);
            assertThat(log.contents(image.without(name))).as("without %s", name).isEqualTo(expected);
            for (int bit = 0; bit < hints.length * 8; bit += EVERY_NTH_BIT) {
                var flipped = hints.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(log.contents(image.with(name, flipped)))
                        .as("%s, bit %s", name, bit)
                        .isEqualTo(expected);
            }
            for (int length = 0; length < hints.length; length += EVERY_NTH_BIT) {
                assertThat(log.contents(image.with(name, Arrays.copyOf(hints, length))))
                        .as("%s cut to %s", name, length)
                        .isEqualTo(expected);
            }
            assertThat(log.contents(image.with(name, Arrays.copyOf(hints, hints.length + 32))))
                    .as("%s and zeros", name)
                    .isEqualTo(expected);
        }
    }

    /** With checksums that are right: it is seen when some changes were taken already. */
    @Test
    void open_hintsThatNoSegmentCanHave_hasTheSame() throws IOException {
        var image = log.killed(files);
        var expected = log.contents(image);
        var names = HintedLog.names(image.files().keySet(), ".hint");
        var allLie = image;
        for (var name : names) {
            var hints = image.files().get(name);
            int lastLength = hints.length - LogFormat.CHECKSUM_BYTES - Integer.BYTES;
            var lying = image.with(name, Damage.resealed(hints.clone(), lastLength, 1));
            allLie = allLie.with(name, lying.files().get(name));

            assertThat(log.contents(lying)).as(name).isEqualTo(expected);
        }
        assertThat(log.contents(allLie)).as("all of them").isEqualTo(expected);
    }

    /** Of another segment, of another store, and of a segment that had the name before. */
    @Test
    void open_hintsOfSomethingElse_hasTheSame() throws IOException {
        var image = log.killed(files);
        var expected = log.contents(image);
        var other = log.killed(new SimulatedFiles(DiskImage.EMPTY, 9));
        var names = HintedLog.names(image.files().keySet(), ".hint");
        assertThat(other.files().get(names.get(0)))
                .hasSameSizeAs(image.files().get(names.get(0)))
                .isNotEqualTo(image.files().get(names.get(0)));
        for (var name : names) {
            for (var from : names) {
                assertThat(log.contents(image.with(name, image.files().get(from))))
                        .isEqualTo(expected);
                if (other.files().containsKey(from)) {
                    assertThat(log.contents(image.with(name, other.files().get(from))))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void open_hintsOfNoSealedSegment_areDeleted() throws IOException {
        var image = log.killed(files);
        var head = HintedLog.names(image.files().keySet(), ".seg").stream()
                .filter(name -> !image.files().containsKey(name.replace(".seg", ".hint")))
                .reduce((first, last) -> last)
                .orElseThrow()
                .replace(".seg", ".hint");
        var hints = image.files()
                .get(HintedLog.names(image.files().keySet(), ".hint").get(0));
        var directory = new SimulatedFiles(image.with(head, hints).with("0000000000f0.hint", hints), 1);

        var store = log.open(directory);

        assertThat(directory.list()).doesNotContain("0000000000f0.hint", head);
        assertThat(log.contents(store)).isEqualTo(log.contents(image));
    }

    /** A hint file that cannot be read is as good as none. */
    @Test
    void open_hintsCannotBeRead_hasTheSame() throws IOException {
        var image = log.closed(files);
        var expected = log.contents(image);
        int opened = 0;
        for (int n = 1; n < 60; n++) {
            var directory = new SimulatedFiles(image, n);
            directory.faults().once(Call.READ, n, Failure.FLIPPED_BIT);
            try {
                var store = log.open(directory);
                directory.faults().none();
                if (store.counters().damagedEntries() == 0) {
                    assertThat(log.contents(store)).as("read %s", n).isEqualTo(expected);
                    opened++;
                }
            } catch (StoreException e) {
                assertThat(e.kind()).isIn(StoreException.Kind.DAMAGED, StoreException.Kind.MISMATCH);
            }
        }
        assertThat(opened).isGreaterThan(20);
    }
}
