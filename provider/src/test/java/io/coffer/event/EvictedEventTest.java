package io.coffer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CacheEntryEvictedListener;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.MemoryOnly;
import io.coffer.testing.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who wants to hear of evictions registers a listener of Coffer's own kind by the standard's means. */
@MemoryOnly("nothing is evicted from a store")
class EvictedEventTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Cache<Integer, String> cache = fixture.create(
            "c",
            CacheFixture.<Integer, String>configuration()
                    .setExpiryPolicyFactory(
                            CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.HOURS, 1)))
                    .setMaxEntries(1));
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Hears of creations, evictions and removals, as the interfaces say. */
    private final class Listener
            implements CacheEntryCreatedListener<Integer, String>,
                    CacheEntryEvictedListener<Integer, String>,
                    CacheEntryRemovedListener<Integer, String> {

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
            events.forEach(event -> heard.add("created " + event.getKey()));
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
            events.forEach(event -> heard.add("removed " + event.getKey()));
        }

        @Override
        public void onEvicted(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
            events.forEach(event -> {
                assertThat(event.getEventType()).isEqualTo(EventType.REMOVED);
                assertThat(event.toString()).isEqualTo("EVICTED in cache c");
                heard.add("evicted " + event.getKey() + ": " + event.getValue() + ", " + event.getOldValue());
            });
        }
    }

    private void register(boolean isSynchronous, Factory<CacheEntryEventFilter<Integer, String>> filter) {
        var listener = new Listener();
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, filter, true, isSynchronous));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void put_noRoom_tellsOfTheEvictedWithItsLastValue(boolean isSynchronous) {
        register(isSynchronous, null);

        cache.put(1, "a");
        cache.put(2, "b");

        Tasks.awaitThat(() -> heard.contains("evicted 1: a, a"), "the eviction");
        assertThat(heard).doesNotContain("removed 1").doesNotContain("evicted 2: b, b");
    }

    @Test
    void put_manyTimes_tellsOfEachKeyInOrder() {
        register(true, null);

        for (int round = 0; round < 50; round++) {
            IntStream.range(0, 4).forEach(key -> cache.put(key, "v"));
        }

        long evictions = fixture.statistic("c", "CacheEvictions").longValue();
        assertThat(evictions).isGreaterThan(100);
        Tasks.awaitThat(
                () -> heard.size() == 2 * evictions + 1, "as many creations as evictions, and the one entry left");
        for (int key = 0; key < 4; key++) {
            var created = "created " + key;
            var evicted = "evicted " + key + ": v, v";
            var ofKey = heard.stream()
                    .filter(line -> List.of(created, evicted).contains(line))
                    .toList();
            for (int i = 0; i < ofKey.size(); i++) {
                assertThat(ofKey.get(i)).as("event %s of key %s", i, key).isEqualTo(i % 2 == 0 ? created : evicted);
            }
        }
    }

    @Test
    void put_filterDropsIt_isNotHeard() {
        register(true, () -> event -> event.getKey() != 1);

        cache.put(1, "a");
        cache.put(2, "b");
        cache.put(3, "c");

        Tasks.awaitThat(() -> heard.contains("evicted 2: b, b"), "the second eviction");
        assertThat(heard).doesNotContain("evicted 1: a, a");
    }

    @Test
    void put_victimHasExpired_isNoEviction() {
        register(true, null);
        var events = CacheFixture.listen(cache);
        cache.put(1, "a");
        fixture.clock().advance(Duration.ofHours(1));

        cache.put(2, "b");

        Tasks.awaitThat(() -> events.drain().contains("EXPIRED 1: a"), "the expiry");
        assertThat(heard).containsExactly("created 1", "created 2");
        assertThat(fixture.counts("c")).isEqualTo("0h 0m 2p 0r 0e");
    }

    @Test
    void clearAndRemove_boundedCache_areNoEvictions() {
        register(true, null);
        cache.put(1, "a");
        cache.clear();
        cache.put(1, "a");
        cache.remove(1);

        assertThat(heard).containsExactly("created 1", "created 1", "removed 1");
    }
}
