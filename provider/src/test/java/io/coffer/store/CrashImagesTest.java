package io.coffer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which disks are tried, and how many, of all that a crash can leave. */
class CrashImagesTest {
    private final SimulatedFiles files = new SimulatedFiles();

    @Test
    void images_fewOperations_areAllSubsets() throws IOException {
        for (int i = 0; i < 10; i++) {
            durable("f" + i, "").write(0, FileContentContract.bytes("x"), 0, 1);
        }

        for (var mode : CrashMode.values()) {
            assertThat(files.crash().images(mode, 10, 0, 1)).hasSize(1 << 10);
        }
    }

    @Test
    void images_manyOperations_areSampledTheSameWayForASeed() throws IOException {
        for (int i = 0; i < 30; i++) {
            durable("f" + i, "").write(0, FileContentContract.bytes("xyz"), 0, 3);
        }
        var crash = files.crash();

        var images = crash.images(CrashMode.ADVERSARIAL, 10, 256, 1);

        assertThat(images).hasSizeBetween(200, 400).contains(crash.killed(), crash.unsyncedLost());
        assertThat(crash.images(CrashMode.ADVERSARIAL, 10, 256, 1)).containsExactlyElementsOf(images);
        assertThat(crash.images(CrashMode.ADVERSARIAL, 10, 256, 2)).isNotEqualTo(images);
    }

    /** A store with threads of its own: every disk is one that could be, though they never stop. */
    @Test
    void whenItCrashes_whileOthersWrite_seesOneMoment() {
        var looked = new AtomicBoolean();
        Threads.race(
                3,
                i -> i < 2
                        ? () -> writeUntil(looked, "f" + i)
                        : () -> {
                            try {
                                for (int seed = 0; seed < 500; seed++) {
                                    var random = new SplittableRandom(seed);
                                    var disk = files.whenItCrashes(crash -> crash.random(CrashMode.ORDERED, random));
                                    disk.files()
                                            .values()
                                            .forEach(bytes -> assertThat(
                                                            FileContentContract.text(ByteBuffer.wrap(bytes)))
                                                    .matches("x*"));
                                }
                            } finally {
                                looked.set(true);
                            }
                        });
    }

    private void writeUntil(AtomicBoolean looked, String name) throws IOException {
        var file = durable(name, "x");
        for (int i = 0; !looked.get(); i++) {
            file.write(1 + i % 1_000, FileContentContract.bytes("xxx"), 0, 3);
            if (i % 10 == 0) {
                file.sync();
            }
        }
    }

    private WritableFile durable(String name, String text) throws IOException {
        var file = files.create(name);
        file.write(0, FileContentContract.bytes(text), 0, text.length());
        file.sync();
        files.syncDirectory();
        return file;
    }
}
