package io.coffer.store.log;

import static io.coffer.store.log.ExchangedFiles.ENTRIES;
import static io.coffer.store.log.ExchangedFiles.ROUNDS;
import static io.coffer.store.log.ExchangedFiles.hint;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.log.ExchangedFiles.Made;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Somebody without the key exchanges records, segments and hints of an encrypted store with others that are authentic, of this store and of
 * another one under the same outer key. Checksums are made right, as anybody can. See {@link ExchangedFiles} for what may come of it.
 */
class SealedExchangeTest {
    private ExchangedFiles exchanged;
    private Made made;
    private Made other;

    @BeforeEach
    void makeStores() throws IOException {
        exchanged = new ExchangedFiles();
        made = exchanged.made;
        other = exchanged.other;
    }

    @AfterEach
    void tell(TestInfo test) {
        exchanged.close();
        System.out.println(test.getTestMethod().orElseThrow().getName() + ": " + exchanged.told());
    }

    @Test
    void open_twoRecordsOfOneLengthSwapped_isNoticed() throws IOException {
        var records = made.records();
        int pairs = 0;
        for (int i = 0; i < records.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (records.get(i).bytes().length == records.get(j).bytes().length) {
                    pairs++;
                    var one = records.get(i);
                    var two = records.get(j);
                    for (boolean isChecksumMade : new boolean[] {false, true}) {
                        var swapped = two.replaced(one.replaced(made.image, two, isChecksumMade), one, isChecksumMade);
                        exchanged.requireNoticed(
                                swapped, one.told() + " and " + two.told() + ", checksums " + isChecksumMade);
                    }
                }
            }
        }
        assertThat(pairs).isGreaterThan(ROUNDS * ENTRIES * (ROUNDS * ENTRIES - 1) / 2);
    }

    /** So that an older version stands in the place of the newest, too. */
    @Test
    void open_recordInThePlaceOfAnother_isNoticed() throws IOException {
        for (var by : List.of(made, other)) {
            int copies = 0;
            for (var one : made.records()) {
                for (var two : by.records()) {
                    boolean isAnother = by != made || !one.told().equals(two.told());
                    if (isAnother && one.bytes().length == two.bytes().length) {
                        copies++;
                        exchanged.requireNoticed(
                                one.replaced(made.image, two, true), two.told() + " also as " + one.told());
                    }
                }
            }
            assertThat(copies).isGreaterThan(ROUNDS * ENTRIES * (ROUNDS * ENTRIES - 1));
        }
    }

    @Test
    void open_segmentsSwapped_isNoticed() throws IOException {
        for (var one : made.segments()) {
            for (var two : made.segments()) {
                if (one.compareTo(two) < 0) {
                    for (boolean isHeaderMade : new boolean[] {false, true}) {
                        var what = one + " and " + two + ", headers " + isHeaderMade;
                        var swapped = made.image
                                .with(one, segment(made, two, one, isHeaderMade))
                                .with(two, segment(made, one, two, isHeaderMade));
                        exchanged.requireNoticed(swapped, what);
                        exchanged.requireNoticed(
                                swapped.with(hint(one), hintsOf(made, two, one, isHeaderMade))
                                        .with(hint(two), hintsOf(made, one, two, isHeaderMade)),
                                what + ", with their hints");
                    }
                }
            }
        }
    }

    @Test
    void open_segmentOfAnotherStoreUnderTheKey_isNoticed() throws IOException {
        for (var one : made.segments()) {
            for (var two : other.segments()) {
                for (boolean isHeaderMade : new boolean[] {false, true}) {
                    var what = "foreign " + two + " as " + one + ", header " + isHeaderMade;
                    var changed = made.image.with(one, segment(other, two, one, isHeaderMade));
                    exchanged.requireNoticed(changed, what);
                    exchanged.requireNoticed(
                            changed.with(hint(one), hintsOf(other, two, one, isHeaderMade)), what + ", with its hints");
                }
            }
        }
        exchanged.requireNoticed(
                made.image.with(KeysFile.NAME, other.image.files().get(KeysFile.NAME)), "foreign " + KeysFile.NAME);
        exchanged.requireNoticed(
                made.image.with(ManifestFile.NAME, other.image.files().get(ManifestFile.NAME)),
                "foreign " + ManifestFile.NAME);
    }

    /** Hints are of no use beside another segment, and what they stand in for is read instead. */
    @Test
    void open_hintsOfAnotherSegment_areNotBelieved() throws IOException {
        for (var by : List.of(made, other)) {
            for (var one : made.segments()) {
                for (var two : by.segments()) {
                    for (boolean isHeaderMade : new boolean[] {false, true}) {
                        var image = made.image.with(hint(one), hintsOf(by, two, one, isHeaderMade));
                        for (var recovery : Recovery.values()) {
                            assertThat(exchanged.found(image, recovery))
                                    .as("hints of %s at %s of %s, %s", two, one, by.name, recovery)
                                    .isEqualTo(made.last);
                        }
                    }
                }
            }
        }
    }

    /** Returns the segment of a store, and makes its header say that it is another one if that is wanted. */
    private static byte[] segment(Made store, String name, String as, boolean isHeaderMade) {
        var bytes = store.image.files().get(name).clone();
        return isHeaderMade ? renamed(bytes, 24, as) : bytes;
    }

    private static byte[] hintsOf(Made store, String segment, String as, boolean isHeaderMade) {
        var bytes = store.image.files().get(hint(segment)).clone();
        return isHeaderMade ? renamed(bytes, 16, as) : bytes;
    }

    private static byte[] renamed(byte[] file, int idAt, String segment) {
        var bytes = ByteBuffer.wrap(file);
        LittleEndian.putLong(bytes, idAt, Long.parseLong(segment.substring(0, 12), 16));
        if (idAt == 24) {
            FuzzFiles.resealHead(bytes);
            FileHead.sealBody(bytes, 128);
        } else {
            FuzzSealed.resealHintChecksums(bytes);
        }
        return file;
    }
}
