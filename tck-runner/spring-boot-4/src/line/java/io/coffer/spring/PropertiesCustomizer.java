package io.coffer.spring;

import org.springframework.boot.cache.autoconfigure.JCachePropertiesCustomizer;

/** Spring Boot's JCachePropertiesCustomizer, which lives in another package in each line. */
interface PropertiesCustomizer extends JCachePropertiesCustomizer {}
