package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.testing.FakeClock;
import io.coffer.testing.Threads;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts that come while a file is read or written: nobody notices, but the thread that was meant. */
class DiskInterruptTest {
    @TempDir
    Path folder;

    private DiskFiles files;

    @BeforeEach
    void openFiles() throws IOException {
        files = DiskFiles.open(folder, "a test", new FakeClock());
    }

    @AfterEach
    void closeFiles() throws IOException {
        files.close();
    }

    @Test
    void read_fileDeletedThenInterrupted_saysThatItIsGone() throws IOException {
        write("a", "abc");
        try (var reader = files.openForReading("a")) {
            files.delete("a");
            write("a", "another");
            interruptARead(reader);

            var buffer = ByteBuffer.allocate(3).position(1);
            assertThatExceptionOfType(FileNotFoundException.class)
                    .isThrownBy(() -> reader.read(buffer, 0))
                    .withMessageContaining("has been deleted or replaced");
            assertThat(buffer.position()).isEqualTo(1);
            assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(reader::size);
        }
    }

    @Test
    void read_fileReplacedThenInterrupted_neverReadsTheOther() throws IOException {
        write("a", "abc");
        try (var reader = files.openForReading("a")) {
            write("b", "other");
            files.rename("b", "a");
            interruptARead(reader);

            assertThatExceptionOfType(FileNotFoundException.class)
                    .isThrownBy(() -> reader.read(ByteBuffer.allocate(3), 0));
        }
    }

    @Test
    void read_fileRenamedThenInterrupted_findsItAgain() throws IOException {
        write("a", "abc");
        try (var reader = files.openForReading("a")) {
            files.rename("a", "b");
            write("a", "another");
            interruptARead(reader);

            assertThat(reader.size()).isEqualTo(3);
            interruptARead(reader);
            assertThat(FileContentContract.text(reader)).isEqualTo("abc");
        }
    }

    /** What the JDK does to a channel when a thread is interrupted while it reads; no test could hit that moment. */
    private static void interruptARead(ReadableFile reader) throws IOException {
        try {
            var field = DiskReadableFile.class.getDeclaredField("channel");
            field.setAccessible(true);
            ((FileChannel) field.get(reader)).close();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("DiskReadableFile has changed", e);
        }
    }

    /** A thread that is interrupted inside a read closes the channel for all; nobody may notice. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void read_whileOthersAreInterrupted_neverFails() throws IOException {
        var bytes = new byte[64 * 1024];
        new SplittableRandom(1).nextBytes(bytes);
        try (var writer = files.create("a");
                var reader = files.openForReading("a")) {
            writer.write(0, bytes, 0, bytes.length);
            var before = OpenHandles.below(folder);
            var reading = new AtomicInteger(6);
            var lost = new LongAdder();
            List<Thread> victims = Collections.synchronizedList(new ArrayList<>());

            Threads.race(
                    8,
                    i -> i < 6
                            ? () -> readMuch(reader, bytes, i, victims, reading, lost)
                            : () -> {
                                var random = new SplittableRandom(i);
                                while (reading.get() > 0) {
                                    if (!victims.isEmpty()) {
                                        victims.get(random.nextInt(victims.size()))
                                                .interrupt();
                                        Thread.onSpinWait();
                                    }
                                }
                            });

            assertThat(lost.sum()).as("interrupts that a read has swallowed").isZero();
            assertThat(OpenHandles.below(folder)).as("open files").isEqualTo(before);
        }
    }

    private static void readMuch(
            ReadableFile reader, byte[] bytes, int seed, List<Thread> victims, AtomicInteger reading, LongAdder lost)
            throws IOException {
        victims.add(Thread.currentThread());
        try {
            var random = new SplittableRandom(seed);
            var expected = ByteBuffer.wrap(bytes);
            for (int i = 0; i < 5_000; i++) {
                int position = random.nextInt(bytes.length);
                var buffer = i % 2 == 0 ? ByteBuffer.allocate(3_000) : ByteBuffer.allocateDirect(3_000);
                boolean interrupted = Thread.currentThread().isInterrupted();

                int count = reader.read(buffer, position);

                assertThat(buffer.flip()).isEqualTo(expected.slice(position, count));
                assertThat(count).isEqualTo(Math.min(3_000, bytes.length - position));
                if (interrupted && !Thread.interrupted()) {
                    lost.increment();
                }
            }
        } finally {
            reading.decrementAndGet();
        }
    }

    /** Writes and syncs on a thread that others interrupt all the time. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void write_whileInterrupted_neverFails() throws IOException {
        var before = OpenHandles.below(folder);
        var writing = new AtomicInteger(1);
        var victim = new AtomicReference<Thread>();

        Threads.race(
                2,
                i -> i == 0
                        ? () -> writeMuch(victim, writing)
                        : () -> {
                            while (writing.get() > 0) {
                                if (victim.get() != null) {
                                    victim.get().interrupt();
                                    Thread.onSpinWait();
                                }
                            }
                        });

        assertThat(files.list()).hasSize(20);
        assertThat(OpenHandles.below(folder)).as("open files").isEqualTo(before);
    }

    private void writeMuch(AtomicReference<Thread> victim, AtomicInteger writing) throws IOException {
        victim.set(Thread.currentThread());
        try {
            for (int i = 0; i < 20; i++) {
                try (var file = files.create("draft")) {
                    for (int position = 0; position < 50; position++) {
                        file.write(position, FileContentContract.bytes("x"), 0, 1);
                    }
                    file.truncate(40);
                    file.sync();
                }
                files.rename("draft", "file" + i);
                files.syncDirectory();
                assertThat(read("file" + i)).isEqualTo("x".repeat(40));
                assertThat(files.list()).hasSize(i + 1);
            }
        } finally {
            writing.set(0);
        }
    }

    private void write(String name, String text) throws IOException {
        try (var file = files.create(name)) {
            file.write(0, FileContentContract.bytes(text), 0, text.length());
        }
    }

    private String read(String name) throws IOException {
        try (var file = files.openForReading(name)) {
            return FileContentContract.text(file);
        }
    }
}
