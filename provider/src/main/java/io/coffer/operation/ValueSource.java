package io.coffer.operation;

import static io.coffer.management.RareEvent.ABSENCE_SERVED;
import static io.coffer.management.RareEvent.LOAD;
import static io.coffer.management.RareEvent.LOAD_FAILURE;
import static io.coffer.management.RareEvent.STALE_SERVED;

import io.coffer.common.LogOnce;
import io.coffer.common.Millis;
import io.coffer.integration.ReadThrough;
import io.coffer.management.CacheStatistics;
import io.coffer.tier.EntryTable;
import io.coffer.tier.Expirable;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of an absent key comes from: the CacheLoader, or what is remembered of its earlier answers.
 *
 * <p>Called under the locks of the keys it is asked for. Safe for use by several threads.
 */
public final class ValueSource<K, V> {
    /** For how long a loader that has failed is left alone: a stale value is served, or a refresh waits. */
    static final long PAUSE_MILLIS = 1000;

    private final ReadThrough<K, V> loader;
    private final EntryTable<K, V> entries;
    private final CacheStatistics statistics;
    private final InstantSource clock;
    private final LogOnce log = new LogOnce();
    private final @Nullable Recall<K, V> recall; // null where nothing is to be remembered

    /** Puts the parts together. */
    public ValueSource(
            ReadThrough<K, V> loader,
            EntryTable<K, V> entries,
            CacheStatistics statistics,
            InstantSource clock,
            @Nullable Recall<K, V> recall) {
        this.loader = loader;
        this.entries = entries;
        this.statistics = statistics;
        this.clock = clock;
        this.recall = recall;
    }

    /** Returns the name of the cache, for messages. */
    String cacheName() {
        return entries.cacheName();
    }

    /** Tells whether a lookup that finds nothing loads. */
    boolean isEnabled() {
        return loader.isEnabled();
    }

    /**
     * Returns the value for a key that a lookup has not found, or null: not from the loader if it found nothing a short while
     * ago, and a value that has expired if the loader fails.
     *
     * @throws CacheLoaderException if the loader fails, and nothing is there instead
     */
    @Nullable
    Expirable<V> load(K key) {
        if (isKnownAbsent(key)) {
            return null;
        }
        V loaded;
        try {
            loaded = ask(() -> loader.load(key));
        } catch (CacheLoaderException e) {
            return staleOfAll(Set.of(key), e).get(key);
        }
        return noted(key, loaded);
    }

    /** As {@link #load}, for several keys at once; each value is taken in when it is asked for. */
    Function<K, @Nullable Expirable<V>> loadAll(Set<K> keys) {
        var unknown = new LinkedHashSet<>(keys);
        unknown.removeIf(this::isKnownAbsent);
        Map<K, V> loaded;
        try {
            loaded = askAll(unknown);
        } catch (CacheLoaderException e) {
            return staleOfAll(unknown, e)::get;
        }
        return key -> unknown.contains(key) ? noted(key, loaded.get(key)) : null;
    }

    /** Returns what the loader finds for a key, whatever is remembered. */
    @Nullable
    Expirable<V> loadAnew(K key) {
        return noted(key, ask(() -> loader.load(key)));
    }

    /** Returns what the loader finds for several keys, whatever is remembered. */
    Function<K, @Nullable Expirable<V>> loadAllAnew(Set<K> keys) {
        var loaded = askAll(keys);
        return key -> keys.contains(key) ? noted(key, loaded.get(key)) : null;
    }

    /** Returns what the loader finds to replace a value there is, or null; that it finds nothing is not remembered. */
    @Nullable
    Expirable<V> reload(K key) {
        V loaded = ask(() -> loader.load(key));
        return loaded == null ? null : entries.take(loaded);
    }

    /** Returns what the loader finds to replace whatever there is. For no lock's holder. */
    Map<K, V> reloadAll(Set<K> keys) {
        return askAll(keys);
    }

    private Map<K, V> askAll(Set<K> keys) {
        return keys.isEmpty() ? Map.of() : ask(() -> loader.loadAll(keys));
    }

    private <T> T ask(Supplier<T> call) {
        if (loader.hasLoader()) {
            statistics.count(LOAD);
        }
        try {
            return call.get();
        } catch (CacheLoaderException e) {
            statistics.count(LOAD_FAILURE);
            throw e;
        }
    }

    private @Nullable Expirable<V> noted(K key, @Nullable V loaded) {
        if (loaded != null) {
            return entries.take(loaded);
        }
        if (recall != null) {
            recall.noteAbsence(key);
        }
        return null;
    }

    private boolean isKnownAbsent(K key) {
        boolean isAbsent = recall != null && recall.isAbsent(key);
        if (isAbsent) {
            statistics.count(ABSENCE_SERVED);
        }
        return isAbsent;
    }

    /** Returns what has expired and may be served for each key, or throws the loader's failure if there is one without. */
    private Map<K, Expirable<V>> staleOfAll(Set<K> keys, CacheLoaderException cause) {
        var stale = new HashMap<K, Expirable<V>>();
        for (var key : keys) {
            var found = recall == null ? null : recall.findExpired(key);
            if (found == null) {
                throw cause;
            }
            stale.put(key, found.staleUntil(Math.min(pauseEnd(), found.expiresAtMillis())));
        }
        stale.forEach((key, value) -> statistics.count(STALE_SERVED));
        log.warn(
                "Cache \"" + entries.cacheName() + "\": the CacheLoader failed; values that have expired are served",
                cause);
        return stale;
    }

    private long pauseEnd() {
        return Millis.after(clock.millis(), PAUSE_MILLIS);
    }

    /** Tells whether what has expired is kept aside. */
    boolean keepsExpired() {
        return recall != null && recall.keepsExpired();
    }

    /** Keeps aside what has expired. */
    void noteExpired(K key, Expirable<V> ended) {
        if (recall != null) {
            recall.keepAside(key, ended);
        }
    }

    /** Forgets what a change makes out of date. */
    void noteChange(K key, Change<V, ?> change) {
        if (recall != null && change.isNews()) {
            recall.forget(key);
        }
    }

    /** Tells whether anything is remembered at all. */
    boolean remembers() {
        return recall != null;
    }

    /** Forgets everything: the caller wants the cache empty. */
    void forgetAll() {
        if (recall != null) {
            recall.clear();
        }
    }

    /** Drops what has been remembered for long enough. */
    void sweep() {
        if (recall != null) {
            recall.sweep();
        }
    }
}
