package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Damages files in every possible place, and expects to be told. */
final class Damage {
    private Damage() {}

    @FunctionalInterface
    interface Reader {
        Object read(byte[] bytes) throws Exception;
    }

    static void expectForEveryBit(byte[] bytes, Reader reader) {
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            var flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            expect(flipped, reader, "bit " + bit);
        }
    }

    static void expectForEveryCut(byte[] bytes, Reader reader) {
        for (int length = 0; length < bytes.length; length++) {
            expect(Arrays.copyOf(bytes, length), reader, "cut at " + length);
        }
    }

    static void expectForBytesAppended(byte[] bytes, Reader reader) {
        for (int more = 1; more < 100; more++) {
            expect(Arrays.copyOf(bytes, bytes.length + more), reader, more + " bytes more");
        }
    }

    private static void expect(byte[] bytes, Reader reader, String what) {
        assertThatExceptionOfType(DamagedFileException.class)
                .as(what)
                .isThrownBy(() -> reader.read(bytes))
                .withMessageContaining("Expected: ")
                .withMessageContaining("Found: ");
    }

    /** Sets a byte and makes the checksums of the head and of the whole file right again. */
    static byte[] resealed(byte[] file, int at, int value) {
        var bytes = ByteBuffer.wrap(file);
        bytes.put(at, (byte) value);
        LittleEndian.putInt(bytes, 60, Checksum.of(bytes, 0, 60));
        if (file.length > LogFormat.HEADER_BYTES) {
            FileHead.sealBody(bytes, file.length - LogFormat.CHECKSUM_BYTES);
        }
        return file;
    }
}
