package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is mapped of files, where that is possible: Linux tells. That it changes nothing else is the contract's. */
@EnabledOnOs(OS.LINUX)
class DiskMappingTest {
    private static final int BYTES = 1 << 20;

    @TempDir
    Path folder;

    private DiskFiles files;

    @BeforeEach
    void openFiles() throws IOException {
        files = DiskFiles.open(folder, "a test", new FakeClock());
    }

    @AfterEach
    void closeFiles() throws IOException {
        Thread.interrupted();
        files.close();
    }

    private long mappings() throws IOException {
        var below = folder.toRealPath().toString();
        try (var lines = java.nio.file.Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(below)).count();
        }
    }

    private long mappedBytes() throws IOException {
        var below = folder.toRealPath().toString();
        try (var lines = java.nio.file.Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(below))
                    .map(line -> line.split("[- ]"))
                    .mapToLong(ends -> Long.parseUnsignedLong(ends[1], 16) - Long.parseUnsignedLong(ends[0], 16))
                    .sum();
        }
    }

    private static void readOften(ReadableFile file) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            assertThat(file.read(ByteBuffer.allocateDirect(100), i)).isEqualTo(100);
        }
    }

    @Test
    void read_largeFileOften_mapsItUntilItIsClosed() throws IOException {
        try (var file = files.create("a")) {
            file.write(0, new byte[BYTES], 0, BYTES);
        }
        var file = files.openForReading("a");
        readOften(file);
        assertThat(mappings()).isEqualTo(MappedFile.isPossible() ? 1 : 0);

        files.delete("a");
        readOften(file);
        file.close();

        assertThat(mappings()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> file.read(ByteBuffer.allocate(1), 0));
    }

    @Test
    void read_whatWasCutOffAMappedFile_endsWhereTheFileEnds() throws IOException {
        try (var writer = files.create("a")) {
            writer.write(0, new byte[BYTES], 0, BYTES);
            try (var file = files.openForReading("a")) {
                readOften(file);
                writer.truncate(100_000);

                assertThat(readCut(file, ByteBuffer.allocate(100), BYTES / 2)).isZero();
                assertThat(file.read(ByteBuffer.allocate(200), 99_700)).isEqualTo(200);
            }
        }
    }

    /** Of a fault in mapped memory compiled code may hear only when it has returned: then nothing was read, either. */
    private static int readCut(ReadableFile file, ByteBuffer target, long position) throws IOException {
        try {
            return file.read(target, position);
        } catch (InternalError e) {
            assertThat(e).hasMessageContaining("unsafe memory access");
            return 0;
        }
    }

    @Test
    void read_smallFileOften_doesNotMapIt() throws IOException {
        try (var writer = files.create("a")) {
            writer.write(0, new byte[1_100], 0, 1_100);
            try (var file = files.openForReading("a")) {
                readOften(file);
                assertThat(mappings()).isZero();
            }
        }
    }

    @Test
    void read_whenInterrupted_mapsItAllTheSame() throws IOException {
        try (var writer = files.create("a")) {
            writer.write(0, new byte[BYTES], 0, BYTES);
        }
        try (var file = files.openForReading("a")) {
            Thread.currentThread().interrupt();
            readOften(file);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(mappings()).isEqualTo(MappedFile.isPossible() ? 1 : 0);
        }
    }

    /** What is mapped where it can be written makes a sync slow, page by page. */
    @Test
    void sync_whatIsNotWrittenNext_isNotMappedAnyMore() throws IOException {
        try (var file = files.create("a")) {
            file.reserve(BYTES);
            file.reserve(2 * BYTES);
            file.reserve(3 * BYTES);
            file.sync();
            assertThat(mappedBytes()).isEqualTo(MappedFile.isPossible() ? BYTES + (64 << 10) : 0);
            file.write(2 * BYTES, new byte[] {1, 2, 3}, 0, 3);

            file.truncate(3 * BYTES);
            assertThat(mappedBytes()).isZero();
        }
    }

    @Test
    void reserve_whenInterrupted_mapsUntilTheFileIsCut() throws IOException {
        Thread.currentThread().interrupt();
        try (var file = files.create("a")) {
            file.reserve(BYTES);
            file.reserve(2 * BYTES);
            file.write(BYTES, new byte[] {1, 2, 3}, 0, 3);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(mappedBytes()).isEqualTo(MappedFile.isPossible() ? BYTES + (64 << 10) : 0);

            file.truncate(BYTES + 2);
            assertThat(mappings()).isZero();
            file.reserve(3 * BYTES);
            assertThat(mappings()).isZero();
        }
        var last = ByteBuffer.allocate(3);
        try (var file = files.openForReading("a")) {
            assertThat(file.read(last, BYTES)).isEqualTo(3);
        }
        assertThat(last.array()).containsExactly(1, 2, 0);
    }
}
