package io.coffer.tier;

import static io.coffer.spi.EntryStore.LOST;
import static java.util.Objects.requireNonNull;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an entry in the store, before it becomes so in memory. Each method is for the holder of the entry's lock, and
 * leaves the entry knowing what the store has of it.
 */
final class StoreChanges<K, V> {
    private final StoreTier<K, V> tier;
    private final EntryStore store;
    private final StoreFailures failures;

    StoreChanges(StoreTier<K, V> tier, EntryStore store, StoreFailures failures) {
        this.tier = tier;
        this.store = store;
        this.failures = failures;
    }

    /**
     * Changes an entry in the store.
     *
     * @param before what the holder has found
     * @param after what shall be there, or null
     * @throws StoreException if it cannot be written and the cache is strict; then nothing has changed
     */
    Outcome change(Entry<K, V> entry, StoreSide side, @Nullable Expirable<V> before, @Nullable Expirable<V> after) {
        if (after == null || !isWritten(entry, side, after)) {
            return remove(entry, side, before != null && before.expiresAtMillis() < 0);
        }
        long deadline = deadlineOf(entry, side, after);
        boolean isRetimed = side.isPresent() && before != null && after.hasValueOf(before);
        return isRetimed ? retime(entry, side, deadline) : write(entry, side, tier.encoded(after), deadline);
    }

    /** What has expired by its own update is not worth a record; what is served stale for a second is not what the key has. */
    private boolean isWritten(Entry<K, V> entry, StoreSide side, Expirable<V> after) {
        return !after.isStale() && deadlineOf(entry, side, after) >= 0;
    }

    /** A deadline that may stay is the one in memory, where it moves first. */
    private static <K, V> long deadlineOf(Entry<K, V> entry, StoreSide side, Expirable<V> after) {
        if (after.expiresAtMillis() != Expirable.KEPT) {
            return after.expiresAtMillis();
        }
        var current = entry.current();
        return current == null ? side.expiresAtMillis() : current.expiresAtMillis();
    }

    private Outcome write(Entry<K, V> entry, StoreSide side, byte[] value, long deadline) {
        long era = tier.era();
        try {
            long stamp = store.write(side.key(), side.stamp(), value, deadline);
            return stamp == LOST
                    ? lost(entry, side)
                    : set(entry, new StoreSide(side.key(), stamp, deadline, value.length, era));
        } catch (StoreException e) {
            failures.writeFailed(e);
            invalidate(entry, side);
            return Outcome.FAILED;
        }
    }

    /** What has expired was dead before: its end cannot fail, nor be lost. */
    private Outcome remove(Entry<K, V> entry, StoreSide side, boolean hasExpired) {
        if (!side.isPresent()) {
            return Outcome.SET;
        }
        try {
            if (store.remove(side.key(), side.stamp()) || hasExpired) {
                return set(entry, side.removed());
            }
            return lost(entry, side);
        } catch (StoreException e) {
            if (hasExpired) {
                failures.writeFailedHarmlessly(e);
            } else {
                failures.writeFailed(e);
            }
            invalidate(entry, side);
            return Outcome.SET; // absent is what was wanted
        }
    }

    private Outcome retime(Entry<K, V> entry, StoreSide side, long deadline) {
        try {
            return deadline == side.expiresAtMillis() || store.touch(side.key(), side.stamp(), deadline)
                    ? set(entry, side.expiringAt(deadline))
                    : lost(entry, side);
        } catch (StoreException e) {
            failures.writeFailed(e);
            invalidate(entry, side);
            return Outcome.FAILED;
        }
    }

    private static <K, V> Outcome set(Entry<K, V> entry, StoreSide side) {
        entry.setSide(side);
        return Outcome.SET;
    }

    /**
     * Looks what the store has instead. If it has dropped an entry whose deadline there had passed, the value in memory, whose deadline
     * is later, is still right; else it is not.
     */
    private Outcome lost(Entry<K, V> entry, StoreSide side) {
        var now = tier.find(side.key());
        boolean isDropped = !now.isPresent() && side.isOfEra(now.era());
        entry.setSide(now);
        if (now.stamp() != side.stamp() && !isDropped) {
            entry.keep(null);
        }
        return Outcome.LOST;
    }

    private void invalidate(Entry<K, V> entry, StoreSide side) {
        store.invalidate(side.key());
        entry.setSide(side.removed());
    }

