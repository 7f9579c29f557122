package io.coffer.tier;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whom to evict: S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023).
 *
 * <p>A hit only raises the entry's small counter, without a lock and no further than three; all else happens when an entry
 * comes or goes, in constant time on average. Safe for use by several threads.
 */
final class EvictionPolicy<K, V> implements Bound<K, V> {
    /*
     * New entries join the small queue, a tenth of the whole. Those who were hit more than once while they moved through it
     * go on to the main queue; the others are evicted, and only a ghost (the hash of the key) remains. So a scan passes
     * through the small queue and leaves the main one alone. Who comes back while the ghost is still known joins the main
     * queue at once. The main queue is a clock: whoever was hit since the hand passed last goes to its end, one hit fewer.
     * The small queue always keeps its youngest, or in a small cache a new entry would be evicted by its own put; for the same
     * reason whoever came back last is spared while he is alone in the main queue. What alone weighs more than the bound goes
     * first, and costs nobody else his place.
     */
    private static final int SMALL_FRACTION = 10;
    private static final int HITS_TO_STAY = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Chain<Place<K, V>> small = new Chain<>();
    private final Chain<Place<K, V>> main = new Chain<>();
    private final Chain<Place<K, V>> tooHeavy = new Chain<>();
    private final GhostQueue ghosts = new GhostQueue();
    private final long maxEntries;
    private final long maxWeight;
    private final ToLongFunction<Entry<K, V>> weigher;
    private long entries;
    private long weight;
    private long smallWeight;
    private @Nullable Place<K, V> latest; // to have come back
    private volatile boolean exceeded; // derived from the above, for a look without the lock

    EvictionPolicy(Limits<K, V> limits, ToLongFunction<Entry<K, V>> weigher) {
        this.maxEntries = limits.maxEntries();
        this.maxWeight = limits.maxBytes();
        this.weigher = weigher;
    }

    @Override
    public void added(Entry<K, V> entry) {
        long entryWeight = weigh(entry);
        lock.lock();
        try {
            place(entry, entryWeight);
        } finally {
            lock.unlock();
        }
    }

    /** Needs no lock if the weight is as before: a place that is just being chosen for eviction is its chooser's affair. */
    @Override
    public void replaced(Entry<K, V> entry) {
        long entryWeight = weigh(entry);
        var known = entry.place();
        if (known != null && known.weight == entryWeight) {
            return;
        }
        lock.lock();
        try {
            var place = entry.needPlace();
            if (place.isLinked()) {
                reweigh(place, entryWeight);
            } else {
                place(entry, entryWeight);
            }
        } finally {
            lock.unlock();
        }
    }

    private void place(Entry<K, V> entry, long entryWeight) {
        var place = entry.needPlace();
        if (place.isLinked()) { // chosen as a victim in its former life, and kept a moment ago
            leave(place);
        }
        place.weight = entryWeight;
        place.isYoung = !ghosts.remove(place.hash, entries);
        enter(place, place.isYoung ? small : main);
        latest = place.isYoung ? null : place;
    }

    /** A weight above the bound is never kept, whatever it is; cut, a few of them do not overflow the sum. */
    private long weigh(Entry<K, V> entry) {
        return Math.min(weigher.applyAsLong(entry), maxWeight == Limits.NONE ? 1 : maxWeight + 1);
    }

    @Override
    public void removed(Entry<K, V> entry) {
        lock.lock();
        try {
            var place = entry.place();
            if (place != null && place.isLinked()) {
                leave(place);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isExceeded() {
        return exceeded;
    }

    @Override
    public @Nullable Entry<K, V> victim() {
        lock.lock();
        try {
            return exceeded ? choose() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Who comes for the second time while his ghost is known enters the main queue, so a scan of what lies below changes nothing. */
    @Override
    public boolean admits(int hash) {
        lock.lock();
        try {
            if (!isFull() || ghosts.knows(hash, entries)) {
                return true;
            }
            ghosts.add(hash, entries);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** An entry of middle weight would have no room. */
    private boolean isFull() {
        return entries >= maxEntries || weight + weight / Math.max(entries, 1) >= maxWeight;
    }

    @Override
    public long weight() {
        lock.lock();
        try {
            return maxWeight == Limits.NONE ? -1 : weight;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            for (var queue : List.of(tooHeavy, small, main)) {
                for (var place = queue.peek(); place != null; place = queue.peek()) {
                    leave(place);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void keep(Entry<K, V> victim) {
        lock.lock();
        try {
            var place = victim.place();
            if (place != null && !place.isLinked() && victim.current() != null) {
                enter(place, main);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry<K, V> choose() {
        while (true) {
            var heavy = tooHeavy.peek();
            boolean fromSmall = isNextFromSmall();
            var place = heavy != null ? heavy : (fromSmall ? small : main).peek();
            if (place == null) {
                return null;
            }
            leave(place);
            int hits = place.entry.frequency();
            if (heavy != null || hits < (fromSmall ? HITS_TO_STAY : 1)) {
                if (fromSmall && heavy == null) {
                    ghosts.add(place.hash, entries);
                }
                return place.entry;
            }
            place.entry.setFrequency(fromSmall ? 0 : hits - 1);
            place.isYoung = false;
            enter(place, main);
        }
    }

    private boolean isNextFromSmall() {
        var next = main.peek();
        return next == null
                || (small.hasSeveral() && smallWeight >= weight / SMALL_FRACTION)
                || (next.equals(latest) && !main.hasSeveral() && !small.isEmpty());
    }

    private void enter(Place<K, V> place, Chain<Place<K, V>> queue) {
        (place.weight > maxWeight ? tooHeavy : queue).add(place);
        entries++;
        if (place.isIn(small)) {
            smallWeight += place.weight;
        }
        addWeight(place.weight);
    }

    private void leave(Place<K, V> place) {
        entries--;
        if (place.isIn(small)) {
            smallWeight -= place.weight;
        }
        addWeight(-place.weight);
        place.unlink();
        if (place.equals(latest)) {
            latest = null;
        }
    }

    private void reweigh(Place<K, V> place, long newWeight) {
        if (place.weight > maxWeight || newWeight > maxWeight) {
            leave(place);
            place.weight = newWeight;
            enter(place, place.isYoung ? small : main);
            return;
        }
        long difference = newWeight - place.weight;
        place.weight = newWeight;
        if (place.isIn(small)) {
            smallWeight += difference;
        }
        addWeight(difference);
    }

    private void addWeight(long difference) {
        weight += difference;
        exceeded = entries > maxEntries || weight > maxWeight;
    }
}
