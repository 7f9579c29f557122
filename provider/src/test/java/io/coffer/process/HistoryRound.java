package io.coffer.process;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreWrite;
import io.coffer.spi.StoredEntry;
import io.coffer.testing.Threads;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writers, readers and one who scans, on one store; each writer has its own keys, and now and then clears all. What is read is held
 * against histories. How often something is cleared follows from the number of changes: a thread of its own for it might hardly run.
 */
final class HistoryRound {
    static final int WRITERS = 3;

    private static final int READERS = 3;
    private static final int KEYS = 12;
    private static final int VALUE_BYTES_MAX = 700;
    private static final int CHANGES_BETWEEN_CLEARS = 200;
    private static final int ATTEMPTS_MAX = 1_000;
    private static final long LATER_MILLIS = 3_600_000;

    private final EntryStore store;
    private final long seed;
    private final int changes;
    private final long deadlineOfZero;
    private final KeyHistory.Clears clears = new KeyHistory.Clears();
    private final List<KeyHistory> histories = new ArrayList<>();
    private final AtomicInteger writing = new AtomicInteger(WRITERS);
    private final LongAdder reads = new LongAdder();

    /**
     * Begins with an empty store.
     *
     * @param changes how many each writer makes
     */
    HistoryRound(EntryStore store, long seed, int changes) {
        this.store = store;
        this.seed = seed;
        this.changes = changes;
        deadlineOfZero = store.clock().millis() + LATER_MILLIS;
        for (int key = 0; key < WRITERS * KEYS; key++) {
            histories.add(new KeyHistory(clears, changes));
        }
    }

    /** Plays, and looks at the end once more at everything. */
    void play() {
        Threads.race(WRITERS + READERS + 1, i -> {
            var random = new SplittableRandom(seed + i);
            if (i < WRITERS) {
                return () -> change(i, random);
            }
            return () -> {
                while (writing.get() > 0) {
                    if (i < WRITERS + READERS) {
                        read(random.nextInt(histories.size()), random.nextBoolean());
                    } else {
                        scan();
                    }
                }
            };
        });
        for (int key = 0; key < histories.size(); key++) {
            read(key, true);
            read(key, false);
        }
    }

    /** Returns how often something was read. */
    long reads() {
        return reads.sum();
    }

    private void change(int writer, SplittableRandom random) {
        try {
            for (int i = 0; i < changes; i++) {
                if (random.nextInt(CHANGES_BETWEEN_CLEARS) == 0) {
                    clears.clear(store::clear);
                }
                int key = writer * KEYS + random.nextInt(KEYS);
                switch (random.nextInt(8)) {
                    case 0 -> remove(key, random);
                    case 1 -> touch(key);
                    case 2 -> invalidate(key);
                    case 3 -> writeTwo(key, writer * KEYS + random.nextInt(KEYS), random);
                    default -> write(key, random);
                }
                read(key, true);
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    private void write(int key, SplittableRandom random) {
        var history = histories.get(key);
        int version = history.begin(history.next());
        var value = value(key, version, random);
        again(
                "write",
                () -> store.write(key(key), expected(key, random), value, deadlineOfZero + version) != EntryStore.LOST);
        history.end();
    }

    private void writeTwo(int key, int other, SplittableRandom random) {
        if (key == other) {
            write(key, random);
            return;
        }
        var writes = new ArrayList<StoreWrite>();
        for (int each : new int[] {key, other}) {
            var history = histories.get(each);
            int version = history.begin(history.next());
            writes.add(
                    new StoreWrite(key(each), EntryStore.ANY, value(each, version, random), deadlineOfZero + version));
        }
        var stamps = store.writeAll(writes);
        for (int i = 0; i < stamps.length; i++) {
            if (stamps[i] == EntryStore.LOST) {
                var write = writes.get(i);
                again(
                        "write",
                        () -> store.write(write.key(), EntryStore.ANY, write.value(), write.expiresAtMillis())
                                != EntryStore.LOST);
            }
        }
        histories.get(key).end();
        histories.get(other).end();
    }

    private void remove(int key, SplittableRandom random) {
        histories.get(key).begin(0);
        again("removal", () -> store.remove(key(key), random.nextBoolean() ? EntryStore.ANY : expected(key, random)));
        histories.get(key).end();
    }

    private void invalidate(int key) {
        histories.get(key).begin(0);
        store.invalidate(key(key));
        histories.get(key).end();
    }

    /** Only a clear can have taken away what the writer has written. */
    private void touch(int key) {
        var found = store.read(key(key));
        if (found == null) {
            return;
        }
        var history = histories.get(key);
        int version = history.begin(valueVersion(found));
        if (store.touch(key(key), found.stamp(), deadlineOfZero + version)) {
            history.end();
        } else {
            history.endAbsent();
        }
    }

    private long expected(int key, SplittableRandom random) {
        if (random.nextBoolean()) {
            return EntryStore.ANY;
        }
        var found = store.find(key(key));
        return found == null ? EntryStore.ABSENT : found.stamp();
    }

    private void again(String what, java.util.function.BooleanSupplier change) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            if (change.getAsBoolean()) {
                return;
            }
        }
        throw new AssertionError("Seed " + seed + ": a " + what + " is lost again and again");
    }

    private void read(int key, boolean value) {
        var history = histories.get(key);
        var beginning = history.beginRead();
        if (value) {
            var found = store.read(key(key));
            judge(key, beginning, found == null ? 0 : version(found.expiresAtMillis()), found);
        } else {
            var found = store.find(key(key));
            judge(key, beginning, found == null ? 0 : version(found.expiresAtMillis()), null);
        }
    }

    private void judge(int key, KeyHistory.Beginning beginning, int version, @Nullable StoredEntry found) {
        reads.increment();
        int valueVersion = found == null ? KeyHistory.NOT_READ : valueVersion(found);
        var fault = histories.get(key).fault(beginning, version, valueVersion);
        if (fault != null) {
            throw new AssertionError("Seed " + seed + ", key " + key + ": found " + fault);
        }
        if (found != null && ByteBuffer.wrap(found.value()).getInt() != key) {
            throw new AssertionError("Seed " + seed + ", key " + key + ": found the value of another key");
        }
    }

    private void scan() {
        var beginnings = histories.stream().map(KeyHistory::beginRead).toList();
        var keys = new HashSet<Integer>();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                int key = ByteBuffer.wrap(entry.key()).getInt();
                if (!keys.add(key)) {
                    throw new AssertionError("Seed " + seed + ", key " + key + ": scanned twice");
                }
                judge(key, beginnings.get(key), version(entry.expiresAtMillis()), entry);
            }
        }
    }

    /** Returns all that is there: to be the same after opening again. */
    static Map<ByteBuffer, String> content(EntryStore store) {
        var content = new TreeMap<ByteBuffer, String>();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                var read = store.read(entry.key());
                content.put(
                        ByteBuffer.wrap(entry.key()),
                        entry.expiresAtMillis() + " " + valueVersion(entry) + " "
                                + (read != null && valueVersion(read) == valueVersion(entry)));
            }
        }
        return content;
    }

    private int version(long expiresAtMillis) {
        return Math.toIntExact(expiresAtMillis - deadlineOfZero);
    }

    private static int valueVersion(StoredEntry entry) {
        return ByteBuffer.wrap(entry.value()).getInt(Integer.BYTES);
    }

    private static byte[] key(int key) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
    }

    private static byte[] value(int key, int version, SplittableRandom random) {
        return ByteBuffer.allocate(2 * Integer.BYTES + random.nextInt(VALUE_BYTES_MAX))
                .putInt(key)
                .putInt(version)
                .array();
    }
}
