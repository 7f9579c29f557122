package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

    /** Listeners are told in the background, too, while a test looks at what there is. */
    @Test
    void drain_eventsArriveMeanwhile_losesNone() {
        try (var fixture = new CacheFixture()) {
            var cache = fixture.create("c", CacheFixture.<Integer, Integer>configuration());
            var listener = CacheFixture.listen(cache);
            int puts = 5_000;
            var drained = new ArrayList<String>();

            Threads.race(2, thread -> () -> {
                if (thread == 0) {
                    IntStream.range(0, puts).forEach(i -> cache.put(i, i));
                } else {
                    Threads.await("all events", () -> {
                        drained.addAll(listener.drain());
                        return drained.size() >= puts;
                    });
                }
            });

            assertThat(drained).hasSize(puts).doesNotHaveDuplicates();
        }
    }
}
