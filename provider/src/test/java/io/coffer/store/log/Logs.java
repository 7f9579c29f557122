package io.coffer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.testing.FakeClock;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Logs for tests: small segments, a fake clock, chance from a seed, keys and values that are words. */
final class Logs {
    static final int SEGMENT_BYTES = 4096;

    private Logs() {}

    /** Options of a log without a thread of its own. */
    static LogOptions options(Durability durability, FakeClock clock) {
        return options(durability, clock, false);
    }

    static LogOptions options(Durability durability, FakeClock clock, boolean background) {
        return options(durability, clock, background, Long.MAX_VALUE, false, 0, SEGMENT_BYTES);
    }

    /** Options of a log without a thread of its own, with a bound of the disk and with a floor of what is free. */
    static LogOptions bounded(FakeClock clock, long maxDiskBytes, boolean rejects, long minFreeDiskBytes) {
        return options(Durability.NONE, clock, false, maxDiskBytes, rejects, minFreeDiskBytes, SEGMENT_BYTES);
    }

    /** Options of a log without a thread of its own, with longer segments, and a bound of the disk. */
    static LogOptions roomy(Durability durability, FakeClock clock, int segmentBytes, long maxDiskBytes) {
        return options(durability, clock, false, maxDiskBytes, false, 0, segmentBytes);
    }

    private static LogOptions options(
            Durability durability,
            FakeClock clock,
            boolean background,
            long maxDiskBytes,
            boolean rejects,
            long minFreeDiskBytes,
            int segmentBytes) {
        return new LogOptions(
                "test",
                "test",
                durability,
                1000,
                Recovery.POINT_IN_TIME,
                2048,
                segmentBytes,
                segmentBytes,
                maxDiskBytes,
                rejects,
                minFreeDiskBytes,
                Encrypted.ENCRYPTION,
                clock,
                () -> clock.millis() * 1_000_000,
                new SplittableRandom(1),
                background);
    }

    static long put(EntryStore store, String key, String value) {
        return put(store, key, value, EntryStore.ETERNAL);
    }

    static long put(EntryStore store, String key, String value, long deadline) {
        return store.write(bytes(key), EntryStore.ANY, bytes(value), deadline);
    }

    /** Returns the value of a key, null if there is none. */
    static @Nullable String get(EntryStore store, String key) {
        var entry = store.read(bytes(key));
        return entry == null ? null : new String(entry.value(), UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Fills some segments with entries that nobody looks at. */
    static void roll(EntryStore store, int segments) {
        var filler = "x".repeat(1000);
        for (int i = 0; i < segments * SEGMENT_BYTES / 1000; i++) {
            put(store, "filler", filler);
        }
    }
}
