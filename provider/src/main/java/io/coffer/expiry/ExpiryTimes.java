package io.coffer.expiry;

import io.coffer.tier.Entry;
import io.coffer.tier.Expirable;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The only caller of the user's ExpiryPolicy: turns its durations into deadlines (JSR-107 section 6).
 *
 * <p>The five policies of the specification, and ours of fixed times, are asked once; a policy of the user is asked each time. One that returns null or
 * throws is taken to say: eternal for a creation, unchanged for an update or access. Safe for use by several threads.
 */
public final class ExpiryTimes {
    private static final Set<Class<?>> STANDARD = Set.of(
            CreatedExpiryPolicy.class,
            ModifiedExpiryPolicy.class,
            AccessedExpiryPolicy.class,
            TouchedExpiryPolicy.class,
            EternalExpiryPolicy.class,
            FixedExpiryPolicy.class);

    private final InstantSource clock;
    private final TimeToLive creation;
    private final TimeToLive update;
    private final TimeToLive access;
    private final boolean touchedByAccess; // kept in a field of its own: every hit asks

    /** Makes the times of one cache. */
    public ExpiryTimes(String cacheName, ExpiryPolicy policy, Jitter jitter, InstantSource clock) {
        this.clock = clock;
        var answers = new PolicyAnswers(cacheName, policy);
        boolean isStandard = STANDARD.contains(policy.getClass());
        this.creation =
                timeToLive(isStandard, () -> answers.orElse(policy::getExpiryForCreation, Duration.ETERNAL), jitter);
        this.update = timeToLive(isStandard, () -> answers.orElse(policy::getExpiryForUpdate, null), jitter);
        this.access = timeToLive(isStandard, () -> answers.orElse(policy::getExpiryForAccess, null), jitter);
        this.touchedByAccess = !access.neverMoves();
    }

    /** Returns the deadline of a new entry of a key, in milliseconds since the epoch; {@link Expirable#PAST} if it is born expired. */
    public long forCreation(Object key) {
        return creation.deadline(clock, Expirable.ETERNAL, key);
    }

    /** Returns the deadline after an update; {@link Expirable#KEPT} if it stays. */
    public long forUpdate(Object key) {
        return update.deadline(clock, Expirable.KEPT, key);
    }

    /**
     * Returns the value of an entry if it lives, else null. Who finds it expired makes that final before he says so, or a
     * slower reader's touch might bring it back. Reads no clock for an eternal value.
     */
    public <K, V> @Nullable Expirable<V> live(Entry<K, V> entry) {
        while (true) {
            var seen = entry.current();
            if (seen == null || !isPast(seen.expiresAtMillis())) {
                return seen;
            }
            if (entry.expire(seen)) {
                return null;
            }
        }
    }

    /** Tells whether a value is there and has expired: a second look, for who has to tell that from a value that came or went meanwhile. */
    public <K, V> boolean isExpired(Entry<K, V> entry) {
        var seen = entry.current();
        return seen != null && isPast(seen.expiresAtMillis());
    }

    /** Tells whether a deadline has passed. Reads no clock for an eternal one. */
    public boolean isPast(long deadline) {
        return deadline != Expirable.ETERNAL && deadline <= clock.millis();
    }

    /** Moves the deadline of a value that is being accessed, if the policy says so. */
    public <K, V> void touch(Entry<K, V> entry, Expirable<V> live) {
        if (touchedByAccess) {
            entry.touch(live, forAccess(live.expiresAtMillis(), entry.key()));
        }
    }

    /** Tells whether reading a value may move its deadline. */
    public boolean isTouchedByAccess() {
        return touchedByAccess;
    }

    /** Returns the deadline after an access, given the one before. */
    long forAccess(long deadline, Object key) {
        return access.deadline(clock, deadline, key);
    }

    /** Tells whether any entry may ever expire. If not, there is nothing to sweep. */
    public boolean isEverFinite() {
        return !(creation.isNeverFinite() && update.isNeverFinite() && access.isNeverFinite());
    }

    private static TimeToLive timeToLive(boolean isStandard, Supplier<@Nullable Duration> ask, Jitter jitter) {
        return isStandard ? TimeToLive.fixed(ask.get(), jitter) : TimeToLive.asking(ask, jitter);
    }
}
