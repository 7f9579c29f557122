package io.coffer.spring;

import org.springframework.boot.autoconfigure.cache.JCacheManagerCustomizer;

/** Spring Boot's JCacheManagerCustomizer, which lives in another package in each line. */
interface CacheCustomizer extends JCacheManagerCustomizer {}
