package io.coffer.store.log;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which shard has which fingerprints: extendible hashing over ranges. The directory has a power of two of places; a shard that agrees in
 * fewer bits than the directory tells apart stands in several. Begins with one small shard and splits one at a time, so no
 * growth ever stops more than some thousand entries.
 *
 * <p>Order of locks: shards by their ranges, then the directory's, which is held only to put shards in their places.
 */
final class IndexDirectory {
    /** Then shards only grow. Reached with 8 thousand million entries, or with heads that are not random. */
    private static final int DEPTH_MAX = 20;

    private final int shardEntriesMax;
    private final ReentrantLock lock = new ReentrantLock();
    /** Replaced under the lock when it doubles; its places are set under the lock. */
    private volatile AtomicReferenceArray<IndexShard> shards;

    IndexDirectory(int shardEntriesMax) {
        this.shardEntriesMax = shardEntriesMax;
        this.shards = alone(new IndexShard(0));
    }

    /** Begins anew, as it would be with so many entries. For an empty one that nobody uses yet. */
    void expect(long entries) {
        int depth = 0;
        while (depth < DEPTH_MAX && 4 * (entries >> depth) > 3L * shardEntriesMax) {
            depth++;
        }
        var many = new IndexShard[1 << depth];
        for (int i = 0; i < many.length; i++) {
            many[i] = IndexShard.expecting(depth, (int) (entries >> depth));
        }
        lock.lock();
        try {
            shards = new AtomicReferenceArray<>(many);
        } finally {
            lock.unlock();
        }
    }

    private static AtomicReferenceArray<IndexShard> alone(IndexShard shard) {
        return new AtomicReferenceArray<>(new IndexShard[] {shard});
    }

    /** Returns the shard of a head. It may be retired by the time it is asked. */
    IndexShard shard(long head) {
        var places = shards;
        return places.get(place(head, Integer.numberOfTrailingZeros(places.length())));
    }

    private static int place(long head, int bits) {
        return (int) ((head >>> 1) >>> (Long.SIZE - 1 - bits));
    }

    /** Returns the shard of a head, locked and not retired. The caller unlocks it. */
    IndexShard locked(long head) {
        while (true) {
            var shard = shard(head);
            shard.lock();
            if (!shard.isRetired()) {
                return shard;
            }
            shard.unlock();
        }
    }

    /** Likewise, with room for one more entry. */
    IndexShard lockedWithRoom(long head) {
        while (true) {
            var shard = locked(head);
            if (shard.count() < shardEntriesMax || shard.depth == DEPTH_MAX) {
                return shard;
            }
            try {
                split(shard, head);
            } finally {
                shard.unlock();
            }
        }
    }

    private void split(IndexShard shard, long head) {
        var halves = shard.halves();
        lock.lock();
        try {
            int bits = Integer.numberOfTrailingZeros(shards.length());
            if (bits == shard.depth) {
                shards = doubled(shards);
                bits++;
            }
            int share = 1 << (bits - shard.depth);
            int first = place(head, bits) & -share;
            for (int i = 0; i < share; i++) {
                shards.set(first + i, halves[i < share / 2 ? 0 : 1]);
            }
        } finally {
            lock.unlock();
        }
        shard.retire();
    }

    private static AtomicReferenceArray<IndexShard> doubled(AtomicReferenceArray<IndexShard> places) {
        var twice = new IndexShard[places.length() * 2];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = places.get(i / 2);
        }
        return new AtomicReferenceArray<>(twice);
    }

    /** Returns the first head behind a shard's range, 0 behind the last shard. */
    static long endOfRange(IndexShard shard, long head) {
        int bits = Long.SIZE - shard.depth;
        return shard.depth == 0 ? 0 : ((head >>> bits) + 1) << bits;
    }

    /** Forgets all entries, at one moment for everybody, and gives the memory back. */
    void clear() {
        var held = new ArrayList<IndexShard>();
        try {
            long head = 0;
            do {
                var shard = locked(head);
                held.add(shard);
                head = endOfRange(shard, head);
            } while (head != 0);
            lock.lock();
            try {
                shards = alone(new IndexShard(0));
            } finally {
                lock.unlock();
            }
            held.forEach(IndexShard::retire);
        } finally {
            held.forEach(IndexShard::unlock);
        }
    }

    long heapBytes() {
        return (long) shards.length() * Integer.BYTES;
    }
}
