package io.coffer.conformance;

import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;

/**
 * A provider that takes part, possibly with a fault put in.
 *
 * @param manager where its caches are made
 * @param completion what else its caches are configured with
 * @param watched whether a listener beside the scenario's hears its removals, which it shall not notice
 * @param disturbance what stands between the test and its caches
 */
record Contender(
        CacheManager manager,
        UnaryOperator<Configuration<String, Object>> completion,
        boolean watched,
        Disturbance disturbance) {

    /** Wraps a cache, so that it breaks a rule. */
    @FunctionalInterface
    interface Disturbance {

        /** Nothing stands between. */
        Disturbance NONE = (cache, journal) -> cache;

        Cache<String, Object> disturbed(Cache<String, Object> cache, Journal journal);
    }

    static Contender reference(CacheManager manager) {
        return new Contender(manager, UnaryOperator.identity(), true, Disturbance.NONE);
    }

    static Contender subject(CacheManager manager, UnaryOperator<Configuration<String, Object>> completion) {
        return new Contender(manager, completion, false, Disturbance.NONE);
    }

    Contender disturbedBy(Disturbance added) {
        return new Contender(manager, completion, watched, added);
    }

    Cache<String, Object> create(String name, Configuration<String, Object> configuration) {
        return manager.createCache(name, completion.apply(configuration));
    }
}
