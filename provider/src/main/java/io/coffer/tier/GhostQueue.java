package io.coffer.tier;

/**
 * Remembers the hashes of the keys that were evicted last, as many as the main queue has entries.
 *
 * <p>A set-associative table: a hash has a bucket of four slots, in which the oldest is overwritten; a slot holds the hash
 * and the number of the eviction, so that what is too long ago is known as forgotten. Two to four slots of eight bytes a ghost,
 * no objects. Two
 * keys of one hash are taken for the same, which only makes the policy kinder to one of them. Guarded by the policy's lock.
 */
final class GhostQueue {
    private static final int WAYS = 4;
    private static final int CAPACITY_MIN = 64;

    private long[] slots = new long[CAPACITY_MIN * 2];
    private int evictions;

    /** Remembers a hash. */
    void add(int hash, long capacity) {
        grow(capacity);
        evictions++;
        place(hash, evictions);
    }

    /** Forgets a hash, and tells whether it was one of the last so many. */
    boolean remove(int hash, long capacity) {
        int bucket = bucketOf(hash);
        for (int i = bucket; i < bucket + WAYS; i++) {
            if (slots[i] != 0 && hashIn(slots[i]) == hash) {
                boolean recent = ageOf(slots[i]) < Math.max(capacity, CAPACITY_MIN);
                slots[i] = 0;
                return recent;
            }
        }
        return false;
    }

    /** Tells whether a hash is one of the last so many. */
    boolean knows(int hash, long capacity) {
        int bucket = bucketOf(hash);
        for (int i = bucket; i < bucket + WAYS; i++) {
            if (slots[i] != 0 && hashIn(slots[i]) == hash) {
                return ageOf(slots[i]) < Math.max(capacity, CAPACITY_MIN);
            }
        }
        return false;
    }

    private void place(int hash, int eviction) {
        int bucket = bucketOf(hash);
        int chosen = bucket;
        for (int i = bucket; i < bucket + WAYS; i++) {
            if (slots[i] == 0 || hashIn(slots[i]) == hash) {
                chosen = i;
                break;
            }
            if (ageOf(slots[i]) > ageOf(slots[chosen])) {
                chosen = i;
            }
        }
        slots[chosen] = ((long) hash << 32) | (eviction & 0xFFFF_FFFFL);
    }

    /** Keeps about two slots a ghost, so that buckets seldom overflow. */
    private void grow(long capacity) {
        if (capacity * 2 <= slots.length || slots.length >= 1 << 28) {
            return;
        }
        var old = slots;
        slots = new long[old.length * 2];
        for (long slot : old) {
            if (slot != 0) {
                place(hashIn(slot), (int) slot);
            }
        }
    }

    private int bucketOf(int hash) {
        int mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 16)) & (slots.length - 1) & -WAYS;
    }

    private static int hashIn(long slot) {
        return (int) (slot >>> 32);
    }

    private long ageOf(long slot) {
        return (evictions - (int) slot) & 0xFFFF_FFFFL;
    }
}
