package io.coffer.example;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.cache.autoconfigure.JCachePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Another key file than {@code coffer-encrypted.json} says, if there is a property {@code example.key}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("example.key")
class CacheKey {

    @Bean
    JCachePropertiesCustomizer cacheKeyCustomizer(@Value("${example.key}") String file) {
        return properties -> properties.setProperty("coffer.defaults.key.file", file);
    }
}
