package io.coffer.spring;

import io.coffer.CofferConfiguration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.Duration;

/** How a cache was made in the end, whoever asked for it. */
record CacheSettings(Duration timeToLive, long maxEntries) {

    @SuppressWarnings("unchecked") // a class literal cannot name the types of the cache
    static CacheSettings of(CacheManager manager, String name) {
        Cache<Object, Object> cache = manager.getCache(name);
        CofferConfiguration<Object, Object> configuration = cache.getConfiguration(CofferConfiguration.class);
        return new CacheSettings(
                configuration.getExpiryPolicyFactory().create().getExpiryForCreation(), configuration.getMaxEntries());
    }
}
