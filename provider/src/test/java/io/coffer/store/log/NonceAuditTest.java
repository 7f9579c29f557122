package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * No two records are encrypted with one key under one nonce, whatever happens: in all states of all files that a store goes through, its
 * copies and what failed writes have left included. A key is known by the salt of its segment, since it is derived from it.
 */
class NonceAuditTest {
    private final FakeClock clock = new FakeClock();
    /** What was encrypted, by salt and nonce. */
    private final Map<String, String> seen = new HashMap<>();

    private int salts;

    private SimulatedFiles watched(DiskImage image) {
        var files = EncryptedLog.files(image);
        files.afterEachChange(() -> audit(EncryptedLog.image(files)));
        return files;
    }

    private void audit(DiskImage image) {
        image.files().forEach((name, bytes) -> {
            if (Inventory.isSegment(name) && bytes.length > Suite.SEALED.headerBytes) {
                audit(bytes);
            }
        });
    }

    private void audit(byte[] segment) {
        var bytes = ByteBuffer.wrap(segment);
        var salt = Arrays.toString(Arrays.copyOfRange(segment, 64, 96));
        salts += seen.putIfAbsent(salt, "") == null ? 1 : 0;
        int at = Suite.SEALED.headerBytes;
        while (at + LogFormat.SEALED_RECORD_BYTES <= segment.length) {
            int length = LittleEndian.getInt(bytes, at + 8);
            int end = at + 24 + length;
            if (length < 32 || end > segment.length) {
                return; // torn
            }
            var nonce = Arrays.toString(Arrays.copyOfRange(segment, at + 12, at + 24));
            var sealed = at + Arrays.toString(Arrays.copyOfRange(segment, at + 24, end));
            assertThat(seen.computeIfAbsent(salt + nonce, some -> sealed))
                    .as("two records under one nonce")
                    .isEqualTo(sealed);
            at = end;
        }
    }

    private void use(EntryStore store, String value) {
        for (int i = 0; i < 60; i++) {
            try {
                Logs.put(store, "key" + i % 20, value + i);
            } catch (StoreException e) {
                assertThat(e.kind()).isIn(StoreException.Kind.FULL, StoreException.Kind.FAILED);
            }
        }
    }

    private LogStore open(SimulatedFiles files) throws IOException {
        return EncryptedLog.open(files, clock, TestKeys.encryption());
    }

    @Test
    void nonces_crashesFailuresAndCopies_areNeverTheSame() throws IOException {
        var files = watched(DiskImage.EMPTY);
        var store = open(files);
        use(store, "first ");
        for (var failure : new Failure[] {Failure.NO_SPACE, Failure.SHORT_WRITE, Failure.IO_ERROR}) {
            for (int i = 1; i < 4; i++) {
                files.faults().from(Call.WRITE, i, failure);
                use(store, "failing ");
                files.faults().none();
                clock.advance(Duration.ofSeconds(2));
                use(store, "again ");
                store.tick();
            }
        }
        var copy = EncryptedLog.image(files);
        use(store, "here ");
        store.close();

        // The copy goes on by itself; so does what a power failure leaves.
        for (var image : new DiskImage[] {copy, copy, files.crash().unsyncedLost()}) {
            try (var other = open(watched(image))) {
                use(other, "there ");
                EncryptedLog.settle(other);
            }
        }
        assertThat(salts).isGreaterThan(10);
        assertThat(seen).hasSizeGreaterThan(400);
    }
}
