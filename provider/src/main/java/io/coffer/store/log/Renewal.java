package io.coffer.store.log;

import java.util.concurrent.TimeUnit;

/**
 * Tells which segments have to be copied for the sake of their keys, though enough of them is alive: those with an older key, or none, and,
 * if what has expired is to become unreadable, those that hold such a thing. Guarded by the append lock.
 */
final class Renewal {
    /** What has expired stays readable for this part of the time between the deadlines of its segment, so that nothing is copied often. */
    private static final int PART = 8;

    private static final long WAIT_MIN_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final long WAIT_MAX_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final KeyRing ring;
    private final StoreClock clock;

    Renewal(KeyRing ring, StoreClock clock) {
        this.ring = ring;
        this.clock = clock;
    }

    boolean isDue(Segment segment) {
        return ring.isOutdated(segment.header) || (ring.erasesExpired() && holdsExpired(segment));
    }

    private boolean holdsExpired(Segment segment) {
        long earliest = segment.earliestDeadline;
        long now = clock.millis();
        return earliest <= now && now - earliest >= waitMillis(segment.latestDeadline - earliest);
    }

    static long waitMillis(long betweenDeadlines) {
        return Math.max(WAIT_MIN_MILLIS, Math.min(WAIT_MAX_MILLIS, betweenDeadlines / PART));
    }
}
