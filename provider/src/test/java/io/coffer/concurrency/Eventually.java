package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what another thread is about to do. */
final class Eventually {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private Eventually() {}

    /** Asks again and again until the answer is the expected one; fails with the last answer when that lasts too long. */
    static <T> void is(Supplier<T> question, T expected) {
        long start = System.nanoTime();
        var answer = question.get();
        while (!Objects.equals(answer, expected) && System.nanoTime() - start < PATIENCE_NANOS) {
            Thread.yield();
            answer = question.get();
        }
        assertThat(answer).isEqualTo(expected);
    }
}
