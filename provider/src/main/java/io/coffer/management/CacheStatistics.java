package io.coffer.management;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one cache. Counts are exact and visible at once; they are striped, so that threads do not wait for each
 * other. Times are taken of one operation in 64, since reading the clock twice costs more than a hit.
 */
public final class CacheStatistics {
    private static final int SAMPLED = 64;

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final SampledTime gets = new SampledTime();
    private final SampledTime writes = new SampledTime();
    private final SampledTime removes = new SampledTime();
    private final Map<RareEvent, LongAdder> rare = new EnumMap<>(RareEvent.class); // filled once
    private volatile boolean enabled; // switched at run time by CacheManager.enableStatistics

    /** Makes counters at zero. */
    public CacheStatistics(boolean enabled) {
        this.enabled = enabled;
        for (var event : RareEvent.values()) {
            rare.put(event, new LongAdder());
        }
    }

    /** Tells whether what JMX shows is counted. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Switches counting on or off; what was counted stays. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** Returns the time to hand to the {@code time...} methods at the end of an operation, or 0 if it is not sampled. */
    public long start() {
        return enabled && (ThreadLocalRandom.current().nextInt() & (SAMPLED - 1)) == 0 ? System.nanoTime() | 1 : 0;
    }

    /** Counts a lookup that found a live entry. */
    public void countHit() {
        if (enabled) {
            hits.increment();
        }
    }

    /** Counts a lookup that did not. */
    public void countMiss() {
        if (enabled) {
            misses.increment();
        }
    }

    /** Counts a value put into the cache by its user, not by a loader. */
    public void countPut() {
        if (enabled) {
            puts.increment();
        }
    }

    /** Counts an entry removed by the cache's user. */
    public void countRemoval() {
        if (enabled) {
            removals.increment();
        }
    }

    /** Counts entries removed by the cache's user, all at once. */
    public void countRemovals(long removed) {
        if (enabled) {
            removals.add(removed);
        }
    }

    /** Counts an entry removed for want of room. */
    public void countEviction() {
        if (enabled) {
            evictions.increment();
        }
    }

    /** Counts something rare, also while the statistics that JMX shows are off. */
    public void count(RareEvent event) {
        requireNonNull(rare.get(event)).increment();
    }

    /** Returns how often something rare has happened; never set to zero. */
    public long countOf(RareEvent event) {
        return requireNonNull(rare.get(event)).sum();
    }

    /** Takes the time of a lookup that began at {@code start}, a result of {@link #start}. */
    public void timeGet(long start) {
        gets.add(start);
    }

    /** Takes the time of a put. */
    public void timePut(long start) {
        writes.add(start);
    }

    /** Takes the time of a removal. */
    public void timeRemoval(long start) {
        removes.add(start);
    }

    /** Sets what JMX shows to zero; what is counted at the same moment may be lost. */
    void clear() {
        for (var counter : new LongAdder[] {hits, misses, puts, removals, evictions}) {
            counter.reset();
        }
        for (var time : new SampledTime[] {gets, writes, removes}) {
            time.clear();
        }
    }

    /** Returns the number of hits. */
    public long hits() {
        return hits.sum();
    }

    /** Returns the number of misses. */
    public long misses() {
        return misses.sum();
    }

    /** Returns the number of puts. */
    public long puts() {
        return puts.sum();
    }

    /** Returns the number of removals. */
    public long removals() {
        return removals.sum();
    }

    /** Returns the number of evictions. */
    public long evictions() {
        return evictions.sum();
    }

    SampledTime gets() {
        return gets;
    }

    SampledTime writes() {
        return writes;
    }

    SampledTime removes() {
        return removes;
    }
}
