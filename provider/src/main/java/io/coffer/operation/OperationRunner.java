package io.coffer.operation;

import io.coffer.common.Failures;
import io.coffer.event.Delivery;
import io.coffer.event.EventKind;
import io.coffer.event.Listeners;
import io.coffer.expiry.ExpiryTimes;
import io.coffer.integration.WriteThrough;
import io.coffer.management.CacheStatistics;
import io.coffer.management.RareEvent;
import io.coffer.tier.Entry;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import java.time.InstantSource;
import java.util.function.Function;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Carries operations out: the one order in which the effects of every operation take place.
 *
 * <p>Lock the key; drop what has expired; decide; write through; ask for the deadline; set; announce; count; unlock; wait for
 * synchronous listeners; make room. Safe for use by several threads.
 */
public final class OperationRunner<K, V> {
    /** How often an operation is decided at most. A store of one owner needs two, if it is cleared meanwhile. */
    private static final int ATTEMPTS = 16;

    private final EntryTable<K, V> entries;
    private final ExpiryTimes expiry;
    private final ValueSource<K, V> source;
    private final WriteThrough<K, V> writer;
    private final Listeners<K, V> listeners;
    private final CacheStatistics statistics;
    private final InstantSource clock;
    private final Eviction<K, V> eviction;

    /** Puts the parts of a cache together. */
    public OperationRunner(
            EntryTable<K, V> entries,
            ExpiryTimes expiry,
            ValueSource<K, V> source,
            WriteThrough<K, V> writer,
            Listeners<K, V> listeners,
            CacheStatistics statistics,
            InstantSource clock) {
        this.entries = entries;
        this.expiry = expiry;
        this.source = source;
        this.writer = writer;
        this.listeners = listeners;
        this.statistics = statistics;
        this.clock = clock;
        this.eviction = new Eviction<>(entries, victim -> evict(victim, listeners.openInBackground()));
    }

    /** Returns a runner of the same entries that writes nothing through: the writer has been told already. */
    OperationRunner<K, V> withoutWriter() {
        return new OperationRunner<>(
                entries, expiry, source, new WriteThrough<>(entries.cacheName(), null), listeners, statistics, clock);
    }

    /** Carries an operation out on a key. */
    public <R> Transition<V, R> run(K key, Operation<V, R> operation) {
        try (var delivery = listeners.open(); // closed last: waits for the synchronous listeners
                var entry = entries.lock(key)) { // closed first: unlocks
            return change(key, entry, operation, delivery);
        } finally {
            makeRoom();
        }
    }

    /** Carries an operation out on an entry that is locked. */
    <R> Transition<V, R> change(K key, Entry<K, V> entry, Operation<V, R> operation, Delivery<K, V> delivery) {
        long start = statistics.start();
        for (int attempts = ATTEMPTS; attempts > 0; attempts--) {
            var decided = decide(key, entry, operation, delivery);
            var done = carryOut(entry, decided);
            if (done != null) {
                finish(entry, done, delivery, start);
                return done;
            }
        }
        throw new CacheException(
                "Cache \"" + entries.cacheName() + "\": an operation was given up, since the store had something"
                        + " else than a moment before, " + ATTEMPTS + " times running");
    }

    /** Decides what shall become of an entry, and writes it through; in the cache nothing has changed yet, but what has expired is gone. */
    <R> Transition<V, R> decide(K key, Entry<K, V> entry, Operation<V, R> operation, Delivery<K, V> delivery) {
        var before = live(entry, delivery); // expiry is a transition of its own, and comes first
        if (before != null && before.isUnread() && isRead(operation, delivery)) {
            before = entry.fetch(before);
        }
        Change<V, R> change = operation.decision().apply(before);
        change.writeThrough(key, writer); // throws: nothing has changed
        return new Transition<>(operation.looks(), before, change, change.applyTo(before, entry.key(), expiry));
    }

    /** A value on disk is read before anything has changed: afterwards there is nothing to be told to listeners any more. */
    private static <K, V> boolean isRead(Operation<V, ?> operation, Delivery<K, V> delivery) {
        return operation.reads() || delivery.hears(EventKind.UPDATED) || delivery.hears(EventKind.REMOVED);
    }

    /** Changes an entry as was decided; returns what has become of it, or null if the store has changed since. */
    private <R> @Nullable Transition<V, R> carryOut(Entry<K, V> entry, Transition<V, R> decided) {
        var before = decided.before();
        var after = decided.after();
        if (before != null) {
            entry.hit(); // a write is a use as well
        }
        if (after != before || (decided.change().isRemoval() && entry.isStored())) {
            return switch (entry.set(before, after)) {
                case SET -> decided;
                case FAILED -> decided.unstored();
                case LOST -> null;
            };
        }
        if (before != null) {
            decided.change().touch(entry, before, expiry);
        }
        return decided;
    }

