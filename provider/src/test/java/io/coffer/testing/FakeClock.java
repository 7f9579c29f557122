package io.coffer.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it. */
public final class FakeClock implements InstantSource {
    private final AtomicLong millis =
            new AtomicLong(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    /** Moves time, back if the duration is negative. */
    public void advance(Duration duration) {
        millis.addAndGet(duration.toMillis());
    }
}
