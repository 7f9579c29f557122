package io.coffer.tier;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The place of one key in the memory tier: its value and deadline, and the lock under which they change.
 *
 * <p>Anybody may read; only the holder of the lock may {@link #set} and {@link #close}. An entry without a value is a
 * placeholder while an operation on an absent key is being decided; it leaves the table when it is unlocked.
 */
@SuppressWarnings("serial") // as its lock
public final class Entry<K, V> extends KeyLock implements AutoCloseable {
    /*
     * The entry is its own lock, since a lock found through a second map would cost more than a put. Hits take no lock: value
     * and deadline are one immutable object, read at once.
     *
     *   A reader's touch replaces the very object it has seen, by compare-and-set. If a writer was faster, his stays; if
     *   another reader found it expired meanwhile, he has made that final first (expire), so nothing comes back to life.
     *
     *   A touch that brings the deadline forward must also move the timer, which takes the lock. If the lock is taken, its
     *   holder does it: he looks again after he has released.
     */
    private static final VarHandle CURRENT;
    private static final int FREQUENCY_MAX = 3;

    static {
        try {
            CURRENT = MethodHandles.lookup().findVarHandle(Entry.class, "current", Expirable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final K key;
    private final EntryTable<K, V> table;

    @SuppressWarnings("UnusedVariable") // read through its handle
    private @Nullable Expirable<V> current; // written under the lock, touched by readers, read by anybody

    private byte frequency; // of hits, saturating; a lost increment does no harm
    private boolean retired; // has left the table; under the lock
    private @Nullable Timer<K, V> timer; // of the wheel, once there was a finite deadline; under the lock
    private @Nullable Place<K, V> place; // of the eviction policy, in bounded caches; under the lock
    private @Nullable StoreSide
            side; // what the store has, in persistent caches; written under the lock, peeked by touches

    Entry(K key, EntryTable<K, V> table) {
        this.key = key;
        this.table = table;
    }

    /** Returns the key as the table holds it, not to be handed to callers. */
    public K key() {
        return key;
    }

    /** Returns the value and its deadline, expired or not, or null if absent. */
    @SuppressWarnings("unchecked") // the field's type
    public @Nullable Expirable<V> current() {
        return (Expirable<V>) CURRENT.getAcquire(this);
    }

    /**
     * Replaces the value and its deadline, or makes the entry absent: in the store, if the cache has one, and then in memory. For the
     * holder of the lock.
     *
     * @param before what the holder has found
     * @param after what shall be there; its deadline may be {@link Expirable#KEPT}
     * @throws io.coffer.spi.StoreException if the store fails and the cache is strict; then nothing has changed
     */
    public Outcome set(@Nullable Expirable<V> before, @Nullable Expirable<V> after) {
        var known = side;
        if (known == null) {
            remember(after, before != null);
            return Outcome.SET;
        }
        var outcome = table.changes().change(this, known, before, after);
        if (outcome != Outcome.LOST) {
            keep(outcome == Outcome.SET ? after : null);
        }
        return outcome;
    }

    /** Takes into memory what the store has. For the holder of the lock. */
    void keep(@Nullable Expirable<V> stored) {
        var seen = current();
        var kept = stored == null ? null : stored.inMemory();
        if (kept != null && seen == null && kept.expiresAtMillis() == Expirable.KEPT) {
            kept = kept.expiringAt(requireNonNull(side).expiresAtMillis());
        }
        if (kept != null || seen != null) {
            remember(kept, seen != null);
        }
    }

    private void remember(@Nullable Expirable<V> after, boolean isThere) {
        if (after != null && after.expiresAtMillis() == Expirable.KEPT) {
            setKeepingDeadline(after);
        } else {
            CURRENT.setRelease(this, after);
        }
        if (after == null) {
            table.bound().removed(this);
        } else if (isThere) {
            table.bound().replaced(this);
        } else {
            table.bound().added(this);
        }
    }

    private void setKeepingDeadline(Expirable<V> after) {
        var seen = current();
        while (seen != null && !CURRENT.compareAndSet(this, seen, after.expiringAt(seen.expiresAtMillis()))) {
            seen = current();
        }
    }

    /** Restarts the deadline of a value for a hit, unless the value or its deadline has changed. Needs no lock. */
    public void touch(Expirable<V> seen, long newDeadline) {
        var touched = seen.expiringAt(newDeadline);
        if (newDeadline != seen.expiresAtMillis()
                && CURRENT.compareAndSet(this, seen, touched)
                && (newDeadline < seen.expiresAtMillis() || isBehind(touched))
                && tryLock()) {
            close();
        }
    }

    /** Makes it final that a value was seen expired; false if the value or its deadline has changed. Needs no lock. */
    public boolean expire(Expirable<V> seen) {
        return CURRENT.compareAndSet(this, seen, seen.ended());
    }

    /** Notes a hit for the eviction policy: writes nothing once the entry is known to be popular. Needs no lock. */
    public void hit() {
        int seen = frequency;
        if (seen < FREQUENCY_MAX) {
            frequency = (byte) (seen + 1);
        }
    }

    int frequency() {
        return frequency;
    }

    void setFrequency(int hits) {
        frequency = (byte) hits;
    }

    boolean isRetired() {
        return retired;
    }

    @Nullable
    Timer<K, V> timer() {
        return timer;
    }

    void setTimer(Timer<K, V> made) {
        timer = made;
    }

    @Nullable
    Place<K, V> place() {
        return place;
    }

    /** Returns the place of this entry in the eviction policy, made when it is needed first. */
    Place<K, V> needPlace() {
        var known = place;
        if (known == null) {
            known = new Place<>(this);
            place = known;
        }
        return known;
    }

    @Nullable
    StoreSide side() {
        return side;
    }

    void setSide(StoreSide seen) {
        side = seen;
    }

    /** Tells whether the store has something of the key. For the holder of the lock. */
    public boolean isStored() {
        return side != null && side.isPresent();
    }

    /** Tells whether the store may have dropped the entry although it lives: its deadline there has passed. Needs no lock. */
    public boolean isOutliving(long nowMillis) {
        var known = side;
        return known != null && (!known.isPresent() || known.expiresAtMillis() <= nowMillis);
    }

    /** Returns what the store has and memory has not, expired or not, without its value; or null. For the holder of the lock. */
    public @Nullable Expirable<V> unread() {
        var known = side;
        return known == null || !known.isPresent() || current() != null ? null : known.version();
    }

    /**
     * Returns the value that was found, from now on in memory unless the store is being cleared; null if the store cannot read it, and
     * then it is taken for absent. For the holder of the lock.
     *
     * @throws javax.cache.CacheException if it cannot be read, and the cache is to throw that
     */
    public @Nullable Expirable<V> fetch(Expirable<V> found) {
        var read = found instanceof StoredValue ? requireNonNull(table.store()).fetch(this) : found;
        if (read != null && current() == null && table.changes().isUncleared(requireNonNull(side))) {
            remember(read, false);
        }
        return read;
    }

    /** As {@link #fetch}, of what has expired: memory does not keep it, and that it cannot be read is no failure. */
    public @Nullable Expirable<V> readLast(Expirable<V> found) {
        return found instanceof StoredValue ? requireNonNull(table.store()).fetchLast(this) : found;
    }

    /**
     * Takes into memory what was read from the store without the lock, if that is still right. For the holder of the lock.
     *
     * @return whether memory has it now
     */
    public boolean adopt(StoreTier.Restored<V> read) {
        var known = side;
        if (known == null || current() != null || !table.changes().isStill(known, read.stamp())) {
            return false;
        }
        side = known.withValueBytes(read.bytes());
        remember(read.kept().expiringAt(known.expiresAtMillis()), false);
        return true;
    }

    /** Lets memory forget the value; the store keeps it. For the holder of the lock. */
    public void forget() {
        var known = side;
        var seen = current();
        if (known != null && seen != null) {
            table.changes().settleLast(this, known, seen);
        }
        keep(null);
    }

    /**
     * Unlocks the entry, after bringing up to date its timer, and the store where that is worth it; an absent one leaves the table.
     *
     * @throws io.coffer.spi.StoreException if the store must hear of a nearer deadline but fails, and the cache is strict
     */
    @Override
    public void close() {
        Expirable<V> left;
        do {
            left = current();
            try {
                settle(left);
            } finally { // whatever the key's equals does: others wait for the lock
                release(1);
            }
        } while (isLate(left) && tryLock());
    }

    private void settle(@Nullable Expirable<V> left) {
        if (left == null) {
            table.retire(this);
            retired = true;
            return;
        }
        if (table.timers().isLate(timer, left)) {
            table.timers().schedule(this, left);
        }
        if (isBehind(left)) {
            table.changes().settle(this, requireNonNull(side), left);
        }
    }

    private boolean isBehind(Expirable<V> current) {
        return side != null && table.changes().isBehind(side, current);
    }

    /** Looks once more after releasing: volatile, so that either we see a touch or the toucher sees us released. */
    @SuppressWarnings("ReferenceEquality") // any touch makes another object
    private boolean isLate(@Nullable Expirable<V> settled) {
        @SuppressWarnings("unchecked") // the field's type
        var seen = (Expirable<V>) CURRENT.getVolatile(this);
        return seen != null && seen != settled && (table.timers().isLate(timer, seen) || isBehind(seen));
    }

    /** Unlocks an entry that has retired before it could be locked. */
    void unlockRetired() {
        release(1);
    }
}
