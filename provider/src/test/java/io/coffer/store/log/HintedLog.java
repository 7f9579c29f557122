package io.coffer.store.log;

import static io.coffer.store.log.Logs.bytes;
import static io.coffer.store.log.Logs.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import io.coffer.testing.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A log with segments so small that some entries fill several, which get hints. */
final class HintedLog {
    static final String SEGMENT = "000000000001.seg";
    static final String HINTS = "000000000001.hint";
    static final String[] KEYS = {"a", "b", "c", "d", "e", "f"};

    private final FakeClock clock = new FakeClock();
    /** So that no two stores and no two segments have the same random numbers. */
    private long openings;

    LogStore open(SimulatedFiles directory) throws IOException {
        return open(directory, Recovery.POINT_IN_TIME);
    }

    LogStore open(SimulatedFiles directory, Recovery recovery) throws IOException {
        var like = Logs.options(Durability.NONE, clock);
        return LogStore.open(
                directory,
                new LogOptions(
                        like.cacheName(),
                        like.description(),
                        like.durability(),
                        like.syncIntervalMillis(),
                        recovery,
                        like.maxRecordBytes(),
                        600,
                        600,
                        Long.MAX_VALUE,
                        false,
                        0,
                        clock,
                        like.nanoTime(),
                        new SplittableRandom(++openings),
                        false));
    }

    /** A killed store of several segments that have hints: with versions replaced, removed and touched, and what is still there. */
    DiskImage killed(SimulatedFiles directory) throws IOException {
        write(open(directory));
        return directory.crash().killed();
    }

    DiskImage closed(SimulatedFiles files) throws IOException {
        try (var store = open(files)) {
            write(store);
        }
        return files.crash().killed();
    }

    private void write(LogStore store) {
        for (int i = 0; i < 30; i++) {
            var key = KEYS[i % 5];
            if (i % 7 == 6) {
                store.remove(bytes(key), EntryStore.ANY);
            } else if (i % 5 == 3) {
                long stamp = put(store, key, "touched " + i, clock.millis() + 500);
                store.touch(bytes(key), stamp, clock.millis() + 100_000 + i);
            } else {
                put(store, key, "value " + i + "x".repeat(i));
            }
            if (i % 4 == 0) {
                put(store, "stays " + i, "so that the segment does"); // else it is dropped
            }
            store.tick();
        }
        put(store, "f", "in the head");
    }

    Map<String, String> contents(LogStore store) {
        var found = new TreeMap<String, String>();
        for (var key : KEYS) {
            var entry = store.read(bytes(key));
            if (entry != null) {
                found.put(key, new String(entry.value(), StandardCharsets.UTF_8) + "@" + entry.expiresAtMillis());
            }
        }
        return found;
    }

    Map<String, String> contents(DiskImage image) throws IOException {
        var store = open(new SimulatedFiles(image, 1));
        assertThat(store.counters().damagedEntries()).isZero();
        return contents(store);
    }

    static List<String> names(Collection<String> names, String ending) {
        return names.stream().filter(name -> name.endsWith(ending)).toList();
    }

    /** Makes a record unreadable that is no footer and no header. */
    static DiskImage rotten(DiskImage image, String name) {
        var rotten = image.files().get(name).clone();
        rotten[LogFormat.HEADER_BYTES + 30] ^= 1;
        return image.with(name, rotten);
    }
}
