package io.coffer.example;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.cache.autoconfigure.JCachePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Another folder than {@code coffer.json} says, if there is a property {@code example.directory}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("example.directory")
class CacheFolder {

    @Bean
    JCachePropertiesCustomizer cacheFolderCustomizer(@Value("${example.directory}") String directory) {
        return properties -> properties.setProperty("coffer.directory", directory);
    }
}
