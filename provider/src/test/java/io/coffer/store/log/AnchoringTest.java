package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.RollbackAnchor;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import io.coffer.testing.MemoryAnchor;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store whose numbers are remembered elsewhere: an older folder is refused, an honest one never. */
class AnchoringTest {
    private static final long SEED = 5;

    private final FakeClock clock = new FakeClock();
    private final TestKeys keys = new TestKeys("k1");
    private final MemoryAnchor anchor = new MemoryAnchor();
    private final CapturedLog log = new CapturedLog();
    private DiskImage image = DiskImage.EMPTY;

    @AfterEach
    void release() {
        log.close();
    }

    private StoreEncryption by(RollbackAnchor remembering) {
        return new StoreEncryption(keys, null, false, remembering);
    }

    private LogStore open(SimulatedFiles files, RollbackAnchor remembering, Recovery recovery) throws IOException {
        return EncryptedLog.open(files, clock, by(remembering), recovery);
    }

    /** A session with some entries, from opening to closing. */
    private void use(String value) throws IOException {
        var files = EncryptedLog.files(image);
        try (var store = open(files, anchor, Recovery.STRICT)) {
            for (int i = 0; i < 20; i++) {
                Logs.put(store, "key" + i, value + i);
            }
        }
        image = EncryptedLog.image(files);
    }

    private void requireRefused(DiskImage old, RollbackAnchor remembering, Recovery recovery) {
        requireRefused(old, remembering, recovery, " has the number ");
    }

