package io.coffer.benchmarks;

import java.util.Collection;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** Answers as {@link Expiry#TOUCHED} does and notes that it was asked. */
record NotingExpiryPolicy(Collection<String> calls) implements ExpiryPolicy {
    static final String CREATION = "creation";
    static final String ACCESS = "access";

    @Override
    public Duration getExpiryForCreation() {
        return noted(CREATION);
    }

    @Override
    public Duration getExpiryForAccess() {
        return noted(ACCESS);
    }

    @Override
    public Duration getExpiryForUpdate() {
        return noted("update");
    }

    private Duration noted(String call) {
        calls.add(call);
        return Duration.ONE_HOUR;
    }
}
