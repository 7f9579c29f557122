package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.MemoryAnchor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store whose numbers are remembered elsewhere: an older folder is refused, unless it is salvaged. */
class AnchoringTest {
    private final AnchoredLog anchored = new AnchoredLog();
    private final MemoryAnchor anchor = anchored.anchor;
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void release() {
        log.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POINT_IN_TIME", "STRICT"})
    void open_wholeFolderPutBackAsItWas_isRefusedAndUnchanged(Recovery recovery) throws IOException {
        var olds = new ArrayList<DiskImage>();
        for (var value : List.of("first ", "second ", "third ")) {
            anchored.use(value);
            olds.add(anchored.image);
        }
        anchored.use("last ");

        for (var old : olds) {
            anchored.requireRefused(old, anchor, recovery, ManifestFile.NAME + " has the number ");
        }
        try (var store = anchored.open(EncryptedLog.files(anchored.image), anchor, recovery)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("last 7");
        }
    }

    /** Nothing but KEYS is left of a store: without an anchor it would be taken for a new one. */
    @Test
    void open_allButTheKeysTakenAway_isRefused() throws IOException {
        anchored.use("value ");
        var left = DiskImage.EMPTY.with(KeysFile.NAME, anchored.image.files().get(KeysFile.NAME));

        anchored.requireRefused(left, anchor, Recovery.POINT_IN_TIME, ManifestFile.NAME + " has the number 0");
        assertThat(EncryptedLog.contents(anchored.open(EncryptedLog.files(left), null, Recovery.POINT_IN_TIME)))
                .isEmpty();
    }

    /** Keys that take a manifest in the clear are those of the moment when the store was given them: with them, anybody could make entries. */
    @Test
    void open_keysOfWhenItWasInTheClearPutBack_isRefused() throws IOException {
        var clear = new SimulatedFiles();
        try (var store = EncryptedLog.open(clear, anchored.clock, null)) {
            Logs.put(store, "key", "in the clear");
        }
        var files = EncryptedLog.files(EncryptedLog.image(clear));
        var takingPlain = new LinkedHashMap<Long, byte[]>();
        files.afterEachChange(() -> {
            var now = EncryptedLog.image(files);
            var found = now.files().get(KeysFile.NAME);
            if (found != null) {
                takingPlain.putIfAbsent(AnchoredLog.keysNumber(now), found);
            }
        });
        anchored.open(files, anchor, Recovery.STRICT).close();
        assertThat(takingPlain).containsKey(1L);

        anchored.requireRefused(
                EncryptedLog.image(files).with(KeysFile.NAME, takingPlain.get(1L)),
                anchor,
                Recovery.POINT_IN_TIME,
                KeysFile.NAME + " has the number 1, and");
    }

    @Test
    void open_outerKeyRenewedAndOlderKeysPutBack_isRefused() throws IOException {
        anchored.use("value ");
        var old = anchored.image.files().get(KeysFile.NAME);
        var files = EncryptedLog.files(anchored.image);
        try (var store = anchored.open(files, anchor, Recovery.STRICT)) {
            anchored.keys.use("k2");
            store.keys().renewOuterKey();
        }

        anchored.requireRefused(
                EncryptedLog.image(files).with(KeysFile.NAME, old), anchor, Recovery.STRICT, KeysFile.NAME);
    }

    @Test
    void open_olderFolderSalvaged_isTheNewestFromThenOn() throws IOException {
        anchored.use("first ");
        var old = anchored.image;
        anchored.use("last ");

        var files = EncryptedLog.files(old);
        try (var store = anchored.open(files, anchor, Recovery.SALVAGE)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("first 7");
            assertThat(log.warnings()).anyMatch(line -> line.contains("was put back as it was before"));
        }
        var salvaged = EncryptedLog.image(files);

        anchored.requireRefused(old, anchor, Recovery.STRICT);
        anchored.requireRefused(anchored.image, anchor, Recovery.STRICT);
        files.reopen();
        try (var store = anchored.open(files, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("first 7");
        }
        assertThat(AnchoredLog.keysNumber(salvaged)).isPositive();
    }

    /** Keys, too, go on with a greater number. */
    @Test
    void open_olderKeysSalvaged_areTheNewestFromThenOn() throws IOException {
        anchored.use("value ");
        var old = anchored.image.files().get(KeysFile.NAME);
        var files = EncryptedLog.files(anchored.image);
        try (var store = anchored.open(files, anchor, Recovery.STRICT)) {
            store.keys().renewOuterKey();
        }
        var mixed = EncryptedLog.files(EncryptedLog.image(files).with(KeysFile.NAME, old));

        anchored.open(mixed, anchor, Recovery.SALVAGE).close();
        mixed.reopen();
        try (var store = anchored.open(mixed, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("value 7");
        }
        files.reopen();
        anchored.requireRefused(EncryptedLog.image(files), anchor, Recovery.STRICT, KeysFile.NAME);
    }

    @Test
    void open_manifestLostAndSalvaged_goesOnAboveWhatIsRemembered() throws IOException {
        anchored.use("first ");
        anchored.use("last ");
        var files = EncryptedLog.files(anchored.image.without(ManifestFile.NAME));

        anchored.open(files, anchor, Recovery.SALVAGE).close();
        files.reopen();
        try (var store = anchored.open(files, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("last 7");
        }
        anchored.requireRefused(anchored.image, anchor, Recovery.STRICT);
    }

    @Test
    void open_storeIsNew_isToldWithoutAWarning() throws IOException {
        anchored.use("value ");

        assertThat(log.warnings()).isEmpty();
        assertThat(anchor.numbers()).hasSize(2);
        assertThat(anchor.numbers().keySet()).allMatch(name -> name.matches("[0-9a-f-]{36}\\.(KEYS|MANIFEST)"));
        assertThat(anchor.numbers().values())
                .containsExactlyInAnyOrder(
                        AnchoredLog.keysNumber(anchored.image), AnchoredLog.manifestNumber(anchored.image));
    }
}
