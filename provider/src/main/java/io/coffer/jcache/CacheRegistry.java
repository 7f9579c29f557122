package io.coffer.jcache;

import io.coffer.CacheDeadlockException;
import io.coffer.lock.Owned;
import io.coffer.lock.WaitGraph;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The caches of a manager by name, and who made them.
 *
 * <p>No lock is held while a cache is made, since that runs the user's factories; its name is reserved instead. Safe for use by
 * several threads.
 */
final class CacheRegistry {
    private static final System.Logger LOG = System.getLogger("io.coffer");

    private final String managerName;
    private final WaitGraph waits;
    private final ConcurrentHashMap<String, Registered> caches = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Reservation> reservations = new ConcurrentHashMap<>();

    /** A cache that is there, and who made it. */
    private record Registered(CheckedCache<?, ?> cache, String origin) {}

    /** A name that a thread has reserved, to make or to destroy its cache; others may wait for the end of that. */
    private record Reservation(@Nullable Thread owner, String origin, boolean isToDestroy, CountDownLatch end)
            implements Owned {
        Reservation(String origin, boolean isToDestroy) {
            this(Thread.currentThread(), origin, isToDestroy, new CountDownLatch(1));
        }
    }

    CacheRegistry(String managerName, WaitGraph waits) {
        this.managerName = managerName;
        this.waits = waits;
    }

    @Nullable
    CheckedCache<?, ?> get(String name) {
        var registered = caches.get(name);
        return registered == null ? null : registered.cache();
    }

    Set<String> names() {
        return caches.keySet();
    }

    void forEach(Consumer<CheckedCache<?, ?>> action) {
        List.copyOf(caches.values()).forEach(registered -> action.accept(registered.cache()));
    }

    /** Frees the name of a cache that has been closed, unless another one has it already. */
    void forget(CheckedCache<?, ?> cache) {
        caches.computeIfPresent(cache.getName(), (name, known) -> known.cache() == cache ? null : known);
    }

    /**
     * Makes a cache and registers it.
     *
     * @param origin who makes it, for messages; as in "by createCache"
     * @throws CacheException if there is one of that name, or it is just being made
     */
    <C extends CheckedCache<?, ?>> C create(String name, String origin, Supplier<C> maker) {
        var reservation = new Reservation(origin, false);
        for (var other = reservations.putIfAbsent(name, reservation);
                other != null;
                other = reservations.putIfAbsent(name, reservation)) {
            if (!other.isToDestroy()) {
                throw existsAlready(name, other.origin());
            }
            await(name, other);
        }
        try {
            var known = caches.get(name);
            if (known != null) {
                throw existsAlready(name, known.origin());
            }
            return register(name, origin, maker.get());
        } finally {
            end(name, reservation);
        }
    }

    /** Returns a cache; makes it if it is not there, and waits for whoever is making it. */
    CheckedCache<?, ?> getOrCreate(String name, String origin, Supplier<CheckedCache<?, ?>> maker) {
        var reservation = reserve(name, new Reservation(origin, false));
        try {
            var known = get(name);
            return known == null ? register(name, origin, maker.get()) : known;
        } finally {
            end(name, reservation);
        }
    }

    /**
     * Does something while nobody can make a cache of a name; waits for whoever is making or destroying it.
     *
     * @param origin who does it, for messages
     */
    void whileReserved(String name, String origin, Runnable action) {
        var reservation = reserve(name, new Reservation(origin, true));
        try {
            action.run();
        } finally {
            end(name, reservation);
        }
    }

    private Reservation reserve(String name, Reservation reservation) {
        for (var other = reservations.putIfAbsent(name, reservation);
                other != null;
                other = reservations.putIfAbsent(name, reservation)) {
            await(name, other);
        }
        return reservation;
    }

    private <C extends CheckedCache<?, ?>> C register(String name, String origin, C made) {
        caches.put(name, new Registered(made, origin));
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "Cache \"" + name + "\" was made " + origin, new Throwable("the calls that led here"));
        }
        try {
            made.life().begin();
        } catch (RuntimeException | Error e) {
            made.close(); // or its name would be taken by half a cache
            throw e;
        }
        return made;
    }

    private void end(String name, Reservation reservation) {
        reservations.remove(name, reservation);
        reservation.end().countDown();
    }

    private void await(String name, Reservation reservation) {
        if (!waits.enter(reservation)) {
            throw new CacheDeadlockException(
                    "Cache \"" + name + "\" is being " + (reservation.isToDestroy() ? "destroyed" : "made") + " by "
                            + (Thread.currentThread().equals(reservation.owner())
                                    ? "the caller itself"
                                    : "a thread that waits for the caller")
                            + ". Its factories must not ask for the cache they are made for");
        }
        try {
            reservation.end().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException("Interrupted while waiting for cache \"" + name + "\" to be made", e);
        } finally {
            waits.leave();
        }
    }

    private CacheException existsAlready(String name, String origin) {
        return new CacheException(
                "Cache \"" + name + "\" exists already in CacheManager " + managerName + ": it was made "
                        + origin
                        + ". Use getCache, or destroyCache first. If you asked only once, look for a second place that makes it"
                        + " (spring.cache.cache-names beside a JCacheManagerCustomizer), or for a second application context of this JVM"
                        + " that uses the same CacheManager");
    }
}