    /**
     * Sets many entries with one write, for the holder of all their locks, and tells which are set. None is if the store has failed:
     * then they are to be set one by one, each by the rule for failures.
     */
    List<Boolean> setAll(Map<Entry<K, V>, Expirable<V>> afters) {
        long era = tier.era();
        var writes = new ArrayList<StoreWrite>(afters.size());
        afters.forEach((entry, after) -> {
            var side = requireNonNull(entry.side());
            writes.add(new StoreWrite(side.key(), side.stamp(), tier.encoded(after), deadlineOf(entry, side, after)));
        });
        var stamps = tryWriteAll(writes);
        var isSet = new ArrayList<Boolean>(stamps.length);
        afters.forEach((entry, after) -> {
            int i = isSet.size();
            var write = writes.get(i);
            if (stamps[i] != LOST) {
                entry.setSide(
                        new StoreSide(write.key(), stamps[i], write.expiresAtMillis(), write.value().length, era));
                entry.keep(after);
            }
            isSet.add(stamps[i] != LOST);
        });
        return isSet;
    }

    private long[] tryWriteAll(List<StoreWrite> writes) {
        try {
            return store.writeAll(writes);
        } catch (StoreException e) {
            return new long[writes.size()]; // all lost: what is tried again one by one counts and throws
        }
    }

    /**
     * Tells whether memory may take in what the store had when it was looked up: else others could have seen it cleared already, and would
     * see it again. Needs no lock.
     */
    boolean isUncleared(StoreSide side) {
        return side.isOfEra(tier.era());
    }

    /** Likewise, of what was read under a stamp. */
    boolean isStill(StoreSide side, long stamp) {
        return side.stamp() == stamp && isUncleared(side);
    }

    /** Tells whether the store has to hear of a deadline that hits have moved. Needs no lock. */
    boolean isBehind(StoreSide side, Expirable<V> current) {
        return !current.isStale()
                && side.lagsBehind(current.expiresAtMillis(), tier.clock().millis());
    }

    /**
     * Tells the store the deadline in memory.
     *
     * @throws StoreException if the deadline has come nearer, which the store must not miss, and the cache is strict
     */
    void settle(Entry<K, V> entry, StoreSide side, Expirable<V> current) {
        long deadline = current.expiresAtMillis();
        if (deadline < 0) { // an access has ended it; memory has still to announce that
            remove(entry, side, true);
            return;
        }
        try {
            if (store.touch(side.key(), side.stamp(), deadline)) {
                entry.setSide(side.expiringAt(deadline));
            } else if (side.isOfEra(tier.era())) {
                settleElsewhere(entry, side, current);
            }
        } catch (StoreException e) {
            if (deadline > side.expiresAtMillis()) {
                failures.writeFailedHarmlessly(e);
            } else {
                failures.writeFailed(e);
                invalidate(entry, side);
            }
        }
    }

    /** The store does not know the version by its stamp any more: it has dropped it, or given it another one. */
    private void settleElsewhere(Entry<K, V> entry, StoreSide side, Expirable<V> current) {
        var now = tier.find(side.key());
        if (!now.isPresent()) {
            writeAgain(entry, side, current);
        } else if (hasValue(now, tier.encoded(current))
                && store.touch(side.key(), now.stamp(), current.expiresAtMillis())) {
            entry.setSide(now.expiringAt(current.expiresAtMillis()));
        }
    }

    private boolean hasValue(StoreSide side, byte[] value) {
        var found = store.read(side.key());
        return found != null && found.stamp() == side.stamp() && Arrays.equals(found.value(), value);
    }

    /** The store has dropped it, as its deadline there had passed. If everything is cleared just now, it must not come back. */
    private void writeAgain(Entry<K, V> entry, StoreSide side, Expirable<V> current) {
        byte[] value = tier.encoded(current);
        long stamp = store.write(side.key(), EntryStore.ABSENT, value, current.expiresAtMillis());
        if (stamp != LOST && !side.isOfEra(tier.era())) {
            store.remove(side.key(), stamp);
            entry.keep(null);
        } else if (stamp != LOST) {
            entry.setSide(new StoreSide(side.key(), stamp, current.expiresAtMillis(), value.length, side.era()));
        }
    }

    /** As {@link #settle}, exactly and without a failure: memory is about to let go of the value. */
    void settleLast(Entry<K, V> entry, StoreSide side, Expirable<V> current) {
        long deadline = current.expiresAtMillis();
        boolean isKnown = deadline < 0 ? !side.isUnawareOfEnd(deadline) : deadline == side.expiresAtMillis();
        if (!side.isPresent() || isKnown || current.isStale()) {
            return;
        }
        try {
            settle(entry, side, current);
        } catch (StoreException e) {
            store.invalidate(side.key()); // the store has too late a deadline; counted already
            entry.setSide(side.removed());
        }
    }
}
