package io.coffer.operation;

import io.coffer.common.LogOnce;
import io.coffer.common.Millis;
import io.coffer.management.CacheStatistics;
import io.coffer.management.RareEvent;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Reloads in the background what is hit shortly before its deadline, each key once at a time. After a failure, or when the
 * loader finds nothing, the key is left alone for a moment. Safe for use by several threads.
 */
public final class RefreshAhead<K, V> {
    private static final long RUNNING = Long.MAX_VALUE;

    private final EntryTable<K, V> entries;
    private final ValueSource<K, V> source;
    private final OperationRunner<K, V> runner;
    private final CacheStatistics statistics;
    private final InstantSource clock;
    private final long aheadMillis;
    private final Predicate<Runnable> background;
    private final LogOnce log = new LogOnce();

    /** The keys being reloaded, and those that must not be before a point in time: no more than are near their deadline. */
    private final ConcurrentHashMap<K, Long> notBefore = new ConcurrentHashMap<>();

    /**
     * Puts the parts together.
     *
     * @param aheadMillis how long before its deadline an entry is reloaded
     * @param background runs an action on another thread; false if it cannot be done now
     */
    public RefreshAhead(
            EntryTable<K, V> entries,
            ValueSource<K, V> source,
            OperationRunner<K, V> runner,
            CacheStatistics statistics,
            InstantSource clock,
            long aheadMillis,
            Predicate<Runnable> background) {
        this.entries = entries;
        this.source = source;
        this.runner = runner;
        this.statistics = statistics;
        this.clock = clock;
        this.aheadMillis = aheadMillis;
        this.background = background;
    }

    /** Looks at a hit, and starts a reload if the deadline is near. What is served stale waits for the loader to recover. */
    void hit(K key, Expirable<V> live) {
        long deadline = live.expiresAtMillis();
        if (deadline != Expirable.ETERNAL && deadline - clock.millis() < aheadMillis && !live.isStale()) {
            start(key, live);
        }
    }

    private void start(K key, Expirable<V> seen) {
        if (begin(key) && !background.test(() -> reload(key, seen))) {
            notBefore.remove(key); // all threads are busy: a later hit will do it
        }
    }

    private boolean begin(K key) {
        var until = notBefore.get(key);
        return until == null
                ? notBefore.putIfAbsent(key, RUNNING) == null
                : until <= clock.millis() && notBefore.replace(key, until, RUNNING);
    }

    private void reload(K key, Expirable<V> seen) {
        boolean isDone = false;
        try {
            var copy = entries.copyOf(key);
            isDone = Boolean.TRUE.equals(
                    runner.run(copy, Operations.reloading(seen, () -> isPast(seen), () -> source.reload(copy)))
                            .result());
        } catch (Exception | Error e) {
            // Nobody waits for it, and what is there stays until its deadline.
            log.warn("Cache \"" + entries.cacheName() + "\": an entry could not be refreshed ahead of its deadline", e);
        } finally {
            end(key, isDone);
        }
    }

    private boolean isPast(Expirable<V> seen) {
        return seen.expiresAtMillis() <= clock.millis();
    }

    private void end(K key, boolean isDone) {
        if (isDone) {
            statistics.count(RareEvent.REFRESH);
            notBefore.remove(key);
        } else {
            notBefore.put(key, Millis.after(clock.millis(), ValueSource.PAUSE_MILLIS));
        }
    }

    /** Forgets the keys whose pause is over. */
    void sweep() {
        long now = clock.millis();
        notBefore.values().removeIf(until -> until <= now);
    }
}
