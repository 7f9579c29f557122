package io.coffer.benchmarks;

import javax.cache.configuration.Factory;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** The expiry policies that rows ask for. */
public enum Expiry {
    /** JCache's default: nothing expires. */
    ETERNAL(EternalExpiryPolicy.factoryOf()),

    /** Every read restarts the deadline, an hour ahead: no entry expires while it is measured. */
    TOUCHED(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR));

    private final transient Factory<ExpiryPolicy> factory;

    Expiry(Factory<ExpiryPolicy> factory) {
        this.factory = factory;
    }

    Factory<ExpiryPolicy> factory() {
        return factory;
    }
}
