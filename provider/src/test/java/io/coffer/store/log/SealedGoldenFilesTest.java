package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Recovery;
import io.coffer.store.DiskImage;
import io.coffer.testing.FakeClock;
import io.coffer.testing.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An encrypted store as version 1 has written it, whose outer key is known, can be read by every later version. */
class SealedGoldenFilesTest {
    private static final List<String> NAMES = List.of("KEYS", "MANIFEST", "000000000001.seg", "000000000001.hint");

    static DiskImage golden() throws IOException {
        var image = DiskImage.EMPTY;
        for (var name : NAMES) {
            try (InputStream file = SealedGoldenFilesTest.class.getResourceAsStream("/format/1/sealed/" + name)) {
                image = image.with(name, file.readAllBytes());
            }
        }
        return image;
    }

    @Test
    void open_filesOfVersion1_showsTheirEntries() throws IOException {
        for (var recovery : Recovery.values()) {
            try (var store =
                    EncryptedLog.open(EncryptedLog.files(golden()), new FakeClock(), TestKeys.encryption(), recovery)) {
                assertThat(Logs.get(store, "language")).isEqualTo("Java");
                assertThat(Logs.get(store, "greeting")).isEqualTo("Grüß Gott");
                assertThat(Logs.get(store, "gone")).isNull();
                assertThat(store.size()).isEqualTo(2);
                assertThat(store.find(Logs.bytes("greeting")).expiresAtMillis()).isEqualTo(9_999_999_999_999L);
                assertThat(store.keys().outerKeyId()).isEqualTo("k1");
            }
        }
    }

    @Test
    void decodeEncode_file_isTheSame() throws Exception {
        var files = EncryptedLog.files(golden());
        var keys = WholeFile.read(files, "KEYS", 1 << 16);
        assertThat(KeysFile.decode(keys, "KEYS").encode()).isEqualTo(keys);
        var ring = KeyRing.open(files, TestKeys.encryption());
        var headers = new SegmentHeaders(ring.identity(), new SecureRandom(), ring);
        var segment = WholeFile.read(files, NAMES.get(2), 1 << 16);
        var header = headers.decode(segment, NAMES.get(2));
        assertThat(segment).startsWith(header.encode());
        var manifest = ManifestFile.read(files, ring.identity().tag(), ring);
        assertThat(SealedManifest.encode(manifest, ring)).hasSameSizeAs(WholeFile.read(files, "MANIFEST", 1 << 16));
        assertThat(manifest.segments()).hasSize(1).allMatch(line -> line.isAbout(header));
    }
}
