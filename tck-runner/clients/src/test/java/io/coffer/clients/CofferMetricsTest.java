package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.micrometer.CofferMetrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The meters that Coffer brings itself, for caches that Micrometer's own do not find. */
final class CofferMetricsTest {
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** For these, JCacheMetrics fails or stays at zero: see MicrometerTest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "books",
                "Books.find(java.lang.String,int)",
                "a=b",
                "a:b",
                "a*",
                "a?",
                "say \"x\"",
                "\"quoted\"",
                "two words"
            })
    void bindTo_anyName_countsWhatHappens(String name) {
        Cache<String, String> cache = bound(name, List.of());

        cache.putAll(Map.of("a", "1", "b", "2"));
        cache.getAll(Set.of("a", "b", "c"));
        cache.remove("a");

        assertThat(counter("cache.puts", name)).isEqualTo(2);
        assertThat(registry.get("cache.gets")
                        .tags("cache", name, "result", "hit")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("cache.gets")
                        .tags("cache", name, "result", "miss")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(counter("cache.removals", name)).isEqualTo(1);
        assertThat(registry.get("cache.size").tags("cache", name).gauge().value())
                .isEqualTo(1);
    }

    @Test
    void bindTo_tags_areOnEveryMeter() {
        bound("books", List.of(Tag.of("app", "shop")));

        assertThat(registry.getMeters())
                .hasSizeGreaterThan(10)
                .allSatisfy(meter ->
                        assertThat(meter.getId().getTags()).contains(Tag.of("app", "shop"), Tag.of("cache", "books")));
    }

    @Test
    void bindTo_statisticsOff_countsWhatJmxDoesNotShow() {
        var zero = new CofferConfiguration<String, String>()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ZERO));
        Cache<String, String> cache = caches.manager().createCache("books", zero);
        new CofferMetrics<>(cache).bindTo(registry);
        Cache<String, String> other =
                caches.manager().createCache("others", new CofferConfiguration<String, String>().setMaxBytes(1 << 20));
        new CofferMetrics<>(other).bindTo(registry);

        other.put("key", "value");

        assertThat(counter("cache.puts", "others")).isZero();
        assertThat(registry.get("coffer.bytes").tags("cache", "others").gauge().value())
                .isPositive();
        // Memory above a disk is bounded by bytes if nobody says otherwise.
        assertThat(registry.find("coffer.bytes").tags("cache", "books").gauges())
                .hasSize(ClientCaches.countIfOnDisk(1));
    }

    @Test
    void meters_valueThatIsOnDiskOnly_isCountedAsReadFromThere() {
        caches.<String, String>create("books").put("key", "value");
        caches.restart();
        Cache<String, String> cache = bound("books", List.of());

        assertThat(registry.get("cache.size").tags("cache", "books").gauge().value())
                .isEqualTo(ClientCaches.countIfOnDisk(1));
        assertThat(cache.get("key")).isEqualTo(ClientCaches.ifOnDisk("value"));
        assertThat(cache.get("key")).isEqualTo(ClientCaches.ifOnDisk("value"));

        assertThat(counter("coffer.store.reads", "books")).isEqualTo(ClientCaches.countIfOnDisk(1));
    }

    @Test
    void meters_closedCache_areZeroAndDoNotFail() {
        Cache<String, String> cache = bound("books", List.of());
        cache.put("key", "value");

        cache.close();

        assertThat(registry.get("cache.size").tags("cache", "books").gauge().value())
                .isZero();
        assertThat(counter("cache.puts", "books")).isZero();
    }

    private Cache<String, String> bound(String name, List<Tag> tags) {
        Cache<String, String> cache = caches.manager()
                .createCache(name, new CofferConfiguration<String, String>().setStatisticsEnabled(true));
        new CofferMetrics<>(cache, tags).bindTo(registry);
        return cache;
    }

    private double counter(String meter, String cacheName) {
        return registry.get(meter).tags("cache", cacheName).functionCounter().count();
    }
}
