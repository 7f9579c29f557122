package io.coffer.store.log;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where each key lies, without the keys: 24 bytes an entry at a load of 62 to 85 %, so 28 to 39 bytes of heap. A key is known by 96 bits
 * of its fingerprint, so whoever reads a record compares the key.
 *
 * <p>Safe for use by several threads. Looking up takes no lock and writes nothing unless a writer is in the way; a change locks the shard
 * of its fingerprint, for less than a microsecond mostly, and for as long as some thousand entries take to be copied when a shard grows.
 */
final class Index {
    private static final int SHARD_ENTRIES_MAX = 8192;

    private final SlotDeadline deadlines;
    private final IndexDirectory directory;

    /** @param sinceMillis when the store was made: deadlines are counted from there */
    Index(long sinceMillis) {
        this(sinceMillis, SHARD_ENTRIES_MAX);
    }

    /** For tests, which want to see shards split early. */
    Index(long sinceMillis, int shardEntriesMax) {
        this.deadlines = new SlotDeadline(sinceMillis);
        this.directory = new IndexDirectory(shardEntriesMax);
    }

    /** Makes room at once for so many entries, which are about to come: growing step by step would copy each several times. */
    void expect(long entries) {
        directory.expect(entries);
    }

    /** Returns what is known of a fingerprint, null if nothing. */
    @Nullable
    Slot find(Fingerprint fingerprint) {
        while (true) {
            var slot = directory.shard(fingerprint.head()).find(fingerprint.head(), fingerprint.tail(), deadlines);
            if (slot == null || slot.location() != Location.NONE) {
                return slot;
            }
        }
    }

    /**
     * Brings the slot of a fingerprint into the processor's cache. Several of these in a row wait for memory at the same time, while changes
     * wait one after the other. What is returned means nothing; who uses it keeps the compiler from leaving it away.
     */
    long warm(Fingerprint fingerprint) {
        return directory.shard(fingerprint.head()).warm(fingerprint.head());
    }

    /** Sets a slot and returns what was there, null if nothing. */
    @Nullable
    Slot put(Fingerprint fingerprint, long location, long expiresAtMillis) {
        var shard = directory.lockedWithRoom(fingerprint.head());
        try {
            return shard.put(fingerprint.head(), fingerprint.tail(), location, expiresAtMillis, deadlines);
        } finally {
            shard.unlock();
        }
    }

    /** Moves a slot to another location if it still has the old one. The deadline stays. */
    boolean replaceIf(Fingerprint fingerprint, long oldLocation, long newLocation) {
        var shard = directory.locked(fingerprint.head());
        try {
            return shard.replaceIf(fingerprint.head(), fingerprint.tail(), oldLocation, newLocation);
        } finally {
            shard.unlock();
        }
    }

    /** Gives a slot another deadline if it still has the location. */
    boolean touchIf(Fingerprint fingerprint, long location, long expiresAtMillis) {
        var shard = directory.locked(fingerprint.head());
        try {
            return shard.touchIf(fingerprint.head(), fingerprint.tail(), location, deadlines.encode(expiresAtMillis));
        } finally {
            shard.unlock();
        }
    }

    /** Removes a slot and returns what was there, null if nothing. */
    @Nullable
    Slot remove(Fingerprint fingerprint) {
        var shard = directory.locked(fingerprint.head());
        try {
            return shard.remove(fingerprint.head(), fingerprint.tail(), deadlines);
        } finally {
            shard.unlock();
        }
    }

    /** Removes a slot if it still has the location. */
    boolean removeIf(Fingerprint fingerprint, long location) {
        var shard = directory.locked(fingerprint.head());
        try {
            return shard.removeIf(fingerprint.head(), fingerprint.tail(), location);
        } finally {
            shard.unlock();
        }
    }

    /** Removes all slots that a test chooses and returns how many. One pass; each shard is locked while it is looked through. */
    long removeWhere(SlotTest test) {
        long removed = 0;
        long head = 0;
        do {
            var shard = directory.locked(head);
            try {
                removed += shard.removeWhere(test, deadlines);
                head = IndexDirectory.endOfRange(shard, head);
            } finally {
                shard.unlock();
            }
        } while (head != 0);
        return removed;
    }

    /** Removes everything, at one moment for all readers. */
    void clear() {
        directory.clear();
    }

    /** Returns a scan over all slots. What is there throughout, it meets exactly once. */
    IndexScan scan() {
        return new IndexScan(directory, deadlines);
    }

    /** Counts the slots. While others write, the number is that of no one moment. */
    long size() {
        return sum(IndexShard::count);
    }

    /** Returns the bytes of heap that the index uses, up to a few hundred. */
    long heapBytes() {
        return directory.heapBytes() + sum(IndexShard::heapBytes);
    }

    private long sum(ToLongFunction<IndexShard> number) {
        long sum = 0;
        long head = 0;
        do {
            var shard = directory.locked(head);
            try {
                sum += number.applyAsLong(shard);
                head = IndexDirectory.endOfRange(shard, head);
            } finally {
                shard.unlock();
            }
        } while (head != 0);
        return sum;
    }
}
