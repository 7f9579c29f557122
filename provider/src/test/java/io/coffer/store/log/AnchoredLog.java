package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.spi.Recovery;
import io.coffer.spi.RollbackAnchor;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreException.Kind;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import io.coffer.testing.MemoryAnchor;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An encrypted log in simulated folders, how far it has come, and who remembers that. */
final class AnchoredLog {
    final FakeClock clock = new FakeClock();
    final TestKeys keys = new TestKeys("k1");
    final MemoryAnchor anchor = new MemoryAnchor();
    /** The folder after the last session. */
    DiskImage image = DiskImage.EMPTY;

    StoreEncryption by(@Nullable RollbackAnchor remembering) {
        return new StoreEncryption(keys, null, false, remembering);
    }

    LogStore open(SimulatedFiles files, @Nullable RollbackAnchor remembering, Recovery recovery) throws IOException {
        return EncryptedLog.open(files, clock, by(remembering), recovery);
    }

    /** A session with some entries, from opening to closing. */
    void use(String value) throws IOException {
        var files = EncryptedLog.files(image);
        try (var store = open(files, anchor, Recovery.STRICT)) {
            for (int i = 0; i < 20; i++) {
                Logs.put(store, "key" + i, value + i);
            }
        }
        image = EncryptedLog.image(files);
    }

    void requireRefused(DiskImage old, RollbackAnchor remembering, Recovery recovery) {
        requireRefused(old, remembering, recovery, " has the number ");
    }

    void requireRefused(DiskImage old, RollbackAnchor remembering, Recovery recovery, String told) {
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

    /** Returns the number of a file of keys. */
    static long keysNumber(DiskImage image) {
        return LittleEndian.getLong(ByteBuffer.wrap(image.files().get(KeysFile.NAME)), 32);
    }

    /** Returns the number of a manifest, 0 if there is none. */
    static long manifestNumber(DiskImage image) {
        var manifest = image.files().get(ManifestFile.NAME);
        return manifest == null ? 0 : LittleEndian.getLong(ByteBuffer.wrap(manifest), Manifest.SEQUENCE_AT);
    }
}
