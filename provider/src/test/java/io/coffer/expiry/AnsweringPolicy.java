package io.coffer.expiry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** A policy that gives one answer to all questions, and counts them. */
final class AnsweringPolicy implements ExpiryPolicy {
    private final Supplier<Duration> answer;
    final AtomicInteger creations = new AtomicInteger();
    final AtomicInteger updates = new AtomicInteger();
    final AtomicInteger accesses = new AtomicInteger();

    AnsweringPolicy(Supplier<Duration> answer) {
        this.answer = answer;
    }

    @Override
    public Duration getExpiryForCreation() {
        creations.incrementAndGet();
        return answer.get();
    }

    @Override
    public Duration getExpiryForUpdate() {
        updates.incrementAndGet();
        return answer.get();
    }

    @Override
    public Duration getExpiryForAccess() {
        accesses.incrementAndGet();
        return answer.get();
    }
}