    private void requireRefused(DiskImage old, RollbackAnchor remembering, Recovery recovery, String told) {
        var files = EncryptedLog.files(old);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(files, remembering, recovery))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TAMPERED))
                .withMessageContaining("The store of cache \"secrets\" in ")
                .withMessageContaining(
                        "the rollback anchor " + remembering.getClass().getName() + " remembers ")
                .withMessageContaining(told)
                .withMessageContaining("Nothing was changed.");
        assertThat(EncryptedLog.image(files)).isEqualTo(old);
    }

    @ParameterizedTest
    @EnumSource(names = {"POINT_IN_TIME", "STRICT"})
    void open_wholeFolderPutBackAsItWas_isRefusedAndUnchanged(Recovery recovery) throws IOException {
        var olds = new ArrayList<DiskImage>();
        for (var value : List.of("first ", "second ", "third ")) {
            use(value);
            olds.add(image);
        }
        use("last ");

        for (var old : olds) {
            requireRefused(old, anchor, recovery, ManifestFile.NAME + " has the number ");
        }
        try (var store = open(EncryptedLog.files(image), anchor, recovery)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("last 7");
        }
    }

    /** Nothing but KEYS is left of a store: without an anchor it would be taken for a new one. */
    @Test
    void open_allButTheKeysTakenAway_isRefused() throws IOException {
        use("value ");
        var left = DiskImage.EMPTY.with(KeysFile.NAME, image.files().get(KeysFile.NAME));

        requireRefused(left, anchor, Recovery.POINT_IN_TIME, ManifestFile.NAME + " has the number 0");
        assertThat(EncryptedLog.contents(open(EncryptedLog.files(left), null, Recovery.POINT_IN_TIME)))
                .isEmpty();
    }

    /** Keys that take a manifest in the clear are those of the moment when the store was given them: with them, anybody could make entries. */
    @Test
    void open_keysOfWhenItWasInTheClearPutBack_isRefused() throws IOException {
        var clear = new SimulatedFiles();
        try (var store = EncryptedLog.open(clear, clock, null)) {
            Logs.put(store, "key", "in the clear");
        }
        var files = EncryptedLog.files(EncryptedLog.image(clear));
        var takingPlain = new LinkedHashMap<Long, byte[]>();
        files.afterEachChange(() -> {
            var found = EncryptedLog.image(files).files().get(KeysFile.NAME);
            if (found != null) {
                takingPlain.putIfAbsent(number(found, 32), found);
            }
        });
        open(files, anchor, Recovery.STRICT).close();
        assertThat(takingPlain).containsKey(1L);

        requireRefused(
                EncryptedLog.image(files).with(KeysFile.NAME, takingPlain.get(1L)),
                anchor,
                Recovery.POINT_IN_TIME,
                KeysFile.NAME + " has the number 1, and");
    }

    private static long number(byte[] file, int at) {
        return LittleEndian.getLong(ByteBuffer.wrap(file), at);
    }

    @Test
    void open_outerKeyRenewedAndOlderKeysPutBack_isRefused() throws IOException {
        use("value ");
        var old = image.files().get(KeysFile.NAME);
        var files = EncryptedLog.files(image);
        try (var store = open(files, anchor, Recovery.STRICT)) {
            keys.use("k2");
            store.keys().renewOuterKey();
        }

        requireRefused(EncryptedLog.image(files).with(KeysFile.NAME, old), anchor, Recovery.STRICT, KeysFile.NAME);
    }

    @Test
    void open_olderFolderSalvaged_isTheNewestFromThenOn() throws IOException {
        use("first ");
        var old = image;
        use("last ");

        var files = EncryptedLog.files(old);
        try (var store = open(files, anchor, Recovery.SALVAGE)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("first 7");
            assertThat(log.warnings()).anyMatch(line -> line.contains("was put back as it was before"));
        }
        var salvaged = EncryptedLog.image(files);

        requireRefused(old, anchor, Recovery.STRICT);
        requireRefused(image, anchor, Recovery.STRICT);
        files.reopen();
        try (var store = open(files, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("first 7");
        }
        assertThat(number(salvaged.files().get(KeysFile.NAME), 32)).isPositive();
    }

    /** Keys, too, go on with a greater number. */
    @Test
    void open_olderKeysSalvaged_areTheNewestFromThenOn() throws IOException {
        use("value ");
        var old = image.files().get(KeysFile.NAME);
        var files = EncryptedLog.files(image);
        try (var store = open(files, anchor, Recovery.STRICT)) {
            store.keys().renewOuterKey();
        }
        var mixed = EncryptedLog.files(EncryptedLog.image(files).with(KeysFile.NAME, old));

        open(mixed, anchor, Recovery.SALVAGE).close();
        mixed.reopen();
        try (var store = open(mixed, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("value 7");
        }
        files.reopen();
        requireRefused(EncryptedLog.image(files), anchor, Recovery.STRICT, KeysFile.NAME);
    }

    @Test
    void open_manifestLostAndSalvaged_goesOnAboveWhatIsRemembered() throws IOException {
        use("first ");
        use("last ");
        var files = EncryptedLog.files(image.without(ManifestFile.NAME));

        open(files, anchor, Recovery.SALVAGE).close();
        files.reopen();
        try (var store = open(files, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("last 7");
        }
        requireRefused(image, anchor, Recovery.STRICT);
    }

    @Test
    void open_storeIsNew_isToldWithoutAWarning() throws IOException {
        use("value ");

        assertThat(log.warnings()).isEmpty();
        assertThat(anchor.numbers()).hasSize(2);
        assertThat(anchor.numbers().keySet()).allMatch(name -> name.matches("[0-9a-f-]{36}\\.(KEYS|MANIFEST)"));
        assertThat(anchor.numbers().values())
                .containsExactlyInAnyOrder(
                        number(image.files().get(KeysFile.NAME), 32),
                        number(image.files().get(ManifestFile.NAME), Manifest.SEQUENCE_AT));
    }

    @Test
    void open_anchorKnowsNothingOfTheStore_takesItWithAWarning() throws IOException {
        use("value ");
        var forgetful = new MemoryAnchor();
        var old = image;

        var files = EncryptedLog.files(image);
        try (var store = open(files, forgetful, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("value 7");
            Logs.put(store, "key7", "another");
        }
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(
                        "is not new, but the rollback anchor " + MemoryAnchor.class.getName() + " knows nothing of it");
        requireRefused(old, forgetful, Recovery.STRICT);
    }

    @Test
    void open_anchorFails_isRefusedAndUnchangedButBySalvage() throws IOException {
        use("value ");
        anchor.fail(true);
        for (var recovery : List.of(Recovery.POINT_IN_TIME, Recovery.STRICT)) {
            var files = EncryptedLog.files(image);
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> open(files, anchor, recovery))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
                    .withMessageContaining("The store of cache \"secrets\" in ")
                    .withMessageContaining("The database of anchors is down")
                    .withMessageContaining("Set \"recovery\": \"salvage\" to open without it. Nothing was changed.")
                    .withCauseInstanceOf(IllegalStateException.class);
            assertThat(EncryptedLog.image(files)).isEqualTo(image);
        }

        try (var store = open(EncryptedLog.files(image), anchor, Recovery.SALVAGE)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("value 7");
        }
        assertThat(log.warnings()).anyMatch(line -> line.contains("It is opened all the same"));
    }

    @Test
    void advance_anchorFailsWhileOpen_isTriedAgainAndToldOnce() throws IOException {
        var files = EncryptedLog.files(image);
        var store = open(files, anchor, Recovery.STRICT);
        anchor.fail(true);
        var before = anchor.numbers();
        for (int i = 0; i < 60; i++) {
            Logs.put(store, "key" + i, "value " + i);
            store.tick();
        }
        assertThat(anchor.numbers()).isEqualTo(before);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("Cache secrets: the rollback anchor ", "it is tried again");

        anchor.fail(false);
        store.tick();
        assertThat(anchor.numbers()).isNotEqualTo(before);
        anchor.fail(true);
        store.close();
        assertThat(log.warnings()).hasSize(2);

        anchor.fail(false);
        files.reopen();
        try (var again = open(files, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(again, "key59")).isEqualTo("value 59");
        }
    }

    /**
     * The anchor lives on when the power fails or the process dies after any call that changes the disk; then the store opens. And with what
     * is remembered in the end, all that has less is refused.
     */
    @ParameterizedTest
    @EnumSource
    void open_afterACrashAtAnyCall_isNeverRefused(CrashMode mode) throws IOException {
        Map<DiskImage, MemoryAnchor> crashes = new LinkedHashMap<>();
        var random = new SplittableRandom(SEED);
        var watched = new SimulatedFiles();
        watched.afterEachChange(() -> {
            var crash = watched.crash();
            crashes.putIfAbsent(crash.killed(), anchor.copy());
            crashes.putIfAbsent(crash.unsyncedLost(), anchor.copy());
            crashes.putIfAbsent(crash.random(mode, random), anchor.copy());
        });
        script(watched, anchor);

        int refused = 0;
        for (var crash : crashes.entrySet()) {
            var where =
                    mode + ", seed " + SEED + ", remembered " + crash.getValue().numbers();
            try (var store = open(EncryptedLog.files(crash.getKey()), crash.getValue(), Recovery.STRICT)) {
                assertThat(store.counters().damagedEntries()).as(where).isZero();
            } catch (StoreException e) {
                throw new AssertionError(where, e);
            }
            boolean isOlder = isOlder(crash.getKey());
            refused += isOlder ? 1 : 0;
            if (isOlder) {
                requireRefused(crash.getKey(), anchor, Recovery.STRICT);
            } else {
                open(EncryptedLog.files(crash.getKey()), anchor.copy(), Recovery.STRICT)
                        .close();
            }
        }
        System.out.println("open_afterACrashAtAnyCall, " + mode + ": " + crashes.size() + " disks, " + refused
                + " older than remembered");
        assertThat(crashes).hasSizeGreaterThan(200);
        assertThat(refused).isBetween(100, crashes.size() - 1);
    }

    /** What could not be synced may be gone after a power failure, so it is not remembered. */
    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"IO_ERROR", "SYNC_LOSES"})
    void advance_aSyncOfNamesFails_neverTellsWhatMayBeLost(Failure failure) throws IOException {
        int failed = 0;
        for (int n = 1; n < 40; n++) {
            var remembering = new MemoryAnchor();
            var files = new SimulatedFiles();
            files.faults().once(Call.SYNC_DIRECTORY, n, failure);
            try {
                script(files, remembering);
            } catch (IOException | StoreException e) {
                failed++;
            }
            var crash = files.crash();
            for (var left : List.of(crash.killed(), crash.unsyncedLost())) {
                var where = failure + " of sync " + n + ", remembered " + remembering.numbers();
                try {
                    open(EncryptedLog.files(left), remembering.copy(), Recovery.POINT_IN_TIME)
                            .close();
                } catch (StoreException e) {
                    assertThat(e).as(where).hasMessageNotContaining("rollback anchor");
                }
            }
        }
        assertThat(failed).isPositive();
    }

    /** Every way in which the numbers rise: opening, sealing, compaction, new keys, closing, the death of a process. */
    private void script(SimulatedFiles files, MemoryAnchor remembering) throws IOException {
        for (int session = 0; session < 3; session++) {
            var store = open(files, remembering, Recovery.STRICT);
            for (int i = 0; i < 20; i++) {
                Logs.put(store, "key" + i % 7, "value " + session + "x".repeat(100));
            }
            store.tick();
            if (session == 0) {
                store.keys().renewStoreKey();
                EncryptedLog.settle(store);
            } else if (session == 1) {
                store.keys().renewOuterKey();
                store.tick();
            }
            if (session != 1) {
                store.close();
                files.reopen();
            }
        }
    }

    private boolean isOlder(DiskImage left) {
        var found = left.files().get(KeysFile.NAME);
        var manifest = left.files().get(ManifestFile.NAME);
        if (found == null) {
            return false; // there was no store yet
        }
        long manifestNumber = manifest == null ? 0 : number(manifest, Manifest.SEQUENCE_AT);
        return anchor.numbers().entrySet().stream()
                .anyMatch(each ->
                        each.getValue() > (each.getKey().endsWith(KeysFile.NAME) ? number(found, 32) : manifestNumber));
    }

    /** The anchor does not answer: nobody who uses the store notices. */
    @Test
    void advance_anchorHangs_holdsUpNobody() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var files = new SimulatedFiles();
        var hanging = new RollbackAnchor() {
            private volatile boolean hangs;

            @Override
            public long remembered(String counter) {
                return 0;
            }

            @Override
            public void advance(String counter, long number) {
                if (hangs) {
                    asked.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        };
        var store = LogStore.open(
                files,
                new LogOptions(
                        "secrets",
                        "texts",
                        Durability.ALWAYS,
                        1000,
                        Recovery.STRICT,
                        2048,
                        EncryptedLog.SEGMENT_BYTES,
                        EncryptedLog.SEGMENT_BYTES,
                        Long.MAX_VALUE,
                        false,
                        0,
                        by(hanging),
                        clock,
                        System::nanoTime,
                        new SecureRandom(),
                        true));
        hanging.hangs = true;
        store.keys().renewStoreKey();
        asked.await();
        for (int i = 0; i < 100; i++) {
            Logs.put(store, "key" + i, "value " + i);
        }
        store.keys().renewOuterKey();
        store.sync();
        assertThat(Logs.get(store, "key99")).isEqualTo("value 99");

        answer.countDown();
        store.close();
    }
}
