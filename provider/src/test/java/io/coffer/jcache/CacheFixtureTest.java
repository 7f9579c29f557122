package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.Test;

class CacheFixtureTest {

    @Test
    void fixture_entryExpires_isSeenByListenerAndCounters() {
        try (var fixture = new CacheFixture()) {
            var cache = fixture.create(
                    "c",
                    CacheFixture.<String, Integer>configuration()
                            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                                    new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10))));
            var listener = CacheFixture.listen(cache);

            cache.put("k", 1);
            fixture.clock().advance(Duration.ofSeconds(10));

            assertThat(cache.get("k")).isNull();
            assertThat(listener.drain()).containsExactly("CREATED k: 1", "EXPIRED k: 1");
            assertThat(fixture.counts("c")).isEqualTo("0h 1m 1p 0r 0e");
        }
    }
}
