package io.coffer;

import io.coffer.spi.StoreKeys;
import java.time.Duration;
import java.time.Instant;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * A cache of Coffer, with what the standard does not have: deadlines for single entries, counters, and keys of encrypted caches.
 *
 * <pre>{@code
 * CofferCache<String, Session> sessions = manager.getCache("sessions", String.class, Session.class)
 *         .unwrap(CofferCache.class);
 * sessions.put(id, session, Duration.ofMinutes(20));
 * }</pre>
 *
 * <p>A deadline given to a write replaces the answer of the expiry policy for that write only: what a later access or update
 * does to it, the policy says again. It is not jittered. Deadlines are kept in milliseconds.
 *
 * <p>As all operations, these throw IllegalStateException if the cache is closed, NullPointerException for null and
 * ClassCastException for objects of other types than configured. Safe for use by several threads.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface CofferCache<K, V> extends Cache<K, V> {

    /**
     * As {@code put(key, value)}, with a deadline of its own.
     *
     * @param timeToLive how long the value lives, counted from this call
     * @throws IllegalArgumentException if it is zero or negative
     */
    void put(K key, V value, Duration timeToLive);

    /**
     * As {@code put(key, value)}, with a deadline of its own.
     *
     * @param expiresAt when the value expires; {@link Instant#MAX} for never. An instant that has passed does what
     *     {@code Duration.ZERO} of an expiry policy does: a new entry is not added, an entry that is there gets the value and
     *     expires at once
     */
    void put(K key, V value, Instant expiresAt);

    /**
     * As {@code putIfAbsent(key, value)}, with a deadline of its own.
     *
     * @param timeToLive how long the value lives, counted from this call
     * @return whether the value was put
     * @throws IllegalArgumentException if it is zero or negative
     */
    boolean putIfAbsent(K key, V value, Duration timeToLive);

    /**
     * Returns when an entry expires. This is no access: it moves no deadline and counts nothing.
     *
     * @return the deadline, {@link Instant#MAX} if there is none, or null if there is no entry
     */
    @Nullable
    Instant expiresAt(K key);

    /**
     * Sets the deadline of an entry. This is no access and no update: nothing is counted, written through or announced. An
     * instant that has passed expires the entry now, which is announced as every expiry is. What is served only because the
     * loader has failed can be made to expire sooner, but not later.
     *
     * @param expiresAt when the entry expires; {@link Instant#MAX} for never
     * @return whether there was an entry
     */
    boolean expireAt(K key, Instant expiresAt);

    /** Returns what the cache holds and what has happened in it. */
    CacheCounters counters();

    /**
     * Returns what can be done about the keys that encrypt the cache while it is open, or null if it is not encrypted, or lives in memory
     * since somebody else has its folder.
     */
    @Nullable
    StoreKeys encryptionKeys();
}
