package io.coffer.jcache;

import static java.util.Objects.requireNonNull;

import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import org.jspecify.annotations.Nullable;

/** What happens to a cache rather than in it: it begins, shows itself in JMX, gets and loses listeners, and ends. */
final class CacheLife<K, V> {
    private final String cacheName;
    private final Environment environment;
    private final LiveConfiguration<K, V> configuration;
    private final CacheParts<K, V> parts;
    private final Runnable sweep;
    private final ReentrantLock lock = new ReentrantLock(); // never held while user code runs
    private boolean ended; // under the lock
    private volatile boolean sweeping; // set under the lock, once

    CacheLife(
            String cacheName, Environment environment, LiveConfiguration<K, V> configuration, CacheParts<K, V> parts) {
        this.cacheName = cacheName;
        this.environment = environment;
        this.configuration = configuration;
        this.parts = parts;
        this.sweep = environment.context().bindWeakly(parts::sweep);
    }

    /** Shows the beans and begins to sweep. Called once, when the manager knows the cache, which may have ended by then. */
    void begin() {
        unlessEnded(() -> {
            var initial = configuration.current();
            parts.beans().showStatistics(initial.isStatisticsEnabled(), parts.statistics());
            parts.beans().showConfiguration(initial.isManagementEnabled(), configuration::current);
            if (parts.canExpire()) {
                sweepFromNowOn();
            }
        });
    }

    /** Begins to sweep if that was not needed before: there will be an entry that expires, whatever the policy says. */
    void beginToSweep() {
        if (!sweeping) {
            unlessEnded(this::sweepFromNowOn);
        }
    }

    private void sweepFromNowOn() {
        environment.sweeper().add(sweep);
        sweeping = true;
    }

    /**
     * Ends it, once; what runs is waited for, but not for long.
     *
     * @param freeName called when a cache of the same name may come
     */
    void end(Runnable freeName) {
        boolean isFirst = unlessEnded(() -> {
            ended = true;
            environment.sweeper().remove(sweep);
            parts.beans().close();
        });
        if (!parts.isPersistent()) { // else the next of its name would find the store locked
            freeName.run();
        }
        try {
            if (isFirst) {
                endParts();
            }
        } finally {
            freeName.run();
        }
    }

    private void endParts() {
        try {
            parts.loads().awaitEnd();
            parts.userParts().close();
        } finally {
            parts.close(); // the store last: whatever runs still may write
        }
    }

    /** Returns how the cache is kept on disk, or null if it lives in memory. */
    @Nullable
    StoreConfiguration store() {
        return configuration.current().getStore();
    }

    void enableStatistics(boolean enabled) {
        change(() -> {
            configuration.change(changed -> changed.setStatisticsEnabled(enabled));
            parts.statistics().setEnabled(enabled);
            parts.beans().showStatistics(enabled, parts.statistics());
        });
    }

    void enableManagement(boolean enabled) {
        change(() -> {
            configuration.change(changed -> changed.setManagementEnabled(enabled));
            parts.beans().showConfiguration(enabled, configuration::current);
        });
    }

    void register(CacheEntryListenerConfiguration<K, V> listener) {
        var standard = standard(listener);
        environment.context().run(() -> parts.listeners().add(standard));
        try {
            change(() -> {
                configuration.change(changed -> changed.addCacheEntryListenerConfiguration(standard));
                parts.noteListeners();
            });
        } catch (RuntimeException e) {
            parts.listeners().remove(standard);
            throw e;
        }
    }

    void deregister(CacheEntryListenerConfiguration<K, V> listener) {
        var standard = standard(listener);
        parts.listeners().remove(standard);
        change(() -> {
            configuration.change(changed -> changed.removeCacheEntryListenerConfiguration(standard));
            parts.noteListeners();
        });
    }

    private void change(Runnable action) {
        if (!unlessEnded(action)) {
            throw new IllegalStateException("Cache \"" + cacheName + "\" is closed");
        }
    }

    private boolean unlessEnded(Runnable action) {
        lock.lock();
        try {
            if (!ended) {
                action.run();
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Two registrations are the same if the standard says so, whatever the {@code equals} of the caller's class does. */
    static <K, V> CacheEntryListenerConfiguration<K, V> standard(CacheEntryListenerConfiguration<K, V> listener) {
        return new MutableCacheEntryListenerConfiguration<>(requireNonNull(listener, "listener == null"));
    }

    /** Replaces the listeners of a configuration by standard ones. */
    static <K, V> CofferConfiguration<K, V> withStandardListeners(CofferConfiguration<K, V> configuration) {
        var listeners = new ArrayList<CacheEntryListenerConfiguration<K, V>>();
        configuration.getCacheEntryListenerConfigurations().forEach(listeners::add); // the loop below changes that set
        for (var listener : listeners) {
            configuration.removeCacheEntryListenerConfiguration(listener);
            configuration.addCacheEntryListenerConfiguration(standard(listener));
        }
        return configuration;
    }
}
