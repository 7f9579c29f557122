package io.coffer.store.log;

import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one range of fingerprints, those whose first {@link #depth} bits are the same. Keeps between 62 and 85 % of its table in
 * use. When it has grown enough it is split in two, and is worth nothing from then on: retired.
 *
 * <p>{@link #find} may be called by any thread. All else needs the lock, which the caller takes; a caller that has the lock asks first
 * whether the shard is {@link #isRetired retired}.
 */
final class IndexShard {
    /** Returned instead of an answer by a shard that was split: the one slot that has no location. */
    static final Slot RETIRED = new Slot(Location.NONE, 0);

    /** Objects beside the table's content: shard, lock, header of the array. */
    private static final int OVERHEAD_BYTES = 112;

    private static final int SLOTS_MIN = 8;
    private static final int LOAD_MAX_PERCENT = 85;
    private static final int LOAD_MIN_PERCENT = 62;
    private static final int LOAD_NEW_PERCENT = 72;
    private static final int OPTIMISTIC_TRIES = 3;

    final int depth;
    private final StampedLock lock = new StampedLock();
    /** Null when retired. Guarded by the lock, as is its content. */
    private long @Nullable [] table;
    /** How many slots are in use. Guarded by the lock. */
    private int count;

    /** An empty shard. */
    IndexShard(int depth) {
        this(depth, SlotTable.of(SLOTS_MIN), 0);
    }

    /** An empty shard with room for so many entries. */
    static IndexShard expecting(int depth, int entries) {
        return new IndexShard(depth, SlotTable.of(slotsFor(entries)), 0);
    }

    private IndexShard(int depth, long[] table, int count) {
        this.depth = depth;
        this.table = table;
        this.count = count;
    }

    /** Returns the slot of a fingerprint, null if there is none, {@link #RETIRED} if
     * another shard knows. Reads without locking. */
    @Nullable
    Slot find(long head, int tail, SlotDeadline deadlines) {
        for (int i = 0; i < OPTIMISTIC_TRIES; i++) {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                var slot = peek(head, tail, deadlines);
                if (lock.validate(stamp)) {
                    return slot;
                }
            }
        }
        long stamp = lock.readLock();
        try {
            return peek(head, tail, deadlines);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private @Nullable Slot peek(long head, int tail, SlotDeadline deadlines) {
        var slots = table;
        if (slots == null) {
            return RETIRED;
        }
        int at = SlotTable.find(slots, depth, head, tail);
        return at < 0 ? null : slotAt(slots, at, deadlines);
    }

    private static Slot slotAt(long[] slots, int at, SlotDeadline deadlines) {
        return new Slot(SlotTable.location(slots, at), deadlines.decode(SlotTable.deadline(slots, at)));
    }

    /** Reads a slot where a fingerprint may lie, without a lock: what is returned is worth nothing. */
    long warm(long head) {
        var slots = table;
        return slots == null ? 0 : SlotTable.peek(slots, depth, head);
    }

    void lock() {
        lock.writeLock();
    }

    void unlock() {
        lock.tryUnlockWrite();
    }

    boolean isRetired() {
        return table == null;
    }

    int count() {
        return count;
    }

    long heapBytes() {
        return OVERHEAD_BYTES + (long) live().length * Long.BYTES;
    }

    private long[] live() {
        if (table == null) {
            throw new IllegalStateException("The shard is retired");
        }
        return table;
    }

    /** Sets a slot and returns what was there, null if nothing. */
    @Nullable
    Slot put(long head, int tail, long location, long expiresAtMillis, SlotDeadline deadlines) {
        var slots = live();
        int at = SlotTable.find(slots, depth, head, tail);
        if (at >= 0) {
            var previous = slotAt(slots, at, deadlines);
            SlotTable.set(slots, at, head, tail, location, deadlines.encode(expiresAtMillis));
            return previous;
        }
        if ((count + 1) * 100L > (long) SlotTable.capacity(slots) * LOAD_MAX_PERCENT) {
            slots = resize(slotsFor(count + 1));
            at = SlotTable.find(slots, depth, head, tail);
        }
        while (!SlotTable.open(slots, ~at)) {
            slots = resize(SlotTable.capacity(slots) + SLOTS_MIN);
            at = SlotTable.find(slots, depth, head, tail);
        }
        SlotTable.set(slots, ~at, head, tail, location, deadlines.encode(expiresAtMillis));
        count++;
        return null;
    }

    /** Returns where a slot lies, if it has a location, -1 else. */
    private int at(long head, int tail, long location) {
        var slots = live();
        int at = SlotTable.find(slots, depth, head, tail);
        return at >= 0 && SlotTable.location(slots, at) == location ? at : -1;
    }

    boolean replaceIf(long head, int tail, long oldLocation, long newLocation) {
        int at = at(head, tail, oldLocation);
        if (at >= 0) {
            SlotTable.setLocation(live(), at, newLocation);
        }
        return at >= 0;
    }

    boolean touchIf(long head, int tail, long location, long deadline) {
        int at = at(head, tail, location);
        if (at >= 0) {
            SlotTable.setDeadline(live(), at, deadline);
        }
        return at >= 0;
    }

    boolean removeIf(long head, int tail, long location) {
        int at = at(head, tail, location);
        if (at >= 0) {
            removeAt(at);
        }
        return at >= 0;
    }

    @Nullable
    Slot remove(long head, int tail, SlotDeadline deadlines) {
        var slots = live();
        int at = SlotTable.find(slots, depth, head, tail);
        if (at < 0) {
            return null;
        }
        var previous = slotAt(slots, at, deadlines);
        removeAt(at);
        return previous;
    }

    private void removeAt(int at) {
        SlotTable.close(live(), depth, at);
        count--;
        shrink();
    }

    private void shrink() {
        int capacity = SlotTable.capacity(live());
        if (capacity > SLOTS_MIN && count * 100L < (long) capacity * LOAD_MIN_PERCENT) {
            int fewer = slotsFor(count);
            if (fewer < capacity) {
                resize(fewer);
            }
        }
    }

    /** Removes all slots that a test chooses, in one pass, and returns how many. */
    int removeWhere(SlotTest test, SlotDeadline deadlines) {
        var slots = live();
        int next = SlotTable.FIRST;
        int kept = 0;
        for (int at = SlotTable.FIRST; at < slots.length; at += SlotTable.WIDTH) {
            if (slots[at] == 0) {
                continue;
            }
            if (test.test(SlotTable.location(slots, at), deadlines.decode(SlotTable.deadline(slots, at)))) {
                SlotTable.clear(slots, at);
            } else {
                next = SlotTable.settle(slots, depth, at, next);
                kept++;
            }
        }
        int removed = count - kept;
        count = kept;
        shrink();
        return removed;
    }

    private static int slotsFor(int entries) {
        return Math.max(SLOTS_MIN, entries * 100 / LOAD_NEW_PERCENT + 1);
    }

    private long[] resize(int slots) {
        var resized = copyOf(live(), SlotTable.FIRST, count, slots, depth);
        table = resized;
        return resized;
    }

    private static long[] copyOf(long[] source, int from, int count, int slots, int depth) {
        var target = SlotTable.of(slots);
        for (int more = SLOTS_MIN; !SlotTable.copy(source, from, count, target, depth); more *= 2) {
            target = SlotTable.of(slots + more);
        }
        return target;
    }

    /** Returns two new shards, which have the slots of the lower and of the upper half of the range. */
    IndexShard[] halves() {
        var slots = live();
        long upperBit = Long.MIN_VALUE >>> depth;
        int lower = 0;
        int at = SlotTable.FIRST;
        for (; at < slots.length && (slots[at] & upperBit) == 0; at += SlotTable.WIDTH) {
            if (slots[at] != 0) {
                lower++;
            }
        }
        return new IndexShard[] {
            half(slots, SlotTable.FIRST, lower),
            half(slots, Math.min(at, slots.length - SlotTable.WIDTH), count - lower)
        };
    }

    private IndexShard half(long[] slots, int from, int entries) {
        return new IndexShard(depth + 1, copyOf(slots, from, entries, slotsFor(entries), depth + 1), entries);
    }

    /** Sends everybody who finds this shard back to the directory. */
    void retire() {
        table = null;
    }

    /** Returns a copy of the table, in the array that is given if it is long enough; null if the shard is retired. */
    long @Nullable [] copyTable(long[] buffer) {
        long stamp = lock.readLock();
        try {
            if (table == null) {
                return null;
            }
            var copy = buffer.length >= table.length ? buffer : new long[table.length];
            System.arraycopy(table, 0, copy, 0, table.length);
            Arrays.fill(copy, table.length, copy.length, 0);
            return copy;
        } finally {
            lock.unlockRead(stamp);
        }
    }
}
