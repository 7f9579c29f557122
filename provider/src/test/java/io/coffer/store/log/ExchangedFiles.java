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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two encrypted stores under one outer key that were closed, and what is shown by what somebody without the key has made of the files of the
 * first. What comes of that is a refusal that changes nothing, a miss that is counted, or nothing at all; never another value than the last
 * one, but by {@link Recovery#SALVAGE}, which may show one that was replaced.
 */
final class ExchangedFiles implements AutoCloseable {
    static final int ROUNDS = 3;
    static final int ENTRIES = 6;
    private static final List<Kind> REFUSALS = List.of(Kind.TAMPERED, Kind.DAMAGED, Kind.KEY, Kind.MISMATCH);

    final Made made = new Made("here");
    final Made other = new Made("there");
    private final CapturedLog log = new CapturedLog();
    private final FakeClock clock = new FakeClock();
    private final StoreEncryption encryption = new StoreEncryption(new TestKeys("k1"), null, false);
    private int opened;
    private int refused;

    /** A store of which all records of entries are equally long, in several segments, with two epochs and two root keys. */
    final class Made {
        final Map<String, String> last = new TreeMap<>();
        final Map<String, Set<String>> put = new HashMap<>();
        final List<DiskImage> olds = new ArrayList<>();
        final String name;
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
    record Record(String segment, int offset, byte[] bytes) {
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

    ExchangedFiles() throws IOException {
        made.make();
        other.make();
        assertThat(made.segments()).hasSizeGreaterThan(ROUNDS - 1);
        assertThat(other.segments()).isEqualTo(made.segments());
        for (var recovery : Recovery.values()) {
            assertThat(found(made.image, recovery)).isEqualTo(made.last);
        }
        opened = 0;
    }

    /** How many stores were opened, and how many were refused. */
    String told() {
        return opened + " stores opened, " + refused + " refused";
    }

    int opened() {
        return opened;
    }

    int refused() {
        return refused;
    }

    @Override
    public void close() {
        log.close();
    }

    static String hint(String segment) {
        return segment.replace(".seg", ".hint");
    }

    /** Whoever reads all is refused; else nothing older is shown, and what is missing was counted. */
    void requireNoticed(DiskImage image, String what) throws IOException {
        assertThat(found(image, Recovery.STRICT)).as("%s, STRICT", what).isNull();
        requireNothingOlder(image, what);
    }

    void requireNothingOlder(DiskImage image, String what) throws IOException {
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
    Map<String, String> found(DiskImage image, Recovery recovery) throws IOException {
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
