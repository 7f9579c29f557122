package io.coffer.operation;

import io.coffer.event.Delivery;
import io.coffer.event.EventKind;
import io.coffer.management.CacheStatistics;
import io.coffer.tier.Expirable;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to an entry; events and counts are read off it.
 *
 * @param looks whether the lookup counts
 * @param before the live value before, or null
 * @param change what was decided
 * @param after the value after, or null
 */
public record Transition<V, R>(
        boolean looks,
        @Nullable Expirable<V> before,
        Change<V, R> change,
        @Nullable Expirable<V> after) {

    /** Returns the same, but that the store could not take the value: there is nothing now. */
    Transition<V, R> unstored() {
        return new Transition<>(looks, before, change, null);
    }

    /** Returns what the operation tells its caller. */
    public @Nullable R result() {
        return change.result();
    }

    /** Tells whether a value was written and is there. */
    public boolean isPut() {
        return change.kind() == Change.Kind.WRITE && after != null;
    }

    /** Returns the value there is now, for a caller, or null. */
    public @Nullable V valueAfter() {
        return after == null ? null : after.value();
    }

    /** Names the change only: values and result are the user's. */
    @Override
    public String toString() {
        return change.toString();
    }

    /** Adds the event that follows from it, if one does (JSR-107 section 8.4). */
    <K> void announceTo(Delivery<K, V> delivery, K key) {
        switch (change.kind()) {
            case WRITE, LOAD, RELOAD -> {
                if (after != null && after != before) {
                    delivery.add(
                            before == null ? EventKind.CREATED : EventKind.UPDATED,
                            key,
                            after::value,
                            before == null ? null : before::value);
                }
            }
            case REMOVE -> {
                if (before != null) {
                    delivery.add(EventKind.REMOVED, key, before::value, before::value);
                }
            }
            case EVICT -> {
                if (before != null) {
                    delivery.add(EventKind.EVICTED, key, before::value, before::value);
                }
            }
            case KEEP, ACCESS, RETIME, CLEAR -> {}
        }
    }

    /** Counts what follows from it (JSR-107 section 10), and takes the time since a sampled start. */
    void countIn(CacheStatistics statistics, long start) {
        if (looks) {
            if (before == null) {
                statistics.countMiss();
            } else {
                statistics.countHit();
            }
            statistics.timeGet(start);
        }
        switch (change.kind()) {
            case WRITE -> {
                if (after != null) {
                    statistics.countPut();
                    statistics.timePut(start);
                }
            }
            case REMOVE -> {
                if (before != null) {
                    statistics.countRemoval();
                    statistics.timeRemoval(start);
                }
            }
            case EVICT -> {
                if (before != null) {
                    statistics.countEviction();
                }
            }
            case KEEP, ACCESS, LOAD, RELOAD, RETIME, CLEAR -> {}
        }
    }
}
