package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CacheCounters;
import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.testing.MemoryOnly;
import io.coffer.testing.RecordingLoader;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What JMX does not show, and what it shows, in one look. */
class CacheCountersTest {
    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static CofferConfiguration<String, String> configuration() {
        return CacheFixture.configuration();
    }

    @Test
    void counters_newCache_areZero() {
        CofferCache<String, String> cache = CacheFixture.beyond(fixture.create("c", configuration()));

        assertThat(cache.counters())
                .isEqualTo(new CacheCounters(0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, CacheCounters.Store.NONE));
    }

    @Test
    @MemoryOnly("the counters of a store are others")
    void counters_operations_countWhatJmxCountsAndMore() {
        var loader = new RecordingLoader().with("a", "A").with("b", "B");
        var cache = fixture.reading(configuration(), loader);

        cache.get("a"); // a miss and a load
        cache.get("a"); // a hit
        cache.getAll(Set.of("b", "c")); // two misses, one load
        cache.put("d", "D", Duration.ofSeconds(1));
        cache.remove("a");
        fixture.clock().advance(Duration.ofSeconds(1));
        cache.containsKey("d");
        cache.put("d", "D"); // meets what has expired

        assertThat(cache.counters())
                .isEqualTo(new CacheCounters(2, -1, 1, 3, 2, 1, 0, 1, 2, 0, 0, 0, 0, CacheCounters.Store.NONE));
        assertThat(fixture.counts("c")).isEqualTo("1h 3m 2p 1r 0e");
    }

    @Test
    void counters_loadAllWithoutALoader_countNoLoad() throws Exception {
        CofferCache<String, String> cache = CacheFixture.beyond(fixture.create("c", configuration()));
        for (boolean replace : new boolean[] {false, true}) {
            var completion = new CompletionListenerFuture();
            cache.loadAll(Set.of("a"), replace, completion);
            completion.get(120, TimeUnit.SECONDS);
        }

        assertThat(cache.counters().loads()).isZero();
    }

    @Test
    void counters_statisticsOff_countTheRareOnly() {
        var loader = new RecordingLoader().with("a", "A");
        var cache = fixture.reading(configuration().setStatisticsEnabled(false), loader);

        cache.get("a");
        cache.get("a");
        cache.put("b", "B", Duration.ofMillis(1));
        fixture.clock().advance(Duration.ofMillis(1));
        cache.put("b", "B");

        assertThat(cache.counters())
                .isEqualTo(new CacheCounters(2, -1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, CacheCounters.Store.NONE));
    }

    @Test
    @MemoryOnly("the counters of a store are others")
    void counters_boundedByBytes_tellTheWeight() {
        Cache<String, String> created =
                fixture.create("c", configuration().setMaxBytes(100).setWeigher((key, value) -> value.length()));
        created.putAll(Map.of("a", "12345", "b", "123"));

        assertThat(CacheFixture.beyond(created).counters().bytes()).isEqualTo(8);
        created.put("a", "1");
        assertThat(CacheFixture.beyond(created).counters().bytes()).isEqualTo(4);
        created.remove("b");
        assertThat(CacheFixture.beyond(created).counters().bytes()).isEqualTo(1);
    }

    @Test
    @MemoryOnly("the counters of a store are others")
    void counters_boundedByEntries_haveNoWeightAndCountEvictions() {
        Cache<String, String> created = fixture.create("c", configuration().setMaxEntries(2));
        created.put("a", "A");
        created.put("b", "B");
        created.put("c", "C");

        var counters = CacheFixture.beyond(created).counters();
        assertThat(counters.bytes()).isEqualTo(-1);
        assertThat(counters.entries()).isEqualTo(2);
        assertThat(counters.evictions()).isEqualTo(1);
    }

    @Test
    void settings_durationsNotPositive_areRefusedByName() {
        for (var wrong : new Duration[] {Duration.ZERO, Duration.ofSeconds(-5)}) {
            assertThatThrownBy(() -> configuration().setRefreshAhead(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("refreshAhead is " + wrong + "; right is a positive duration, or null");
            assertThatThrownBy(() -> configuration().setStaleIfError(wrong))
                    .hasMessage("staleIfError is " + wrong + "; right is a positive duration, or null");
            assertThatThrownBy(() -> configuration().setNegativeCaching(wrong))
                    .hasMessage("negativeCaching is " + wrong + "; right is a positive duration, or null");
        }
    }

    @Test
    void settings_copy_isEqualAndEachOfThemCounts() {
        var second = Duration.ofSeconds(1);
        var full = configuration()
                .setExpiryJitter(0.5)
                .setRefreshAhead(second)
                .setStaleIfError(second)
                .setNegativeCaching(second);

        assertThat(new CofferConfiguration<>(full)).isEqualTo(full).hasSameHashCodeAs(full);
        assertThat(new CofferConfiguration<>(full).setExpiryJitter(0.4)).isNotEqualTo(full);
        assertThat(new CofferConfiguration<>(full).setRefreshAhead(null)).isNotEqualTo(full);
        assertThat(new CofferConfiguration<>(full).setStaleIfError(null)).isNotEqualTo(full);
        assertThat(new CofferConfiguration<>(full).setNegativeCaching(null)).isNotEqualTo(full);
    }

    @Test
    void createCache_loadingSettingsWithoutReadThrough_areRefused() {
        var second = Duration.ofSeconds(1);
        var settings = Map.of(
                "refreshAhead", configuration().setRefreshAhead(second),
                "staleIfError", configuration().setStaleIfError(second),
                "negativeCaching", configuration().setNegativeCaching(second));
        settings.forEach((name, configuration) -> assertThatThrownBy(() -> fixture.create("c", configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cache \"c\" has " + name + " but is not read-through, so that no miss would load: set"
                        + " readThrough (setReadThrough) and loader (setCacheLoaderFactory)"));
    }
}
