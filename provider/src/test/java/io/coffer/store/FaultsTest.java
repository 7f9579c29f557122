package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each failure that can be asked for happens, where it was asked for, and nowhere else. */
class FaultsTest {
    private final SimulatedFiles files = new SimulatedFiles();
    private final Faults faults = files.faults();

    @Test
    void once_nthCall_failsAloneAndDoesNothing() throws IOException {
        faults.once(Call.CREATE, 2, Failure.IO_ERROR);

        files.create("a");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> files.create("b"))
                .withMessageContaining("create b");
        files.create("c");

        assertThat(files.list()).containsExactly("a", "c");
        assertThat(faults.count(Call.CREATE)).isEqualTo(3);
        assertThat(faults.total()).isEqualTo(4);
    }

    @Test
    void from_nthCall_failsForEver() throws IOException {
        faults.from(Call.LIST, 2, Failure.IO_ERROR);

        files.list();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(IOException.class).isThrownBy(files::list);
        }
        faults.none();
        assertThatCode(files::list).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void any_nthCall_failsWhateverItIs(Call kind) throws IOException {
        var writer = files.create("a");
        var reader = files.openForReading("a");
        ThrowingCallable call = switch (kind) {
            case CREATE -> () -> files.create("b");
            case OPEN -> () -> files.openForReading("a");
            case LIST -> files::list;
            case DELETE -> () -> files.delete("a");
            case RENAME -> () -> files.rename("a", "b");
            case SYNC_DIRECTORY -> files::syncDirectory;
            case FREE_BYTES -> files::freeBytes;
            case WRITE -> () -> writer.write(0, new byte[1], 0, 1);
            case RESERVE -> () -> writer.reserve(1);
            case SYNC -> writer::sync;
            case TRUNCATE -> () -> writer.truncate(0);
            case READ -> () -> reader.read(ByteBuffer.allocate(1), 0);
            case SIZE -> reader::size;
        };
        var before = files.crash().killed();

        faults.onceAny(1, Failure.IO_ERROR);
        assertThatExceptionOfType(IOException.class).isThrownBy(call).withMessageContaining("input/output error");
        assertThat(files.crash().killed()).isEqualTo(before);

        faults.once(kind, 1, Failure.INTERRUPT);
        assertThatCode(call).doesNotThrowAnyException();
        assertThat(Thread.interrupted()).as("interrupted inside").isTrue();
    }

    @Test
    void write_shortOrNoSpace_leavesTheFirstHalf() throws IOException {
        var file = files.create("a");
        faults.once(Call.WRITE, 1, Failure.SHORT_WRITE);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> file.write(0, FileContentContract.bytes("abcd"), 0, 4))
                .isNotInstanceOf(DiskFullException.class);
        assertThat(live("a")).isEqualTo("ab");

        faults.once(Call.WRITE, 1, Failure.NO_SPACE);
        assertThatExceptionOfType(DiskFullException.class)
                .isThrownBy(() -> file.write(2, FileContentContract.bytes("efgh"), 0, 4));
        assertThat(live("a")).isEqualTo("abef");
    }

    @Test
    void create_noSpace_saysThatTheDiskIsFull() {
        faults.once(Call.CREATE, 1, Failure.NO_SPACE);

        assertThatExceptionOfType(DiskFullException.class).isThrownBy(() -> files.create("a"));
    }

    @Test
    void limit_reached_writesWhatFitsUntilThereIsRoomAgain() throws IOException {
        files.limitTo(10);
        var first = files.create("a");
        first.write(0, new byte[6], 0, 6);
        assertThat(files.freeBytes()).isEqualTo(4);
        var second = files.create("b");

        assertThatExceptionOfType(DiskFullException.class)
                .isThrownBy(() -> second.write(0, FileContentContract.bytes("abcdef"), 0, 6));
        assertThat(live("b")).isEqualTo("abcd");
        assertThat(files.freeBytes()).isZero();

        first.write(0, new byte[6], 0, 6);
        files.delete("a");
        second.write(4, FileContentContract.bytes("efghij"), 0, 6);
        assertThat(live("b")).isEqualTo("abcdefghij");
    }

    /** The error that a careful program may yet recover from: it syncs again, and this time it works. */
    @Test
    void sync_ioError_leavesEverythingToALaterOne() throws IOException {
        var file = syncedFile("a", "ab");
        file.write(2, FileContentContract.bytes("cd"), 0, 2);
        faults.once(Call.SYNC, 1, Failure.IO_ERROR);
        assertThatExceptionOfType(IOException.class).isThrownBy(file::sync);
        assertThat(durable("a")).isEqualTo("ab");

        file.sync();

        assertThat(durable("a")).isEqualTo("abcd");
    }

    /** The error that Linux really makes: the pages count as clean, and the next sync has nothing to do. */
    @Test
    void sync_losesWrites_laterSyncSucceedsWithoutThem() throws IOException {
        var file = syncedFile("a", "ab");
        file.write(2, FileContentContract.bytes("cd"), 0, 2);
        faults.once(Call.SYNC, 1, Failure.SYNC_LOSES);
        assertThatExceptionOfType(IOException.class).isThrownBy(file::sync);

        file.sync();
        assertThat(live("a")).isEqualTo("abcd");
        assertThat(durable("a")).isEqualTo("ab");

        file.write(4, FileContentContract.bytes("ef"), 0, 2);
        file.sync();
        assertThat(live("a")).isEqualTo("abcdef");
        assertThat(durable("a")).isEqualTo("ab\0\0ef");
    }

    @Test
    void syncDirectory_losesNames_laterSyncSucceedsWithoutThem() throws IOException {
        files.create("a").sync();
        faults.once(Call.SYNC_DIRECTORY, 1, Failure.SYNC_LOSES);
        assertThatExceptionOfType(IOException.class).isThrownBy(files::syncDirectory);

        files.syncDirectory();

        assertThat(files.list()).containsExactly("a");
        assertThat(files.crash().images(CrashMode.ADVERSARIAL, 10, 10, 1)).containsExactly(DiskImage.EMPTY);
    }

    @Test
    void read_flippedBit_differsInOneBit() throws IOException {
        syncedFile("a", "abcd");
        faults.from(Call.READ, 1, Failure.FLIPPED_BIT);
        var positions = new java.util.HashSet<Integer>();
        for (int i = 0; i < 300; i++) {
            var bytes = FileContentContract.bytes(read("a", 0, 4));
            int different = 0;
            for (int bit = 0; bit < 32; bit++) {
                if (((bytes[bit / 8] ^ "abcd".charAt(bit / 8)) >> bit % 8 & 1) == 1) {
                    positions.add(bit);
                    different++;
                }
            }
            assertThat(different).isEqualTo(1);
        }
        assertThat(positions).hasSize(32);
    }

    @Test
    void read_misdirected_bringsBytesOfAnotherPlace() throws IOException {
        syncedFile("a", "abcd");
        syncedFile("b", "x".repeat(512) + "y".repeat(512));
        faults.from(Call.READ, 1, Failure.MISDIRECTED);

        assertThat(read("a", 0, 4)).isEqualTo("cd\0\0");
        assertThat(read("b", 0, 4)).isEqualTo("yyyy");
        assertThat(read("b", 512, 4)).isEqualTo("xxxx");
    }

    @Test
    void read_stale_bringsWhatWasLastSynced() throws IOException {
        var file = syncedFile("a", "ab");
        file.write(1, FileContentContract.bytes("XYZ"), 0, 3);
        faults.once(Call.READ, 1, Failure.STALE);

        assertThat(read("a", 0, 9)).isEqualTo("ab\0\0");
        assertThat(read("a", 0, 9)).isEqualTo("aXYZ");
    }

    @Test
    void afterEachChange_callsThatChange_areToldAlsoWhenTheyFail() throws IOException {
        List<String> seen = new ArrayList<>();
        files.afterEachChange(() -> seen.add(files.crash().killed().toString()));

        var file = files.create("a");
        files.list();
        faults.once(Call.WRITE, 1, Failure.SHORT_WRITE);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.write(0, new byte[4], 0, 4));
        file.truncate(1);
        file.sync();
        files.rename("a", "b");
        files.syncDirectory();
        files.delete("b");

        assertThat(seen).containsExactly("[a:0]", "[a:2]", "[a:1]", "[a:1]", "[b:1]", "[b:1]", "[]");
    }

    private WritableFile syncedFile(String name, String text) throws IOException {
        var file = files.create(name);
        file.write(0, FileContentContract.bytes(text), 0, text.length());
        file.sync();
        files.syncDirectory();
        return file;
    }

    private String read(String name, long position, int length) throws IOException {
        try (var file = files.openForReading(name)) {
            var buffer = ByteBuffer.allocate(length);
            file.read(buffer, position);
            return FileContentContract.text(buffer.flip());
        }
    }

    private String live(String name) {
        return FileContentContract.text(
                ByteBuffer.wrap(files.crash().killed().files().get(name)));
    }

    private String durable(String name) {
        return FileContentContract.text(
                ByteBuffer.wrap(files.crash().unsyncedLost().files().get(name)));
    }
}
