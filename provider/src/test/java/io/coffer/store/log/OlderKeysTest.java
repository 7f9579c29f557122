package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One of KEYS and MANIFEST is older than the other: the store is refused, and told which of the two it is. */
class OlderKeysTest {
    private final FakeClock clock = new FakeClock();
    private final StoreEncryption encryption = new StoreEncryption(new TestKeys("k1"), null, false);
    /** Before and after the key of the store was renewed; at the end, the first one was destroyed. */
    private DiskImage before = DiskImage.EMPTY;

    private DiskImage after = DiskImage.EMPTY;

    @BeforeEach
    void renewTheKey() throws IOException {
        var files = EncryptedLog.files(DiskImage.EMPTY);
        try (var store = EncryptedLog.open(files, clock, encryption)) {
            for (int i = 0; i < 100; i++) {
                Logs.put(store, "key" + i, "value " + i);
            }
        }
        before = EncryptedLog.image(files);
        files.reopen();
        try (var store = EncryptedLog.open(files, clock, encryption)) {
            store.keys().renewStoreKey();
            EncryptedLog.settle(store);
        }
        after = EncryptedLog.image(files);
    }

    private void requireRefused(DiskImage mixed, Recovery recovery, String told) {
        var files = EncryptedLog.files(mixed);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> EncryptedLog.open(files, clock, encryption, recovery))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TAMPERED))
                .withMessageContaining(told)
                .withMessageContaining("Nothing was changed.");
        assertThat(EncryptedLog.image(files)).isEqualTo(mixed);
    }

    @ParameterizedTest
    @EnumSource(names = {"POINT_IN_TIME", "STRICT"})
    void open_olderKeys_saysSo(Recovery recovery) {
        requireRefused(
                after.with(KeysFile.NAME, before.files().get(KeysFile.NAME)),
                recovery,
                "cannot be opened: MANIFEST and KEYS do not belong together: MANIFEST was written with the key 2 of the"
                        + " store, which KEYS does not have yet: KEYS is older. Or somebody who did not have the key has"
                        + " changed one of them. Put back both as they were at one moment. Set");
    }

    @ParameterizedTest
    @EnumSource(names = {"POINT_IN_TIME", "STRICT"})
    void open_olderManifest_saysSo(Recovery recovery) {
        requireRefused(
                after.with(ManifestFile.NAME, before.files().get(ManifestFile.NAME)),
                recovery,
                "MANIFEST was written with the key 1 of the store, which KEYS does not have any more: MANIFEST is older."
                        + " Or somebody");
    }

    @Test
    void open_olderKeysSalvaged_warnsOfBoth() throws IOException {
        var files = EncryptedLog.files(after.with(KeysFile.NAME, before.files().get(KeysFile.NAME)));
        try (var log = new CapturedLog()) {
            EncryptedLog.open(files, clock, encryption, Recovery.SALVAGE).close();

            assertThat(log.warnings())
                    .anyMatch(line -> line.contains("is damaged: MANIFEST and KEYS do not belong together: "));
        }
    }

    /** The number of the key is in the head, which anybody can change: what cannot be a number is not believed. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void open_numberOfTheKeyMadeUp_isTampering(int epoch) {
        var manifest = after.files().get(ManifestFile.NAME).clone();
        var bytes = ByteBuffer.wrap(manifest);
        LittleEndian.putInt(bytes, 56, epoch);
        FuzzFiles.resealWhole(bytes);

        requireRefused(
                after.with(ManifestFile.NAME, manifest),
                Recovery.STRICT,
                "MANIFEST was changed at offset 64 by somebody who did not have the key.");
    }
}
