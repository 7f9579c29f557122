package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Recovery;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Entries that nobody can read any more once they have expired, not even in an older copy of the files, if the keys are not with it. */
class EraseExpiredTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final FakeClock clock = new FakeClock();
    private final SimulatedFiles files = new SimulatedFiles();
    private final TestKeys keys = new TestKeys("k1");

    private LogStore open(SimulatedFiles where, boolean erases) throws IOException {
        where.reopen();
        return EncryptedLog.open(where, clock, new StoreEncryption(keys, null, erases), Recovery.SALVAGE);
    }

    /** Half of the entries expire in two hours, the others never. */
    private void fill(LogStore store, int entries) {
        for (int i = 0; i < entries; i++) {
            Logs.put(store, "stays" + i, "value " + i);
            Logs.put(store, "goes" + i, "secret " + i, clock.millis() + 2 * HOUR);
        }
    }

    /** What can be read of an older copy of the files with the keys of today. */
    private Set<String> readable(DiskImage old) throws IOException {
        var today = EncryptedLog.image(files).files().get(KeysFile.NAME);
        var copy = EncryptedLog.files(old.with(KeysFile.NAME, today));
        var found = new HashSet<String>();
        try (var log = new CapturedLog();
                var store = open(copy, true)) {
            for (var entry : EncryptedLog.contents(store).keySet()) {
                found.add(entry);
            }
            assertThat(log.warnings()).isNotNull();
        } catch (StoreException e) {
            assertThat(e.kind()).isIn(StoreException.Kind.DAMAGED, StoreException.Kind.TAMPERED);
        }
        return found;
    }

    @Test
    void expire_boundHasPassed_makesOlderCopiesUnreadable() throws IOException {
        DiskImage copy;
        try (var store = open(files, true)) {
            fill(store, 100);
            EncryptedLog.settle(store);
            copy = EncryptedLog.image(files);
            assertThat(readable(copy)).contains("goes1", "goes99", "stays1");

            clock.advance(Duration.ofHours(2));
            EncryptedLog.settle(store);
            assertThat(Logs.get(store, "stays7")).isEqualTo("value 7");
            clock.advance(Duration.ofHours(1).plusSeconds(1));
            EncryptedLog.settle(store);

            for (int i = 0; i < 100; i++) {
                assertThat(Logs.get(store, "stays" + i)).isEqualTo("value " + i);
            }
            assertThat(readable(copy)).noneMatch(key -> key.startsWith("goes"));
            var keysBefore = EncryptedLog.image(files).files().get(KeysFile.NAME);
            EncryptedLog.settle(store);
            assertThat(EncryptedLog.image(files).files().get(KeysFile.NAME)).isEqualTo(keysBefore);
        }
        try (var store = open(files, true)) {
            assertThat(store.size()).isEqualTo(100);
        }
    }

    /** A store whose segments have shared a key gets one for each of them. */
    @Test
    void open_keysWereShared_givesEachSegmentItsOwn() throws IOException {
        try (var store = open(files, false)) {
            fill(store, 50);
        }
        try (var store = open(files, true)) {
            EncryptedLog.settle(store);
            var copy = EncryptedLog.image(files);
            clock.advance(Duration.ofHours(4));
            EncryptedLog.settle(store);
            assertThat(store.keys().outdatedSegments()).isZero();
            assertThat(store.size()).isEqualTo(50);
            assertThat(readable(copy)).noneMatch(key -> key.startsWith("goes"));
        }
    }

    @Test
    void delete_always_destroysTheKeysFirst() throws IOException {
        try (var store = open(files, true)) {
            fill(store, 10);
        }
        files.reopen();
        var names = files.list();
        var seen = new StringBuilder();
        files.afterEachChange(() -> {
            var bytes = EncryptedLog.image(files).files().get(KeysFile.NAME);
            seen.append(bytes == null ? "gone " : isBlank(bytes) ? "blank " : "there ");
        });

        KeysFile.destroy(files, names);

        assertThat(seen.toString()).startsWith("blank blank gone");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open(files, true))
                .withMessageContaining("KEYS is missing");
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }
}
