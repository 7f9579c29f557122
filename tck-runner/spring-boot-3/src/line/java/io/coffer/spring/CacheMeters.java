package io.coffer.spring;

import org.springframework.boot.actuate.metrics.cache.CacheMeterBinderProvider;
import org.springframework.cache.jcache.JCacheCache;

/** Spring Boot's CacheMeterBinderProvider, which lives in another package in each line. */
interface CacheMeters extends CacheMeterBinderProvider<JCacheCache> {}
