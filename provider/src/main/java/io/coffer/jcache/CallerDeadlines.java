package io.coffer.jcache;

import static java.util.Objects.requireNonNull;

import io.coffer.common.Millis;
import io.coffer.tier.Expirable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Turns the times that callers give for single entries into deadlines, and back. Safe for use by several threads. */
final class CallerDeadlines {
    private final InstantSource clock;

    CallerDeadlines(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Returns the deadline of what lives so long from now on.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    long after(Duration timeToLive) {
        requireNonNull(timeToLive, "timeToLive == null");
        if (timeToLive.isZero() || timeToLive.isNegative()) {
            throw new IllegalArgumentException("timeToLive is " + timeToLive + "; right is a positive duration");
        }
        return Millis.after(clock.millis(), Millis.of(timeToLive));
    }

    /** Returns the deadline of what expires at an instant; {@link Expirable#PAST} if that is now or before. */
    long at(Instant expiresAt) {
        requireNonNull(expiresAt, "expiresAt == null");
        if (!expiresAt.isAfter(clock.instant())) {
            return Expirable.PAST;
        }
        return expiresAt.isAfter(Instant.ofEpochMilli(Expirable.ETERNAL))
                ? Expirable.ETERNAL
                : expiresAt.toEpochMilli();
    }

    /** Returns the instant of a deadline; {@link Instant#MAX} for an eternal one. */
    static Instant instant(long deadline) {
        return deadline == Expirable.ETERNAL ? Instant.MAX : Instant.ofEpochMilli(deadline);
    }
}
