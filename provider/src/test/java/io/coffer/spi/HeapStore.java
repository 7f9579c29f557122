package io.coffer.spi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A store on the heap, see {@link HeapStorage}. It counts its calls, for tests that claim how few there are. */
public final class HeapStore implements EntryStore {
    private static final int KEY_BYTES_MAX = 0xFFFF;

    /** What survives closing. */
    record Content(
            String description,
            ConcurrentHashMap<Key, StoredEntry> entries,
            AtomicLong stamps,
            AtomicLong latestMillis) {
        Content(String description) {
            this(description, new ConcurrentHashMap<>(), new AtomicLong(), new AtomicLong());
        }

        /** A clock that never goes back. */
        InstantSource clock(InstantSource wall) {
            return () -> Instant.ofEpochMilli(latestMillis.accumulateAndGet(wall.millis(), Math::max));
        }
    }

    /** A key is its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content, below
    private record Key(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private final Content content;
    private final InstantSource clock;
    private final int recordBytesMax;
    private final HeapFaults faults;
    private final Runnable closed;
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder appends = new LongAdder();
    private final LongAdder failedWrites = new LongAdder();
    private final Set<HeapCursor> cursors = ConcurrentHashMap.newKeySet();
    private final ReentrantLock roundLock = new ReentrantLock();
    private final long openedMillis;
    private @Nullable Iterator<StoredEntry> round; // of expired(), under its lock
    private volatile boolean open = true;

    HeapStore(Content content, StoreOptions options, HeapFaults faults, Runnable closed) {
        this.content = content;
        this.clock = content.clock(options.wallClock());
        this.recordBytesMax = options.maxRecordBytes();
        this.faults = faults;
        this.closed = closed;
        this.openedMillis = clock.millis();
    }

    /** Returns how often a value was read. */
    public long reads() {
        return reads.sum();
    }

    /** Returns how many entries were written. */
    public long writes() {
        return writes.sum();
    }

    /** Returns how many changes were made, a {@link #writeAll} counting as one. */
    public long appends() {
        return appends.sum();
    }

    /** Returns how many cursors are open. */
    public int openCursors() {
        return cursors.size();
    }

    @Override
    public @Nullable StoredState find(byte[] key) {
        var entry = entries().get(new Key(key));
        return entry == null ? null : new StoredState(entry.stamp(), entry.expiresAtMillis());
    }

    @Override
    public @Nullable StoredEntry read(byte[] key) {
        var entry = entries().get(new Key(key));
        if (entry == null) {
            return null;
        }
        faults.beforeRead();
        reads.increment();
        return copy(entry);
    }

    static StoredEntry copy(StoredEntry entry) {
        return new StoredEntry(entry.key().clone(), entry.value().clone(), entry.stamp(), entry.expiresAtMillis());
    }

    @Override
    public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
        return writeAll(List.of(new StoreWrite(key, expectedStamp, value, expiresAtMillis)))[0];
    }

    @Override
    public long[] writeAll(List<StoreWrite> all) {
        var entries = entries();
        all.forEach(this::requireFits);
        beforeChange();
        var stamps = new long[all.size()];
        for (int i = 0; i < stamps.length; i++) {
            stamps[i] = write(entries, all.get(i));
        }
        return stamps;
    }

    /** Compares and sets at one stroke, since a clear may come between. */
    private long write(ConcurrentHashMap<Key, StoredEntry> entries, StoreWrite write) {
        long stamp = content.stamps().incrementAndGet();
        var there = entries.compute(
                new Key(write.key().clone()),
                (key, found) -> isExpected(found, write.expectedStamp())
                        ? new StoredEntry(key.bytes(), write.value().clone(), stamp, write.expiresAtMillis())
                        : found);
        if (there == null || there.stamp() != stamp) {
            return LOST;
        }
        writes.increment();
        return stamp;
    }

    private void beforeChange() {
        try {
            faults.beforeWrite();
        } catch (StoreException e) {
            failedWrites.increment();
            throw e;
        }
        appends.increment();
    }

    private void requireFits(StoreWrite write) {
        if (write.key().length > KEY_BYTES_MAX) {
            throw new StoreException(
                    StoreException.Kind.TOO_LARGE,
                    "A key may have " + KEY_BYTES_MAX + " bytes, found " + write.key().length);
        }
        long bytes = (long) write.key().length + write.value().length;
        if (bytes > recordBytesMax) {
            throw new StoreException(
                    StoreException.Kind.TOO_LARGE,
                    "Key and value may have " + recordBytesMax + " bytes, found " + bytes);
        }
    }

    private boolean isExpected(@Nullable StoredEntry found, long expectedStamp) {
        if (faults.isLost()) {
            return false;
        }
        return expectedStamp == ANY || expectedStamp == (found == null ? ABSENT : found.stamp());
    }

    @Override
    public boolean remove(byte[] key, long expectedStamp) {
        var entries = entries();
        beforeChange();
        var isDone = new AtomicBoolean();
        entries.compute(new Key(key), (same, found) -> {
            isDone.set(isExpected(found, expectedStamp));
            return isDone.get() ? null : found;
        });
        return isDone.get();
    }

    @Override
    public boolean touch(byte[] key, long stamp, long expiresAtMillis) {
        var entries = entries();
        beforeChange();
        var touched = entries.computeIfPresent(
                new Key(key),
                (same, entry) -> entry.stamp() == stamp
                        ? new StoredEntry(entry.key(), entry.value(), stamp, expiresAtMillis)
                        : entry);
        return touched != null && touched.stamp() == stamp;
    }

    @Override
    public void invalidate(byte[] key) {
        entries().remove(new Key(key));
    }

    @Override
    public void clear() {
        var entries = entries();
        beforeChange();
        entries.clear();
    }

    @Override
    public StoreCursor scan() {
        var cursor = new HeapCursor(entries().values().iterator(), faults, cursors::remove);
        cursors.add(cursor);
        return cursor;
    }

    /** Drops nothing anyway. */
    @Override
    public boolean keepExpired(boolean kept) {
        entries();
        return true;
    }

    @Override
    public List<byte[]> expired(int most) {
        var entries = entries();
        roundLock.lock();
        try {
            var keys = new ArrayList<byte[]>();
            var steps = round == null ? entries.values().iterator() : round;
            while (keys.size() < most && steps.hasNext()) {
                var entry = steps.next();
                if (entry.expiresAtMillis() <= clock.millis() && entry.expiresAtMillis() > openedMillis) {
                    reads.increment();
                    keys.add(entry.key().clone());
                }
            }
            round = steps.hasNext() ? steps : null;
            return keys;
        } finally {
            roundLock.unlock();
        }
    }

    @Override
    public long size() {
        return entries().mappingCount();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public StoreCounters counters() {
        return new StoreCounters(size(), 0, 0, failedWrites.sum(), 0, 0, 0, 0);
    }

    @Override
    public void sync() {
        entries();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            closed.run();
        }
    }

    private ConcurrentHashMap<Key, StoredEntry> entries() {
        if (!open) {
            throw new IllegalStateException("The store is closed");
        }
        return content.entries();
    }
}
