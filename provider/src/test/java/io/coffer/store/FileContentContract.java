package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the files of a directory promise while nothing crashes: what is written is read. A part of {@link FilesContract}. */
abstract class FileContentContract {
    private Files files;

    /** Opens an empty directory. */
    abstract Files open() throws IOException;

    @BeforeEach
    void openFiles() throws IOException {
        files = open();
    }

    @AfterEach
    void closeFiles() throws IOException {
        Thread.interrupted();
        files.close();
    }

    Files files() {
        return files;
    }

    @Test
    void create_newName_isListedAndEmpty() throws IOException {
        files.create("b").close();
        files.create("a").close();

        assertThat(files.list()).containsExactly("a", "b");
        assertThat(read("a")).isEmpty();
    }

    @Test
    void create_nameInUse_failsAndLeavesTheFile() throws IOException {
        write("a", "old");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> files.create("a"))
                .withMessageContaining("already");
        assertThat(read("a")).isEqualTo("old");
    }

    @Test
    void open_noSuchFile_saysSoAndMakesNone() throws IOException {
        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(() -> files.openForReading("a"))
                .withMessageContaining("a");
        assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> files.openForWriting("a"));
        assertThat(files.list()).isEmpty();
    }

    @Test
    void openForReading_madeAfterAFailedOpen_readsTheNewOne() throws IOException {
        assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> files.openForReading("a"));
        write("a", "new");

        assertThat(read("a")).isEqualTo("new");
    }

    @Test
    void write_partOfAnArray_writesThatPartThere() throws IOException {
        try (var file = files.create("a")) {
            file.write(0, bytes("..abcdef.."), 2, 6);
            file.write(6, bytes("gh"), 0, 2);
            file.write(2, bytes("XY"), 0, 2);
            file.write(4, bytes("Z"), 0, 1);
            file.write(8, bytes("i"), 0, 1);
            file.write(9, bytes("?"), 0, 0);
        }

        assertThat(read("a")).isEqualTo("abXYZfghi");
    }

    @Test
    void write_beyondTheEnd_fillsTheGapWithZeros() throws IOException {
        try (var file = files.create("a")) {
            file.write(3, bytes("d"), 0, 1);
        }

        assertThat(read("a")).isEqualTo("\0\0\0d");
    }

    @Test
    void write_existingFile_changesItInPlace() throws IOException {
        write("a", "abcdef");

        try (var file = files.openForWriting("a")) {
            file.write(1, bytes("XX"), 0, 2);
        }

        assertThat(read("a")).isEqualTo("aXXdef");
    }

    @Test
    void reserve_fileThatEndsBefore_fillsItWithZeros() throws IOException {
        try (var file = files.create("a")) {
            file.write(0, bytes("ab"), 0, 2);
            file.reserve(4);
            file.reserve(3);
            assertThat(read("a")).isEqualTo("ab\0\0");

            file.write(2, bytes("cdef"), 0, 4);
            file.reserve(5);
            assertThat(read("a")).isEqualTo("abcdef");
        }
    }

    @Test
    void write_inLargeRooms_writesThereAndBehind() throws IOException {
        int room = 200_000;
        var block = "0123456789abcdef".repeat(1_000);
        var expected = new StringBuilder();
        try (var file = files.create("a")) {
            for (int size = room; expected.length() < 3 * room; size += room) {
                file.reserve(size);
                while (expected.length() < size) {
                    file.write(expected.length(), bytes(block), 0, block.length());
                    expected.append(block);
                }
            }
            file.reserve(4L * room);
            file.truncate(expected.length());
            file.write(expected.length(), bytes("end"), 0, 3);
            file.sync();
        }

        assertThat(read("a")).isEqualTo(expected + "end");
    }

    @Test
    void read_largeFileThatGrows_readsWhatIsThere() throws IOException {
        int step = 300_000;
        try (var writer = files.create("a");
                var reader = files.openForReading("a")) {
            for (int size = step; size <= 3 * step; size += step) {
                writer.write(size - step, bytes(String.valueOf(size / step).repeat(step)), 0, step);
                for (int i = 0; i < 1_000; i++) {
                    var buffer = ByteBuffer.allocate(2);
                    assertThat(reader.read(buffer, size - 2)).isEqualTo(2);
                    assertThat(text(buffer.flip()))
                            .isEqualTo(String.valueOf(size / step).repeat(2));
                }
            }
        }
    }

    @Test
    void truncate_longerAndShorter_onlyCuts() throws IOException {
        try (var file = files.create("a")) {
            file.write(0, bytes("abcdef"), 0, 6);
            file.truncate(10);
            assertThat(read("a")).isEqualTo("abcdef");

            file.truncate(2);
            assertThat(read("a")).isEqualTo("ab");

            file.write(4, bytes("x"), 0, 1);
            assertThat(read("a")).isEqualTo("ab\0\0x");
        }
    }

    @Test
    void read_partOfABuffer_fillsThatPart() throws IOException {
        write("a", "abcdef");

        try (var file = files.openForReading("a")) {
            for (var buffer : new ByteBuffer[] {ByteBuffer.allocate(8), ByteBuffer.allocateDirect(8)}) {
                buffer.position(2).limit(5);

                assertThat(file.read(buffer, 1)).isEqualTo(3);

                assertThat(buffer.position()).isEqualTo(5);
                assertThat(text(buffer.clear())).isEqualTo("\0\0bcd\0\0\0");
            }
        }
    }

    @Test
    void read_atTheEnd_returnsWhatIsThere() throws IOException {
        write("a", "abc");

        try (var file = files.openForReading("a")) {
            var buffer = ByteBuffer.allocate(5);

            assertThat(file.read(buffer, 1)).isEqualTo(2);
            assertThat(file.read(buffer, 3)).isZero();
            assertThat(file.read(buffer, 100)).isZero();
            assertThat(text(buffer.flip())).isEqualTo("bc");
        }
    }

    @Test
    void read_negativePosition_failsAndLeavesTheBuffer() throws IOException {
        write("a", "abc");

        try (var file = files.openForReading("a")) {
            var buffer = ByteBuffer.allocate(2);

            assertThatIllegalArgumentException().isThrownBy(() -> file.read(buffer, -1));
            assertThat(buffer.position()).isZero();
        }
    }

    @Test
    void read_whileWritten_seesWhatHasBeenWritten() throws IOException {
        try (var writer = files.create("a");
                var reader = files.openForReading("a")) {
            writer.write(0, bytes("abc"), 0, 3);
            assertThat(reader.size()).isEqualTo(3);

            writer.write(3, bytes("d"), 0, 1);
            assertThat(reader.size()).isEqualTo(4);
            assertThat(text(reader)).isEqualTo("abcd");
        }
    }

    void write(String name, String text) throws IOException {
        try (var file = files.create(name)) {
            file.write(0, bytes(text), 0, text.length());
        }
    }

    String read(String name) throws IOException {
        try (var file = files.openForReading(name)) {
            return text(file);
        }
    }

    static String text(ReadableFile file) throws IOException {
        var buffer = ByteBuffer.allocate((int) file.size());
        file.read(buffer, 0);
        return text(buffer.flip());
    }

    static String text(ByteBuffer buffer) {
        return StandardCharsets.ISO_8859_1.decode(buffer).toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