    /** Does what was decided of an entry; false if the store has changed since, so that nothing was done. */
    boolean complete(Entry<K, V> entry, Transition<V, ?> decided, Delivery<K, V> delivery) {
        var done = carryOut(entry, decided);
        if (done != null) {
            finish(entry, done, delivery, 0);
        }
        return done != null;
    }

    /** What follows from a change, still under the lock. */
    void finish(Entry<K, V> entry, Transition<V, ?> done, Delivery<K, V> delivery, long start) {
        if (done.change().kind() == Change.Kind.RETIME) {
            live(entry, delivery); // the new deadline may have passed
        }
        source.noteChange(entry.key(), done.change());
        done.announceTo(delivery, entry.key()); // under the lock: the order per key
        done.countIn(statistics, start);
    }

    /** Returns the value before the operation, which may be on disk only; an expired one is dropped, and announced by whoever does so. */
    @Nullable
    Expirable<V> live(Entry<K, V> entry, Delivery<K, V> delivery) {
        var live = expiry.live(entry);
        if (live != null) {
            return live;
        }
        var stored = entry.unread();
        if (stored != null && !expiry.isPast(stored.expiresAtMillis())) {
            return stored;
        }
        var expired = stored == null ? entry.current() : stored.ended();
        if (expired != null) {
            drop(entry, expired, delivery);
        }
        return null;
    }

    /** Whoever is interested in an expired value gets it, unless it lies on disk and cannot be read. */
    private void drop(Entry<K, V> entry, Expirable<V> expired, Delivery<K, V> delivery) {
        boolean isWanted = delivery.hears(EventKind.EXPIRED) || source.keepsExpired();
        var known = isWanted ? entry.readLast(expired) : null;
        entry.set(expired, null);
        if (known != null) {
            delivery.add(EventKind.EXPIRED, entry.key(), known::value, known::value);
            source.noteExpired(entry.key(), known);
        }
        statistics.count(RareEvent.EXPIRATION);
    }

    /** Loads a value that was absent a moment ago; waits for it if somebody is loading it already. */
    @Nullable
    V load(K key) {
        return load(key, source::load);
    }

    /** As {@link #load(Object)}, from a source of the caller's choice. */
    @Nullable
    V load(K key, Function<K, @Nullable Expirable<V>> from) {
        return run(key, Operations.<V>loading(() -> from.apply(key))).valueAfter();
    }

    /** Drops a value if it has expired, unless it is locked: a reader waits for nobody, and the sweeper comes. */
    void dropExpired(Entry<K, V> entry) {
        if (entries.tryLock(entry)) {
            dropExpired(entry, listeners.open());
        }
    }

    /** As {@link #dropExpired(Entry)}, of a key that memory may not know. */
    void dropExpired(K key) {
        var entry = entries.tryLock(key);
        if (entry != null) {
            dropExpired(entry, listeners.open());
        }
    }

    /** Drops what has expired and nobody has looked at. */
    public void sweep() {
        var failures = new Failures();
        for (var entry : entries.due(clock.millis())) {
            failures.attempt(() -> {
                if (entries.lockDue(entry)) {
                    dropExpired(entry, listeners.openInBackground());
                }
            });
        }
        failures.throwFirst();
    }

    /** As {@link #sweep()}, of a key that memory may not know. If its lock is taken, somebody else may see to it. */
    void sweep(K key) {
        var entry = entries.tryLock(key);
        if (entry != null) {
            dropExpired(entry, listeners.openInBackground());
        }
    }

    private void dropExpired(Entry<K, V> locked, Delivery<K, V> opened) {
        try (opened;
                locked) {
            live(locked, opened);
        }
    }

    void makeRoom() {
        eviction.makeRoom();
    }

    /** What has a store is only forgotten by memory: that is no eviction. */
    private void evict(Entry<K, V> locked, Delivery<K, V> opened) {
        try (opened;
                locked) {
            if (entries.store() == null) {
                change(locked.key(), locked, Operations.eviction(), opened);
            } else {
                live(locked, opened);
                locked.forget();
                statistics.count(RareEvent.MEMORY_DROP);
            }
        }
    }

    /** Lets memory forget what the store has been emptied of; what has expired is announced. */
    void forget(K key) {
        try (var delivery = listeners.open();
                var entry = entries.lock(key)) {
            live(entry, delivery);
            entry.forget();
        }
    }
}
