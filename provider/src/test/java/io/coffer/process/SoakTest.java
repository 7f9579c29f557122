package io.coffer.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.StoreOptions;
import io.coffer.testing.Threads;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is written, read and emptied for a while and has a bound of the disk: it keeps the bound whenever somebody looks, shows
 * nothing but what was written for the key, and keeps neither files nor threads. {@code -Dcoffer.soak=600} goes on for ten minutes.
 */
@EnabledOnOs(OS.LINUX) // elsewhere nobody lists the files that a process has open
class SoakTest {
    private static final int SECONDS = Integer.getInteger("coffer.soak", 5);
    private static final long BOUND = 4 << 20;
    private static final int WRITERS = 2;
    private static final int KEYS = 4_000;
    private static final int VALUE_BYTES_MAX = 3_000;
    private static final int FILES_MORE = 40;

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("coffer.seed", ThreadLocalRandom.current().nextLong());

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void change_forAWhile_keepsTheBoundAndNothingElse() {
        try (var store = Stores.open(Stores.LOG, options())) {
            int files = openFiles();
            int slices = Math.max(1, SECONDS / 5);
            for (int i = 0; i < slices; i++) {
                turmoil(store, seed + i, System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / slices);
            }

            assertThat(store.counters().evictedEntries())
                    .as("entries that left the disk")
                    .isPositive();
            assertThat(store.counters().damagedEntries()).isZero();
            assertThat(openFiles()).as("open files").isLessThan(files + FILES_MORE);
            assertThat(Threads.named("coffer-store")).hasSize(1);
        }
        Threads.awaitEndOf("coffer-store");
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(BOUND);
    }

    private StoreOptions options() {
        return new StoreOptions(
                "c",
                folder,
                "a test",
                "bytes",
                Durability.INTERVAL,
                Duration.ofMillis(200),
                Recovery.POINT_IN_TIME,
                1 << 20,
                BOUND,
                false,
                0,
                null,
                InstantSource.system());
    }

    private void turmoil(EntryStore store, long roundSeed, long endNanos) {
        var most = new AtomicLong();
        var writing = new AtomicInteger(WRITERS);
        Threads.race(WRITERS + 2, i -> () -> {
            if (i < WRITERS) {
                try {
                    change(store, i, new SplittableRandom(roundSeed + i), endNanos);
                } finally {
                    writing.decrementAndGet();
                }
            } else if (i == WRITERS) {
                var random = new SplittableRandom(roundSeed + i);
                while (writing.get() > 0) {
                    read(store, random.nextInt(WRITERS * KEYS));
                }
            } else {
                while (writing.get() > 0) {
                    most.accumulateAndGet(bytesOnDisk(), Math::max);
                }
            }
        });
        assertThat(most.get()).as("seed %d, bytes on disk", roundSeed).isLessThanOrEqualTo(BOUND);
    }

    /** For a while, and on a slow disk until it was full once. */
    private static void change(EntryStore store, int writer, SplittableRandom random, long endNanos) {
        while (System.nanoTime() < endNanos || store.counters().evictedEntries() == 0) {
            int key = writer * KEYS + Math.min(random.nextInt(KEYS), random.nextInt(KEYS));
            switch (random.nextInt(10)) {
                case 0 -> store.remove(key(key), EntryStore.ANY);
                case 1, 2 -> read(store, key);
                default -> {
                    long now = store.clock().millis();
                    long deadline = random.nextInt(3) == 0 ? EntryStore.ETERNAL : now + random.nextInt(3_000);
                    store.write(key(key), EntryStore.ANY, value(key, random), deadline);
                }
            }
        }
    }

    private static void read(EntryStore store, int key) {
        var found = store.read(key(key));
        if (found != null) {
            assertThat(ByteBuffer.wrap(found.value()).getInt())
                    .as("the key in its value")
                    .isEqualTo(key);
        }
    }

    /** By the lengths of the files; one that goes meanwhile has none. */
    private long bytesOnDisk() {
        long bytes = 0;
        for (var file : Objects.requireNonNull(folder.toFile().listFiles())) {
            bytes += file.length();
        }
        return bytes;
    }

    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    private static byte[] key(int key) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
    }

    private static byte[] value(int key, SplittableRandom random) {
        return ByteBuffer.allocate(Integer.BYTES + random.nextInt(VALUE_BYTES_MAX))
                .putInt(key)
                .array();
    }
}
