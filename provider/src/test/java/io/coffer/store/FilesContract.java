package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Files} promises while nothing crashes. The real one and the simulated one both keep it. */
abstract class FilesContract extends FileContentContract {
    @Test
    void rename_newName_keepsContentAndOpenFiles() throws IOException {
        try (var writer = files().create("a");
                var reader = files().openForReading("a")) {
            writer.write(0, bytes("abc"), 0, 3);

            files().rename("a", "b");
            writer.write(3, bytes("d"), 0, 1);

            assertThat(files().list()).containsExactly("b");
            assertThat(read("b")).isEqualTo("abcd");
            assertThat(text(reader)).isEqualTo("abcd");
        }
    }

    @Test
    void rename_nameInUse_replacesTheFileButNotForItsReaders() throws IOException {
        write("a", "old");
        write("b", "new");

        try (var reader = files().openForReading("a")) {
            files().rename("b", "a");

            assertThat(text(reader)).isEqualTo("old");
        }
        assertThat(read("a")).isEqualTo("new");
        assertThat(files().list()).containsExactly("a");
    }

    @Test
    void rename_sameName_changesNothing() throws IOException {
        write("a", "abc");

        files().rename("a", "a");

        assertThat(read("a")).isEqualTo("abc");
    }

    @Test
    void rename_noSuchFile_saysSoAndLeavesTheOther() throws IOException {
        write("b", "abc");

        assertThatExceptionOfType(FileNotFoundException.class)
                .isThrownBy(() -> files().rename("a", "b"))
                .withMessageContaining("a");
        assertThat(read("b")).isEqualTo("abc");
    }

    @Test
    void delete_twice_saysWhetherThereWasOne() throws IOException {
        write("a", "abc");

        assertThat(files().delete("a")).isTrue();
        assertThat(files().delete("a")).isFalse();
        assertThat(files().list()).isEmpty();
    }

    @Test
    void delete_openFile_staysReadable() throws IOException {
        write("a", "abc");

        try (var reader = files().openForReading("a")) {
            files().delete("a");
            write("a", "another");

            assertThat(text(reader)).isEqualTo("abc");
        }
    }

    @Test
    void sync_filesAndDirectory_succeed() throws IOException {
        try (var file = files().create("a")) {
            file.sync();
            file.write(0, bytes("abc"), 0, 3);
            file.sync();
            files().syncDirectory();
        }

        assertThat(read("a")).isEqualTo("abc");
        assertThat(files().freeBytes()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", ".a", "-a", "a/b", "a\\b", "a b", "../a", "/a", "ä", "LOCK", "OWNER", "OWNER.tmp"
            })
    void name_notAllowed_isRefusedEverywhere(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files().create(name))
                .withMessageContaining(name);
        assertThatIllegalArgumentException().isThrownBy(() -> files().openForReading(name));
        assertThatIllegalArgumentException().isThrownBy(() -> files().openForWriting(name));
        assertThatIllegalArgumentException().isThrownBy(() -> files().delete(name));
        assertThatIllegalArgumentException().isThrownBy(() -> files().rename(name, "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> files().rename("b", name));
    }

    @Test
    void name_longestAllowed_isTaken() throws IOException {
        var name = "a".repeat(100);
        write(name, "abc");

        assertThat(read(name)).isEqualTo("abc");
        assertThatIllegalArgumentException().isThrownBy(() -> files().create(name + "a"));
    }

    @Test
    void closed_anyCall_isRefused() throws IOException {
        var writer = files().create("a");
        var reader = files().openForReading("a");
        writer.close();
        writer.close();
        reader.close();
        reader.close();
        files().close();
        files().close();

        ThrowingCallable[] calls = {
            () -> writer.write(0, bytes("a"), 0, 1),
            writer::sync,
            () -> writer.truncate(0),
            () -> reader.read(ByteBuffer.allocate(1), 0),
            reader::size,
            () -> files().create("b"),
            () -> files().openForReading("a"),
            () -> files().openForWriting("a"),
            files()::list,
            () -> files().delete("a"),
            () -> files().rename("a", "b"),
            files()::syncDirectory,
            files()::freeBytes
        };
        for (var call : calls) {
            assertThatIllegalStateException().isThrownBy(call).withMessageContaining("closed");
        }
    }

    /** Users cancel futures; a store must neither fail nor swallow that. */
    @Test
    void interruptedThread_anyCall_succeedsAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();

        try (var writer = files().create("a");
                var reader = files().openForReading("a")) {
            writer.write(0, bytes("abcd"), 0, 4);
            writer.truncate(3);
            writer.sync();
            assertThat(text(reader)).isEqualTo("abc");
            assertThat(reader.size()).isEqualTo(3);
        }
        try (var again = files().openForWriting("a")) {
            again.sync();
        }
        files().rename("a", "b");
        files().syncDirectory();
        assertThat(files().list()).containsExactly("b");
        assertThat(files().freeBytes()).isPositive();
        assertThat(files().delete("b")).isTrue();

        assertThat(Thread.interrupted()).isTrue();
    }
}
