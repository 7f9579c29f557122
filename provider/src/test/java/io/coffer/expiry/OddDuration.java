package io.coffer.expiry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.expiry.Duration;

/** Says another unit than its constructor allows, as a deserialized one may, and counts who asks. */
final class OddDuration extends Duration {
    private static final long serialVersionUID = 1L;
    private final TimeUnit unit;
    final AtomicInteger asked = new AtomicInteger();

    OddDuration(TimeUnit unit, long amount) {
        super(TimeUnit.MILLISECONDS, amount);
        this.unit = unit;
    }

    @Override
    public TimeUnit getTimeUnit() {
        asked.incrementAndGet();
        return unit;
    }
}
