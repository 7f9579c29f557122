package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Durability;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.MemoryAnchor;
import io.coffer.testing.Tasks;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The anchor of a store has forgotten, fails, or does not answer. */
class AnchorFailureTest {
    private final AnchoredLog anchored = new AnchoredLog();
    private final MemoryAnchor anchor = anchored.anchor;
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void open_anchorKnowsNothingOfTheStore_takesItWithAWarning() throws IOException {
        anchored.use("value ");
        var forgetful = new MemoryAnchor();
        var old = anchored.image;

        var files = EncryptedLog.files(anchored.image);
        try (var store = anchored.open(files, forgetful, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("value 7");
            Logs.put(store, "key7", "another");
        }
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(
                        "is not new, but the rollback anchor " + MemoryAnchor.class.getName() + " knows nothing of it");
        anchored.requireRefused(old, forgetful, Recovery.STRICT);
    }

    @Test
    void open_anchorFails_isRefusedAndUnchangedButBySalvage() throws IOException {
        anchored.use("value ");
        anchor.fail(true);
        for (var recovery : List.of(Recovery.POINT_IN_TIME, Recovery.STRICT)) {
            var files = EncryptedLog.files(anchored.image);
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> anchored.open(files, anchor, recovery))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
                    .withMessageContaining("The store of cache \"secrets\" in ")
                    .withMessageContaining("The database of anchors is down")
                    .withMessageContaining("Set \"recovery\": \"salvage\" to open without it. Nothing was changed.")
                    .withCauseInstanceOf(IllegalStateException.class);
            assertThat(EncryptedLog.image(files)).isEqualTo(anchored.image);
        }

        try (var store = anchored.open(EncryptedLog.files(anchored.image), anchor, Recovery.SALVAGE)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("value 7");
        }
        assertThat(log.warnings()).anyMatch(line -> line.contains("It is opened all the same"));
    }

    /** Whoever has set salvage learns from the log whether he may take it back. */
    @Test
    void tick_anchorOfASalvagedStoreAnswersLater_saysThatItWasTheNewest() throws IOException {
        anchored.use("value ");
        anchor.fail(true);
        try (var store = anchored.open(EncryptedLog.files(anchored.image), anchor, Recovery.SALVAGE)) {
            store.tick();
            assertThat(log.messages(Level.INFO)).noneMatch(line -> line.contains("answers now"));

            anchor.fail(false);
            store.tick();
            store.tick();

            assertThat(log.messages(Level.INFO))
                    .filteredOn(line -> line.contains("answers now"))
                    .singleElement()
                    .asString()
                    .contains(
                            "Cache secrets: the rollback anchor ",
                            "the folder was the newest when it was opened. Take \"recovery\": \"salvage\" back");
        }
    }

    @Test
    void tick_anchorOfASalvagedStoreAnswersLater_warnsThatItWasOlder() throws IOException {
        anchored.use("first ");
        var old = anchored.image;
        anchored.use("last ");
        anchored.use("last ");
        anchor.fail(true);
        var files = EncryptedLog.files(old);
        try (var store = anchored.open(files, anchor, Recovery.SALVAGE)) {
            anchor.fail(false);
            store.tick();
            store.tick();

            assertThat(log.warnings())
                    .filteredOn(line -> line.contains("answers now"))
                    .singleElement()
                    .asString()
                    .contains("remembers more than the folder had", "until the store was opened once more");
        }

        files.reopen();
        anchored.open(files, anchor, Recovery.SALVAGE).close();
        files.reopen();
        try (var store = anchored.open(files, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(store, "key7")).isEqualTo("first 7");
        }
    }

    @Test
    void expectNewest_anchorHangs_isToldInTheLog() throws Exception {
        var hanging = new HangingAnchor();
        hanging.hang();
        var anchoring = new Anchoring(hanging, new UUID(1, 2), 1);
        try (var tasks = new Tasks()) {
            var opening = tasks.run(
                    () -> anchoring.expectNewest(1, 1, "The store", new Losses(Recovery.STRICT, "The store")));

            awaitWarning(
                    "The store is being opened, and waits for the rollback anchor " + HangingAnchor.class.getName());
            assertThat(opening).isNotDone();
            hanging.answer();
            Tasks.result(opening);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opened", "closed"})
    void beginAndEnd_anchorHangs_isToldInTheLog(String what) throws Exception {
        var hanging = new HangingAnchor();
        var anchoring = new Anchoring(hanging, new UUID(1, 2), 1);
        boolean isOpened = what.equals("opened");
        anchoring.noteKeys(1);
        if (!isOpened) {
            anchoring.begin(new LogMessages("secrets"), "secrets", false);
            anchoring.noteKeys(2);
        }
        hanging.hang();
        try (var tasks = new Tasks()) {
            var waiting = tasks.run(() -> {
                if (isOpened) {
                    anchoring.begin(new LogMessages("secrets"), "secrets", false);
                } else {
                    anchoring.end();
                }
            });

            awaitWarning("Cache secrets: the store is being " + what + ", and waits for the rollback anchor ");
            assertThat(waiting).isNotDone();
            hanging.answer();
            Tasks.result(waiting);
        }
    }

    private void awaitWarning(String told) {
        Tasks.awaitThat(() -> log.warnings().stream().anyMatch(line -> line.startsWith(told)), told);
    }

    @Test
    void advance_anchorFailsWhileOpen_isTriedAgainAndToldOnce() throws IOException {
        var files = EncryptedLog.files(anchored.image);
        var store = anchored.open(files, anchor, Recovery.STRICT);
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
        try (var again = anchored.open(files, anchor, Recovery.STRICT)) {
            assertThat(Logs.get(again, "key59")).isEqualTo("value 59");
        }
    }

    /** The anchor does not answer: nobody who uses the store notices. */
    @Test
    void advance_anchorHangs_holdsUpNobody() throws Exception {
        var files = new SimulatedFiles();
        var hanging = new HangingAnchor();
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
                        anchored.by(hanging),
                        anchored.clock,
                        System::nanoTime,
                        new SecureRandom(),
                        true));
        hanging.hang();
        store.keys().renewStoreKey();
        hanging.awaitAsked();
        for (int i = 0; i < 100; i++) {
            Logs.put(store, "key" + i, "value " + i);
        }
        store.keys().renewOuterKey();
        store.sync();
        assertThat(Logs.get(store, "key99")).isEqualTo("value 99");

        hanging.answer();
        store.close();
    }
}
