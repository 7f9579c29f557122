package io.coffer.common;

import java.time.Duration;

/** Times in milliseconds, computed without overflow: what is too long for a long is as long as a long can say. */
public final class Millis {

    private Millis() {}

    /** Returns a positive duration in milliseconds; less than one is not zero, but rounded up. */
    public static long of(Duration duration) {
        try {
            return Math.max(1, duration.toMillis());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Returns the time so many milliseconds later, at most one before the end of time. */
    public static long after(long time, long millis) {
        return millis >= Long.MAX_VALUE - time ? Long.MAX_VALUE - 1 : time + millis;
    }
}
