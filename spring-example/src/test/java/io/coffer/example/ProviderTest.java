package io.coffer.example;

import static org.assertj.core.api.Assertions.assertThat;

import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.jcache.JCacheCacheManager;

/** Behind both kinds of annotations stands Coffer. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ProviderTest {

    private final CacheManager manager;
    private final JCacheCacheManager springManager;
    private final Countries countries;

    @Autowired
    ProviderTest(CacheManager manager, JCacheCacheManager springManager, Countries countries) {
        this.manager = manager;
        this.springManager = springManager;
        this.countries = countries;
    }

    @Test
    void provider_onlyCofferOnTheClassPath_isCoffer() {
        assertThat(manager.getCachingProvider().getClass().getName()).startsWith("io.coffer.");
        assertThat(springManager.getCacheManager()).isSameAs(manager);
    }

    @Test
    void provider_configuration_isCofferJson() {
        assertThat(manager.getURI().toString()).endsWith("/coffer.json");
        assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("countries", "currencies", "zones");
    }

    @Test
    void ask_anyQuestion_putsTheAnswerIntoTheCacheUnderTheBareQuestion() {
        countries.forget("Alemania");

        Answer answer = countries.ask("Alemania");

        Cache<String, Answer> cache = manager.getCache("countries", String.class, Answer.class);
        assertThat(cache.get("Alemania")).isEqualTo(answer);
    }
}
