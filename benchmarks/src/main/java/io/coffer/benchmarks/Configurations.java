package io.coffer.benchmarks;

import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;

/** The same cache in the words of each provider: unbounded, with the semantics that JCache prescribes. */
final class Configurations {
    private Configurations() {}

    static <V> MutableConfiguration<String, V> of(
            Contender contender, Class<V> valueType, Settings settings, Factory<ExpiryPolicy> expiry) {
        MutableConfiguration<String, V> configuration = switch (contender) {
            case COFFER, CAFFEINE -> new MutableConfiguration<>();
            case CACHE2K -> unboundedCache2k(valueType, true);
            case CACHE2K_RELAXED -> unboundedCache2k(valueType, false);
            case MAP -> throw new IllegalArgumentException("The map is no cache");
        };
        return configuration
                .setTypes(String.class, valueType)
                .setStoreByValue(settings.storeByValue())
                .setStatisticsEnabled(settings.statistics())
                .setExpiryPolicyFactory(expiry);
    }

    /*
     * Coffer and Caffeine do not bound a cache that names no bound. cache2k bounds it to about 2,000 entries, and its
     * bound can only be set by a configuration of its own. With such a configuration cache2k gives up part of JCache
     * (copies by value, listeners added later, sharp expiry); the three settings below take it back, which is how its
     * guide restores what a cache2k cache does when it is created with a plain MutableConfiguration.
     */
    private static <V> MutableConfiguration<String, V> unboundedCache2k(Class<V> valueType, boolean asPrescribed) {
        return ExtendedMutableConfiguration.of(Cache2kBuilder.of(String.class, valueType)
                .entryCapacity(Long.MAX_VALUE)
                .sharpExpiry(asPrescribed)
                .with(
                        JCacheConfig.class,
                        section -> section.copyAlwaysIfRequested(asPrescribed)
                                .supportOnlineListenerAttachment(asPrescribed)));
    }
}
