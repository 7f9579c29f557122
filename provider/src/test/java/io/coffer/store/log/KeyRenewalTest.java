package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.EntryStore;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.WrappedKey;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other keys for a store: another outer one, another of its own, and the first for one that was in the clear. */
class KeyRenewalTest {
    private static final String VALUE = "nobody but us may see this value";

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();
    private final TestKeys keys = new TestKeys("k1");

    private LogStore open(boolean erasesExpired) throws IOException {
        files.reopen();
        return EncryptedLog.open(files, clock, new StoreEncryption(keys, null, erasesExpired));
    }

    private static void fill(EntryStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            Logs.put(store, "key" + i, VALUE + i);
        }
    }

    private static void expectFilled(EntryStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            assertThat(Logs.get(store, "key" + i)).isEqualTo(VALUE + i);
        }
        assertThat(store.size()).isEqualTo(entries);
    }

    private Set<Integer> epochs() {
        return EncryptedLog.image(files).files().entrySet().stream()
                .filter(file -> Inventory.isSegment(file.getKey()))
                .map(file -> LittleEndian.getInt(ByteBuffer.wrap(file.getValue()), 52))
                .collect(Collectors.toSet());
    }

    /** Whoever prints what {@code encryptionKeys()} gives learns which store it is about. */
    @Test
    void toString_ofTheKeys_namesTheStoreAndNoKey() throws IOException {
        var store = open(false);
        var keysOfStore = store.keys();
        store.close();

        assertThat(keysOfStore.toString()).matches("keys of store [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void renewOuterKey_theKeyCannotBeHad_namesTheCacheAndChangesNothing() throws IOException {
        var unwrapping = new KeyProvider() {
            @Override
            public String keyId() {
                return "k1";
            }

            @Override
            public WrappedKey wrap(byte[] key, byte[] context) {
                if (!EncryptedLog.image(files).files().isEmpty()) {
                    throw new StoreException(StoreException.Kind.KEY, "The key service is down.");
                }
                return keys.wrap(key, context);
            }

            @Override
            public byte[] unwrap(WrappedKey wrapped, byte[] context) {
                return keys.unwrap(wrapped, context);
            }
        };
        try (var store = EncryptedLog.open(files, clock, new StoreEncryption(unwrapping, null, false))) {
            fill(store, 5);
            var before = EncryptedLog.image(files);

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(store.keys()::renewOuterKey)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.KEY))
                    .withMessage("Cache secrets: its outer key could not be renewed: The key service is down."
                            + " Nothing was changed.");
            assertThat(EncryptedLog.image(files)).isEqualTo(before);
        }
    }

    @Test
    void renewOuterKey_always_letsTheOldOneGoAndWritesOneFile() throws IOException {
        try (var store = open(false)) {
            fill(store, 100);
            EncryptedLog.settle(store);
            var before = EncryptedLog.image(files);
            keys.use("k2");

            store.keys().renewOuterKey();

            assertThat(store.keys().outerKeyId()).isEqualTo("k2");
            var after = EncryptedLog.image(files);
            assertThat(after.without(KeysFile.NAME)).isEqualTo(before.without(KeysFile.NAME));
            fill(store, 100);
        }
        keys.forget("k1");
        try (var store = open(false)) {
            expectFilled(store, 100);
        }
        keys.use("k1");
        keys.forget("k2");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(false))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.KEY))
                .withMessageContaining("wants the key \"k2\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void renewStoreKey_always_movesEverythingAndDestroysTheOldKeys(boolean erasesExpired) throws IOException {
        try (var store = open(erasesExpired)) {
            fill(store, 100);
            EncryptedLog.settle(store);
            int newest = epochs().stream().max(Integer::compare).orElseThrow();
            assertThat(store.keys().outdatedSegments()).isZero();

            store.keys().renewStoreKey();

            assertThat(store.keys().outdatedSegments()).isGreaterThan(3);
            EncryptedLog.settle(store);
            assertThat(store.keys().outdatedSegments()).isZero();
            assertThat(store.keys().plainSegments()).isZero();
            assertThat(epochs()).allMatch(epoch -> epoch > newest);
            expectFilled(store, 100);
        }
        try (var store = open(erasesExpired)) {
            expectFilled(store, 100);
        }
    }

    /** Also if nobody writes any more, and if it is opened again in between. */
    @Test
    void renewStoreKey_closedMeanwhile_goesOn() throws IOException {
        try (var store = open(false)) {
            fill(store, 100);
            store.keys().renewStoreKey();
        }
        try (var store = open(false)) {
            assertThat(store.keys().outdatedSegments()).isPositive();
            EncryptedLog.settle(store);
            assertThat(store.keys().outdatedSegments()).isZero();
            expectFilled(store, 100);
        }
        assertThat(epochs()).containsOnly(2);
    }

    @Test
    void open_storeInTheClear_isEncryptedByAndBy() throws IOException {
        try (var store = EncryptedLog.open(files, clock, null)) {
            fill(store, 100);
            store.remove(Logs.bytes("key99"), EntryStore.ANY);
        }
        try (var store = open(false)) {
            expectFilled(store, 99);
            var begun = EncryptedLog.image(files);
            assertThat(begun.files()).containsKey("KEYS").doesNotContainKey("STORE");
            assertThat(store.keys().plainSegments())
                    .isEqualTo(EncryptedLog.plainSegments(begun).size())
                    .isGreaterThan(2);

            EncryptedLog.settle(store);

            assertThat(store.keys().plainSegments()).isZero();
            assertThat(store.keys().outdatedSegments()).isZero();
            var moved = EncryptedLog.image(files);
            assertThat(EncryptedLog.plainSegments(moved)).isEmpty();
            assertThat(EncryptedLog.filesWith(moved, VALUE.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            expectFilled(store, 99);
        }
        try (var store = open(false)) {
            expectFilled(store, 99);
        }
    }

    /** What is in the clear may be from anybody: it counts only if it was there when the store was given its keys. */
    @Test
    void open_segmentInTheClearPutIn_isNotTaken() throws IOException {
        var clear = new SimulatedFiles();
        try (var store = EncryptedLog.open(clear, clock, null)) {
            Logs.put(store, "key0", "forged");
        }
        try (var store = open(false)) {
            fill(store, 3);
        }
        var image = EncryptedLog.image(files);
        for (var file : EncryptedLog.image(clear).files().entrySet()) {
            var mixed = image.with(file.getKey().replace("000000000001", "0000000000ff"), file.getValue());
            try {
                files.reopen();
                var store = EncryptedLog.open(EncryptedLog.files(mixed), clock, new StoreEncryption(keys, null, false));
                expectFilled(store, 3);
                store.close();
            } catch (StoreException e) {
                assertThat(e.kind()).isIn(StoreException.Kind.TAMPERED, StoreException.Kind.DAMAGED);
            }
        }
    }

    @Test
    void open_crashWhileItIsGivenItsKeys_losesNothing() throws IOException {
        try (var store = EncryptedLog.open(files, clock, null)) {
            fill(store, 60);
        }
        var before = EncryptedLog.image(files);
        int changes = 0;
        var counted = EncryptedLog.files(before);
        var images = new ArrayList<DiskImage>();
        counted.afterEachChange(() -> images.add(counted.crash().unsyncedLost()));
        EncryptedLog.open(counted, clock, new StoreEncryption(keys, null, false))
                .close();
        for (var image : images) {
            changes++;
            try (var store =
                    EncryptedLog.open(EncryptedLog.files(image), clock, new StoreEncryption(keys, null, false))) {
                expectFilled(store, 60);
            }
        }
        assertThat(changes).isGreaterThan(5);
    }

    /** What a power failure brings back, though it was deleted, may want a key that was destroyed. It is gone all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tick_powerFailsWhileKeysAreDestroyed_losesNothing(boolean erasesExpired) throws IOException {
        var images = new LinkedHashSet<DiskImage>();
        var store = open(erasesExpired);
        fill(store, 60);
        store.sync();
        files.afterEachChange(() -> {
            var crash = files.crash();
            for (var mode : CrashMode.values()) {
                images.addAll(crash.images(mode, 2, 2, 1, images.size()));
            }
        });
        store.keys().renewStoreKey();
        EncryptedLog.settle(store);
        assertThat(store.keys().outdatedSegments()).isZero();
        files.afterEachChange(() -> {});
        for (var image : images) {
            try (var again = EncryptedLog.open(
                    EncryptedLog.files(image),
                    clock,
                    new StoreEncryption(keys, null, erasesExpired),
                    Recovery.STRICT)) {
                expectFilled(again, 60);
            }
        }
        assertThat(images).hasSizeGreaterThan(50);
    }
}
