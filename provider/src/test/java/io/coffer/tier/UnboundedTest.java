package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.Threads;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnboundedTest {
    private final CacheFixture fixture = new CacheFixture();
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void close() {
        log.close();
        fixture.close();
    }

    @Test
    void put_oneMoreThanAHundredThousand_warnsOnceAndNamesTheSettings() {
        var cache = fixture.create("orders", CacheFixture.<Integer, Integer>configuration());

        IntStream.range(0, 100_000).forEach(key -> cache.put(key, key));
        assertThat(log.warnings()).isEmpty();

        IntStream.range(100_000, 100_100).forEach(key -> cache.put(key, key));
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("\"orders\"", "100000", "maxEntries", "maxBytes", "setMaxEntries", "setMaxBytes");
    }

    @Test
    void put_manyThreadsPassTheLimitAtOnce_warnOnce() {
        var cache = fixture.create("orders", CacheFixture.<Integer, Integer>configuration());
        IntStream.range(0, 99_990).forEach(key -> cache.put(key, key));

        Threads.race(4, thread -> () -> {
            for (int i = 0; i < 1_000; i++) {
                cache.put(-1 - i - 1_000 * thread, i);
            }
        });

        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void put_boundedCache_warnsNever() {
        var cache = fixture.create(
                "orders", CacheFixture.<Integer, Integer>configuration().setMaxEntries(100_050));

        IntStream.range(0, 100_100).forEach(key -> cache.put(key, key));

        assertThat(log.warnings()).isEmpty();
    }
}
