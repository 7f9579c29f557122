package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.DiskImage;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Somebody without the key exchanges parts of an encrypted store that was closed, each of which is authentic: records, segments, hints,
 * manifests and keys, of this store, of an older state of it, and of another store under the same outer key. Checksums are made right, as
 * anybody can. What comes of it is a refusal that changes nothing, a miss that is counted, or nothing at all; never another value than the
 * last one, but by {@link Recovery#SALVAGE}, which may show one that was replaced.
 */
class SealedExchangeTest {
    private static final List<Kind> REFUSALS = List.of(Kind.TAMPERED, Kind.DAMAGED, Kind.KEY, Kind.MISMATCH);
    private static final int ROUNDS = 3;
    private static final int ENTRIES = 6;

    private final CapturedLog log = new CapturedLog();
    private final FakeClock clock = new FakeClock();
    private final StoreEncryption encryption = new StoreEncryption(new TestKeys("k1"), null, false);
    private final Made made = new Made("here");
    private final Made other = new Made("there");
    private int opened;
    private int refused;

    /** A store of which all records of entries are equally long, in several segments, with two epochs and two root keys. */
    private final class Made {
        final Map<String, String> last = new TreeMap<>();
        final Map<String, Set<String>> put = new HashMap<>();
        final List<DiskImage> olds = new ArrayList<>();
        private final String name;
        DiskImage image = DiskImage.EMPTY;

        Made(String name) {
            this.name = name;
        }

        void make() throws IOException {
            for (int round = 0; round < ROUNDS; round++) {
                var files = EncryptedLog.files(image);
                var store = EncryptedLog.open(files, clock, encryption);
                for (int i = 0; i < ENTRIES; i++) {
                    if (i == ENTRIES / 2) {
                        olds.add(EncryptedLog.image(files));
                    }
                    put(store, "key" + i, name + round + "-".repeat(60 - name.length()) + i);
                }
                if (round == 0) {
                    put(store, "gone", "soon");
                } else if (round == 1) {
                    store.keys().renewStoreKey();
                    store.remove(Logs.bytes("gone"), EntryStore.ANY);
                    last.remove("gone");
                } else {
                    store.keys().renewOuterKey();
                }
                olds.add(EncryptedLog.image(files));
                store.close();
                image = EncryptedLog.image(files);
                olds.add(image);
            }
        }

        private void put(LogStore store, String key, String value) {
            Logs.put(store, key, value);
            last.put(key, value);
            put.computeIfAbsent(key, some -> new HashSet<>()).add(value);
        }

        List<String> segments() {
            return image.files().keySet().stream().filter(Inventory::isSegment).toList();
        }

        /** All records, footers included. */
        List<Record> records() {
            var all = new ArrayList<Record>();
            for (var segment : segments()) {
                var bytes = image.files().get(segment);
                var offsets = EncryptedLog.records(bytes);
                for (int i = 0; i < offsets.size(); i++) {
                    int end = i + 1 < offsets.size() ? offsets.get(i + 1) : bytes.length;
                    all.add(new Record(segment, offsets.get(i), Arrays.copyOfRange(bytes, offsets.get(i), end)));
                }
            }
            return all;
        }
    }

    /** One of a segment's. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Record(String segment, int offset, byte[] bytes) {
        /** Puts the bytes of another one in the place of this. */
        DiskImage replaced(DiskImage image, Record by, boolean isChecksumMade) {
            var changed = image.files().get(segment).clone();
            System.arraycopy(by.bytes, 0, changed, offset, by.bytes.length);
            if (isChecksumMade) {
                EncryptedLog.fixChecksum(changed, offset);
            }
            return image.with(segment, changed);
        }

        String told() {
            return "the record of " + bytes.length + " bytes at " + offset + " of " + segment;
        }
    }

    @BeforeEach
    void makeStores() throws IOException {
        made.make();
        other.make();
        assertThat(made.segments()).hasSizeGreaterThan(ROUNDS - 1);
        assertThat(other.segments()).isEqualTo(made.segments());
        for (var recovery : Recovery.values()) {
            assertThat(found(made.image, recovery)).isEqualTo(made.last);
        }
        opened = 0;
    }

    @AfterEach
    void tell(TestInfo test) {
        log.close();
        System.out.println(test.getTestMethod().orElseThrow().getName() + ": " + opened + " stores opened, " + refused
                + " refused");
    }

    @Test
    void open_twoRecordsOfOneLengthSwapped_isNoticed() throws IOException {
        var records = made.records();
        int pairs = 0;
        for (int i = 0; i < records.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (records.get(i).bytes.length == records.get(j).bytes.length) {
                    pairs++;
                    var one = records.get(i);
                    var two = records.get(j);
                    for (boolean isChecksumMade : new boolean[] {false, true}) {
                        var swapped = two.replaced(one.replaced(made.image, two, isChecksumMade), one, isChecksumMade);
                        requireNoticed(swapped, one.told() + " and " + two.told() + ", checksums " + isChecksumMade);
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
                    if (isAnother && one.bytes.length == two.bytes.length) {
                        copies++;
                        requireNoticed(one.replaced(made.image, two, true), two.told() + " also as " + one.told());
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
                        requireNoticed(swapped, what);
                        requireNoticed(
                                swapped.with(hint(one), hint(made, two, one, isHeaderMade))
                                        .with(hint(two), hint(made, one, two, isHeaderMade)),
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
                    requireNoticed(changed, what);
                    requireNoticed(
                            changed.with(hint(one), hint(other, two, one, isHeaderMade)), what + ", with its hints");
                }
            }
        }
        requireNoticed(
                made.image.with(KeysFile.NAME, other.image.files().get(KeysFile.NAME)), "foreign " + KeysFile.NAME);
        requireNoticed(
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
                        var image = made.image.with(hint(one), hint(by, two, one, isHeaderMade));
                        for (var recovery : Recovery.values()) {
                            assertThat(found(image, recovery))
                                    .as("hints of %s at %s of %s, %s", two, one, by.name, recovery)
                                    .isEqualTo(made.last);
                        }
                    }
                }
            }
        }
    }

    /** An older manifest or older keys alone may open the store; but then they show what there is. */
    @Test
    void open_olderFilePutIn_showsNothingOlder() throws IOException {
        for (int i = 0; i < made.olds.size(); i++) {
            var old = made.olds.get(i);
            for (var file : old.files().entrySet()) {
                var name = file.getKey();
                boolean isOther =
                        !Arrays.equals(file.getValue(), made.image.files().get(name));
                var image = made.image.with(name, file.getValue());
                var what = name + " of moment " + i;
                requireNothingOlder(image, what);
                if (Inventory.isSegment(name) && isOther) {
                    requireNoticed(image, what);
                    requireNoticed(image.without(hint(name)), what + ", without hints");
                }
                if (old.files().containsKey(hint(name))) {
                    requireNothingOlder(image.with(hint(name), old.files().get(hint(name))), what + ", with its hints");
                }
            }
        }
        assertThat(opened).isPositive();
        assertThat(refused).isPositive();
    }

    /** A segment, the manifest or the keys that end too early are noticed wherever that is. Hints are not needed. */
    @Test
    void open_fileCutAnywhere_isNoticed() throws IOException {
        for (var file : made.image.files().entrySet()) {
            var name = file.getKey();
            for (int length = 0; length < file.getValue().length; length++) {
                var image = made.image.with(name, Arrays.copyOf(file.getValue(), length));
                var what = name + " cut to " + length;
                if (HintHeader.isHint(name)) {
                    if (length % 5 == 0) {
                        assertThat(found(image, Recovery.POINT_IN_TIME))
                                .as(what)
                                .isEqualTo(made.last);
                    }
                } else if (!name.equals(Reserve.NAME)) {
                    assertThat(found(image, Recovery.STRICT)).as(what).isNull();
                    if (length % 11 == 0) {
                        requireNothingOlder(image, what);
                    }
                }
            }
        }
    }

    private static String hint(String segment) {
        return segment.replace(".seg", ".hint");
    }

    /** Returns the segment of a store, and makes its header say that it is another one if that is wanted. */
    private static byte[] segment(Made store, String name, String as, boolean isHeaderMade) {
        var bytes = store.image.files().get(name).clone();
        return isHeaderMade ? renamed(bytes, 24, as) : bytes;
    }

    private static byte[] hint(Made store, String segment, String as, boolean isHeaderMade) {
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

    /** Whoever reads all is refused; else nothing older is shown, and what is missing was counted. */
    private void requireNoticed(DiskImage image, String what) throws IOException {
        assertThat(found(image, Recovery.STRICT)).as("%s, STRICT", what).isNull();
        requireNothingOlder(image, what);
    }

    private void requireNothingOlder(DiskImage image, String what) throws IOException {
        var strict = found(image, Recovery.STRICT);
        if (strict != null) {
            assertThat(strict).as("%s, STRICT", what).isEqualTo(made.last);
        }
        var found = found(image, Recovery.POINT_IN_TIME);
        if (found != null) {
            assertThat(made.last.entrySet()).as(what).containsAll(found.entrySet());
        }
        var salvaged = found(image, Recovery.SALVAGE);
        if (salvaged != null) {
            salvaged.forEach((key, value) -> assertThat(made.put.getOrDefault(key, Set.of()))
                    .as("%s, SALVAGE: %s", what, key)
                    .contains(value));
        }
    }

    /** Returns what a store shows, by its cursor and by its keys; null if it was refused, and then it is as it was. */
    private Map<String, String> found(DiskImage image, Recovery recovery) throws IOException {
        var files = EncryptedLog.files(image);
        LogStore store;
        try {
            store = EncryptedLog.open(files, clock, encryption, recovery);
        } catch (StoreException e) {
            refused++;
            assertThat(e.kind()).isIn(REFUSALS);
            assertThat(e.getMessage()).doesNotContain("here0", "there0", "key0");
            assertThat(EncryptedLog.image(files)).isEqualTo(image);
            return null;
        }
        opened++;
        var found = EncryptedLog.contents(store);
        for (var key : made.put.keySet()) {
            assertThat(read(store, key)).isEqualTo(found.get(key));
        }
        var counters = store.counters();
        if (recovery != Recovery.SALVAGE && !found.equals(made.last)) {
            assertThat(counters.tamperedEntries() + counters.damagedEntries())
                    .as("found %s", found.keySet())
                    .isPositive();
        }
        return found;
    }

    private static String read(LogStore store, String key) {
        try {
            var entry = store.read(Logs.bytes(key));
            return entry == null ? null : new String(entry.value(), StandardCharsets.UTF_8);
        } catch (StoreException e) {
            assertThat(e.kind()).isIn(Kind.TAMPERED, Kind.DAMAGED);
            return null;
        }
    }
}
