package io.coffer.expiry;

import io.coffer.common.Millis;
import io.coffer.tier.Expirable;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/** How long an entry has from an event on: known beforehand, or asked for each time. The clock is read only if it matters. */
interface TimeToLive {
    /** Leaves the deadline as it is. */
    TimeToLive UNCHANGED = new TimeToLive() {
        @Override
        public long deadline(InstantSource clock, long deadline, Object key) {
            return deadline;
        }

        @Override
        public boolean neverMoves() {
            return true;
        }

        @Override
        public boolean isNeverFinite() {
            return true;
        }
    };

    /** Makes deadlines eternal. */
    TimeToLive ETERNAL = new TimeToLive() {
        @Override
        public long deadline(InstantSource clock, long deadline, Object key) {
            return Expirable.ETERNAL;
        }

        @Override
        public boolean isNeverFinite() {
            return true;
        }
    };

    /** Returns the deadline of a key, in milliseconds since the epoch, given the one there was. */
    long deadline(InstantSource clock, long deadline, Object key);

    /** Tells whether it never changes a deadline. */
    default boolean neverMoves() {
        return false;
    }

    /** Tells whether no finite deadline ever comes of it. */
    default boolean isNeverFinite() {
        return false;
    }

    /** The same duration each time; null leaves the deadline as it is. */
    static TimeToLive fixed(@Nullable Duration duration, Jitter jitter) {
        if (duration == null) {
            return UNCHANGED;
        }
        if (duration.isEternal()) {
            return ETERNAL;
        }
        long millis = millisOf(duration);
        return (clock, deadline, key) -> after(clock, jitter.shortened(millis, key));
    }

    /** A duration that is asked for each time. */
    static TimeToLive asking(Supplier<@Nullable Duration> ask, Jitter jitter) {
        return (clock, deadline, key) -> {
            var duration = ask.get();
            if (duration == null) {
                return deadline;
            }
            return duration.isEternal() ? Expirable.ETERNAL : after(clock, jitter.shortened(millisOf(duration), key));
        };
    }

    /** Only a null unit means eternal (JSR-107, Duration). Less than a millisecond is not zero: it is rounded up. */
    private static long millisOf(Duration duration) {
        TimeUnit unit = duration.getTimeUnit();
        long millis = unit.toMillis(duration.getDurationAmount());
        return millis == 0 && duration.getDurationAmount() > 0 ? 1 : millis;
    }

    /** Without overflow, and without reaching the deadline that means eternal. */
    private static long after(InstantSource clock, long millis) {
        return millis == 0 ? Expirable.PAST : Millis.after(clock.millis(), millis);
    }
}
