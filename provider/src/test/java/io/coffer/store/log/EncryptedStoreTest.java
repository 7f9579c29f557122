package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.crypto.KeyFile;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an encrypted store shows to whom, and what it takes from whom. */
class EncryptedStoreTest {
    private static final String KEY = "the key of the entry";
    private static final String VALUE = "nobody but us may see this value";

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();
    private final TestKeys keys = new TestKeys("k1");
    private final StoreEncryption encryption = new StoreEncryption(keys, null, false);

    private LogStore open() throws IOException {
        files.reopen();
        return EncryptedLog.open(files, clock, encryption);
    }

    private void fill(EntryStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            Logs.put(store, KEY + i, VALUE + i, clock.millis() + 1_000_000 + i);
        }
    }

    private void expectFilled(EntryStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            assertThat(Logs.get(store, KEY + i)).isEqualTo(VALUE + i);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void files_always_showNoKeyNoValueAndNoDeadline(boolean erasesExpired) throws IOException {
        var store = EncryptedLog.open(files, clock, new StoreEncryption(keys, null, erasesExpired));
        fill(store, 100);
        store.touch(Logs.bytes(KEY + 7), store.find(Logs.bytes(KEY + 7)).stamp(), clock.millis() + 5_000_000);
        store.remove(Logs.bytes(KEY + 8), EntryStore.ANY);
        EncryptedLog.settle(store);
        var running = EncryptedLog.image(files);
        store.close();
        var closed = EncryptedLog.image(files);

        for (var image : List.of(running, closed)) {
            assertThat(image.files()).containsKeys("KEYS", "MANIFEST").doesNotContainKey("STORE");
            assertThat(EncryptedLog.filesWith(image, KEY.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            assertThat(EncryptedLog.filesWith(image, VALUE.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            assertThat(EncryptedLog.filesWith(image, "texts".getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            for (long deadline = clock.millis() + 1_000_000; deadline < clock.millis() + 1_000_100; deadline++) {
                assertThat(EncryptedLog.filesWith(image, sixBytes(deadline))).isEmpty();
            }
            assertThat(EncryptedLog.filesWith(image, sixBytes(clock.millis() + 5_000_000)))
                    .isEmpty();
        }
        assertThat(closed.files().keySet().stream().filter(HintHeader::isHint)).hasSizeGreaterThan(2);
    }

    private static byte[] sixBytes(long number) {
        var bytes = ByteBuffer.allocate(6);
        LittleEndian.put48(bytes, 0, number);
        return bytes.array();
    }

    @Test
    void open_again_showsWhatWasWritten() throws IOException {
        try (var store = open()) {
            fill(store, 100);
        }
        try (var store = open()) {
            expectFilled(store, 100);
            assertThat(EncryptedLog.contents(store)).hasSize(100);
        }
    }

    @Test
    void open_anotherKey_isRefusedAndChangesNothing() throws IOException {
        try (var store = open()) {
            fill(store, 50);
        }
        files.reopen();
        var before = EncryptedLog.image(files);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EncryptedLog.open(
                        files, clock, new StoreEncryption(new TestKeys("k2"), null, false), Recovery.SALVAGE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.KEY))
                .withMessageContaining("The store of cache \"secrets\" in ")
                .withMessageContaining("wants the key \"k1\"")
                .withMessageContaining("there are [k2]")
                .withMessageContaining("Nothing was changed.");
        assertThat(EncryptedLog.image(files)).isEqualTo(before);
    }

    /** Both a new store and one that was in the clear. */
    @Test
    void open_firstWithoutTheOuterKey_namesTheCacheAndChangesNothing() throws IOException {
        var noKey = new StoreEncryption(KeyFile.at(Path.of("no", "such", "file")), null, false);
        var clear = new SimulatedFiles();
        EncryptedLog.open(clear, clock, null).close();
        for (var before : List.of(DiskImage.EMPTY, EncryptedLog.image(clear))) {
            var found = EncryptedLog.files(before);

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> EncryptedLog.open(found, clock, noKey))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.KEY))
                    .withMessageContaining("The store of cache \"secrets\" in ")
                    .withMessageContaining(" cannot be encrypted: Key file ")
                    .withMessageContaining("Nothing was changed.");
            assertThat(EncryptedLog.image(found)).isEqualTo(before);
        }
    }

    @Test
    void open_withoutKeys_isRefusedAndChangesNothing() throws IOException {
        try (var store = open()) {
            fill(store, 50);
        }
        files.reopen();
        var before = EncryptedLog.image(files);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EncryptedLog.open(files, clock, null))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.KEY))
                .withMessageContaining("is encrypted");
        assertThat(EncryptedLog.image(files)).isEqualTo(before);
    }

    @Test
    void open_keysLost_isRefused() throws IOException {
        try (var store = open()) {
            fill(store, 50);
        }
        var lost = EncryptedLog.files(EncryptedLog.image(files).without(KeysFile.NAME));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EncryptedLog.open(lost, clock, encryption, Recovery.SALVAGE))
                .withMessageContaining("KEYS is missing");
    }

    @Test
    void open_segmentTakenAway_isRefusedButBySalvage() throws IOException {
        try (var store = open()) {
            fill(store, 100);
        }
        var image = EncryptedLog.image(files);
        var name = image.files().keySet().stream()
                .filter(Inventory::isSegment)
                .findFirst()
                .orElseThrow();
        var without = EncryptedLog.files(image.without(name));

        try (var log = new CapturedLog()) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> EncryptedLog.open(without, clock, encryption))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TAMPERED))
                    .withMessageContaining(name + " is missing");
            assertThat(EncryptedLog.image(without)).isEqualTo(image.without(name));
            without.reopen();
            try (var store = EncryptedLog.open(without, clock, encryption, Recovery.SALVAGE)) {
                assertThat(store.size()).isBetween(10L, 99L);
                assertThat(log.warnings()).anyMatch(line -> line.contains(name + " is missing"));
            }
        }
    }

    /** The checksum is right again, since everybody can calculate it; the tag is not. */
    @Test
    void read_recordTamperedWith_isToldAndCounted() throws IOException {
        try (var store = open()) {
            fill(store, 5);
        }
        var image = EncryptedLog.image(files);
        var name = image.files().keySet().stream()
                .filter(Inventory::isSegment)
                .findFirst()
                .orElseThrow();
        var bytes = image.files().get(name).clone();
        int offset = EncryptedLog.records(bytes).get(2);
        bytes[offset + 40] ^= 1;
        EncryptedLog.fixChecksum(bytes, offset);
        var tampered = EncryptedLog.files(image.with(name, bytes));

        try (var log = new CapturedLog();
                var store = EncryptedLog.open(tampered, clock, encryption)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.read(Logs.bytes(KEY + 2)))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TAMPERED))
                    .withMessageContaining(name)
                    .withMessageNotContaining(KEY);
            assertThat(store.counters().tamperedEntries()).isEqualTo(1);
            assertThat(store.counters().damagedEntries()).isZero();
            assertThat(Logs.get(store, KEY + 1)).isEqualTo(VALUE + 1);
            assertThat(EncryptedLog.contents(store)).hasSize(4);
            store.invalidate(Logs.bytes(KEY + 2));
            assertThat(Logs.get(store, KEY + 2)).isNull();
            assertThat(log.warnings()).hasSize(1).noneMatch(line -> line.contains(KEY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POINT_IN_TIME", "STRICT"})
    void open_recordTamperedWithAndReadWhole_isRefused(Recovery recovery) throws IOException {
        try (var store = open()) {
            fill(store, 5);
        }
        var image = EncryptedLog.image(files);
        var names = new ArrayList<>(image.files().keySet());
        names.removeIf(name -> !Inventory.isSegment(name));
        var bytes = image.files().get(names.get(0)).clone();
        int offset = EncryptedLog.records(bytes).get(2);
        bytes[offset + 12] ^= 1;
        EncryptedLog.fixChecksum(bytes, offset);
        var changed = image.with(names.get(0), bytes).without(names.get(0).replace(".seg", ".hint"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EncryptedLog.open(EncryptedLog.files(changed), clock, encryption, recovery))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TAMPERED));
    }

    @Test
    void tampering_ofNothing_isCountedNowhere() throws IOException {
        try (var store = open()) {
            fill(store, 300);
            EncryptedLog.settle(store);
            assertThat(store.counters().tamperedEntries()).isZero();
        }
    }
}
