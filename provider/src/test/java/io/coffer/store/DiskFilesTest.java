package io.coffer.store;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.testing.FakeClock;
import io.coffer.testing.Threads;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real directory: what it is on disk, and which handles it takes. */
class DiskFilesTest extends FilesContract {
    @TempDir
    Path folder;

    @Override
    Files open() throws IOException {
        return DiskFiles.open(folder.resolve("store"), "a test", new FakeClock());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void open_missingDirectories_makesThemForTheOwnerOnly() throws IOException {
        var deep = folder.resolve("a/b");
        try (var files = DiskFiles.open(deep, "a test", new FakeClock())) {
            files.create("file").close();

            assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
            assertThat(mode(deep)).isEqualTo("rwx------");
            assertThat(mode(deep.resolve("file"))).isEqualTo("rw-------");
            assertThat(mode(deep.resolve("LOCK"))).isEqualTo("rw-------");
            assertThat(mode(deep.resolve("OWNER"))).isEqualTo("rw-------");
        }
    }

    /** Nobody can look at a disk without its cache; but that the system was asked shows where it must refuse. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void sync_deviceThatCannotSync_fails() throws IOException {
        var device = Path.of("/dev/null");
        try (var file = new DiskWritableFile(device, AsynchronousFileChannel.open(device, WRITE))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(file::sync)
                    .withMessageContaining("Cannot sync /dev/null");
        }
    }

    /** Likewise. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void syncDirectory_directoryThatCannotSync_fails() throws IOException {
        var path = folder.resolve("store");
        var elsewhere = folder.resolve("elsewhere");
        java.nio.file.Files.move(path, elsewhere);
        java.nio.file.Files.createSymbolicLink(path, Path.of("/proc"));
        try {
            assertThatExceptionOfType(IOException.class).isThrownBy(files()::syncDirectory);
        } finally {
            java.nio.file.Files.delete(path);
            java.nio.file.Files.move(elsewhere, path);
        }
    }

    @Test
    void open_pathOfAFile_saysSo() throws IOException {
        var file = java.nio.file.Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DiskFiles.open(file, "a test", new FakeClock()))
                .withMessageContaining("is not a directory")
                .withMessageContaining("file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void open_pathThatCannotBeMade_saysWhichAndWhy() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DiskFiles.open(Path.of("/proc/store"), "a test", new FakeClock()))
                .withMessageContaining("Cannot make directory /proc/store");
    }

    @Test
    void list_otherThanFiles_leavesThemOut() throws IOException {
        write("a", "abc");
        java.nio.file.Files.createDirectory(folder.resolve("store/directory"));

        assertThat(files().list()).containsExactly("a");
    }

    @Test
    void freeBytes_realDisk_isLessThanTheDisk() throws IOException {
        assertThat(files().freeBytes()).isLessThan(folder.toFile().getTotalSpace());
    }

    /** What is open while one file is written and read: the lock, two for writing, one for reading. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void open_oneFileWrittenAndRead_holdsFourHandles() throws IOException {
        var before = OpenHandles.below(folder);
        try (var other = DiskFiles.open(folder.resolve("other"), "a test", new FakeClock());
                var writer = other.create("a");
                var reader = other.openForReading("a")) {
            assertThat(OpenHandles.below(folder)).hasSize(before.size() + 4);
            assertThat(reader.size()).isZero();
            writer.sync();
        }
        assertThat(OpenHandles.below(folder)).isEqualTo(before);
    }

    /** Asynchronous channels have a pool behind them, which must not wake up: its threads would keep a class loader. */
    @Test
    void sync_filesAndDirectory_startsNoThread() throws IOException {
        var before = Threads.named("Thread-");
        try (var file = files().create("a")) {
            file.write(0, bytes("abc"), 0, 3);
            file.sync();
        }
        files().syncDirectory();

        assertThat(Threads.named("Thread-")).isSubsetOf(before); // those of other tests may end meanwhile
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void open_failingOpens_leakNothing() throws IOException {
        write("a", "abc");
        var before = OpenHandles.below(folder);

        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> files().create("a"));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> files().openForReading("b"));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> files().openForWriting("b"));
            assertThatExceptionOfType(DirectoryLockedException.class).isThrownBy(this::open);
        }

        assertThat(OpenHandles.below(folder)).isEqualTo(before);
    }

    /** The file stays usable for others who hold it by other means, a backup for example. */
    @Test
    void write_fileOpenElsewhere_isSeenThere() throws IOException {
        write("a", "abc");
        try (var other = new RandomAccessFile(folder.resolve("store/a").toFile(), "r");
                var writer = files().openForWriting("a")) {
            writer.write(3, bytes("d"), 0, 1);

            assertThat(other.length()).isEqualTo(4);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(java.nio.file.Files.getPosixFilePermissions(path));
    }
}
