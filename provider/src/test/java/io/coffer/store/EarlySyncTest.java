package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlySyncTest {
    private static final byte[] BYTES = {1, 2, 3};

    private final SimulatedFiles files = new SimulatedFiles();

    private void write(String name) throws IOException {
        try (var file = files.create(name)) {
            file.write(0, BYTES, 0, BYTES.length);
        }
        files.syncDirectory();
    }

    @Test
    void await_always_returnsWhenAllAreSynced() throws IOException {
        write("a");
        write("b");

        EarlySync.begin(files, List.of("a", "b")).await();

        var left = files.whenItCrashes(Crash::unsyncedLost).files();
        assertThat(left.get("a")).isEqualTo(BYTES);
        assertThat(left.get("b")).isEqualTo(BYTES);
    }

    @Test
    void await_syncFails_throwsEachTime() throws IOException {
        write("a");
        files.faults().once(Call.SYNC, 1, Failure.IO_ERROR);
        var syncing = EarlySync.begin(files, List.of("a"));

        assertThatIOException().isThrownBy(syncing::await);
        assertThatIOException().isThrownBy(syncing::await);
    }

    @Test
    void await_interrupted_waitsAllTheSameAndStaysInterrupted() throws IOException {
        write("a");
        Thread.currentThread().interrupt();
        try {
            EarlySync.begin(files, List.of("a")).await();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(files.whenItCrashes(Crash::unsyncedLost).files()).containsKey("a");
    }

    /** Less than is worth a thread, and more. */
    @Test
    void beginSync_filesOfAnySize_areAsTheyWere(@TempDir Path folder) throws IOException {
        try (var disk = DiskFiles.open(folder, "a test", new FakeClock())) {
            for (int length : new int[] {3, 2 << 20}) {
                var name = "f" + length;
                try (var file = disk.create(name)) {
                    file.write(0, new byte[length], 0, length);
                }
                disk.beginSync(List.of(name)).await();
                try (var file = disk.openForReading(name)) {
                    assertThat(file.size()).isEqualTo(length);
                }
            }
            assertThatIOException().isThrownBy(() -> disk.beginSync(List.of("none")));
        }
    }
}
