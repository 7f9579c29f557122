package io.coffer.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.Threads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That an entry has expired is told once, whoever meets it first. */
class ExpiredOnceTest {
    private final CacheFixture fixture = new CacheFixture();

    /** Something that may come upon an expired entry of key 1. */
    private interface Meeting {
        void take(CacheFixture fixture, Cache<Integer, Integer> cache);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static CofferConfiguration<Integer, Integer> tenSeconds() {
        return CacheFixture.<Integer, Integer>configuration()
                .setExpiryPolicyFactory(
                        CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10)));
    }

    private void expire() {
        fixture.clock().advance(Duration.ofSeconds(11));
    }

    static Stream<Arguments> meetings() {
        Map<String, Meeting> meetings = new LinkedHashMap<>();
        meetings.put("get", (fixture, cache) -> cache.get(1));
        meetings.put("getAll", (fixture, cache) -> cache.getAll(Set.of(1)));
        meetings.put("containsKey", (fixture, cache) -> cache.containsKey(1));
        meetings.put("iterator", (fixture, cache) -> cache.forEach(entry -> {}));
        meetings.put("sweep", (fixture, cache) -> fixture.sweeper().sweep());
        meetings.put("getAndRemove", (fixture, cache) -> cache.getAndRemove(1));
        meetings.put("replace", (fixture, cache) -> cache.replace(1, 5));
        meetings.put("invoke", (fixture, cache) -> cache.invoke(1, (entry, arguments) -> entry.getValue()));
        meetings.put("removeAll", (fixture, cache) -> cache.removeAll());
        meetings.put("clear", (fixture, cache) -> cache.clear());
        meetings.put("eviction", (fixture, cache) -> {
            cache.put(2, 2);
            cache.remove(2);
        });
        return meetings.entrySet().stream().map(meeting -> Arguments.of(meeting.getKey(), meeting.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meetings")
    void anyMeeting_expiredEntry_tellsOnce(String name, Meeting meeting) {
        var cache = fixture.create("c", tenSeconds().setMaxEntries(1));
        var listener = CacheFixture.listen(cache);
        cache.put(1, 1);
        expire();

        meeting.take(fixture, cache);
        fixture.sweeper().sweep();
        cache.get(1);
        meeting.take(fixture, cache);

        // Events of one key come in order, so this put brings out what was told in the background.
        cache.put(1, 3);
        assertThat(listener.drain().stream().filter(event -> event.contains(" 1: ")))
                .containsExactly("CREATED 1: 1", "EXPIRED 1: 1", "CREATED 1: 3");
    }

    @Test
    void put_expiredEntry_tellsExpiredThenCreated() {
        var cache = fixture.create("c", tenSeconds());
        var listener = CacheFixture.listen(cache);
        cache.put(1, 1);
        expire();

        cache.put(1, 2);

        assertThat(listener.drain()).containsExactly("CREATED 1: 1", "EXPIRED 1: 1", "CREATED 1: 2");
        assertThat(fixture.counts("c")).isEqualTo("0h 0m 2p 0r 0e");
    }

    @Test
    void sweep_manyEntries_tellsOfEach() {
        var cache = fixture.create("c", tenSeconds());
        var listener = CacheFixture.listen(cache);
        for (int key = 0; key < 1_000; key++) {
            cache.put(key, key);
        }
        expire();

        fixture.sweeper().sweep();

        for (int key = 0; key < 1_000; key++) {
            cache.put(key, -1);
        }
        assertThat(listener.drain().stream().filter(event -> event.startsWith("EXPIRED")))
                .hasSize(1_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void sweep_entryInUse_triesAgainAtTheNextTick() {
        var cache = fixture.create("c", tenSeconds());
        var listener = CacheFixture.listen(cache);
        cache.put(1, 1);

        // The processor has found the entry alive; it expires while it is held, and then is not written.
        cache.invoke(1, (entry, arguments) -> {
            expire();
            fixture.sweeper().sweep();
            return null;
        });
        fixture.clock().advance(Duration.ofSeconds(1));
        fixture.sweeper().sweep();

        cache.put(1, 2);
        assertThat(listener.drain()).containsExactly("CREATED 1: 1", "EXPIRED 1: 1", "CREATED 1: 2");
    }

    @Test
    void sweep_entryTouchedMeanwhile_leavesItAndComesBackInTime() {
        var cache = fixture.create(
                "c",
                CacheFixture.<Integer, Integer>configuration()
                        .setExpiryPolicyFactory(
                                AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10))));
        var listener = CacheFixture.listen(cache);
        cache.put(1, 1);
        for (int i = 0; i < 5; i++) {
            fixture.clock().advance(Duration.ofSeconds(6));
            cache.get(1);
            fixture.sweeper().sweep();
        }
        assertThat(listener.drain()).containsExactly("CREATED 1: 1");

        expire();
        fixture.sweeper().sweep();

        cache.put(1, 2);
        assertThat(listener.drain()).containsExactly("EXPIRED 1: 1", "CREATED 1: 2");
    }

    @Test
    void fourThreads_meetOneEntry_tellOnce() {
        var cache = fixture.create("c", tenSeconds());
        var listener = CacheFixture.listen(cache);
        for (int round = 0; round < 300; round++) {
            int value = round;
            cache.put(1, value);
            expire();

            Threads.race(4, thread -> () -> {
                switch (thread) {
                    case 0 -> cache.get(1);
                    case 1 -> fixture.sweeper().sweep();
                    case 2 -> cache.putIfAbsent(1, -1);
                    default -> {
                        cache.containsKey(1);
                        cache.getAndReplace(1, -2);
                    }
                }
            });

            cache.put(1, -3);
            cache.remove(1);
            var events = listener.drain();
            assertThat(events).as("round %d", round).startsWith("CREATED 1: " + round, "EXPIRED 1: " + round);
            assertThat(events.stream().filter(event -> event.startsWith("EXPIRED")))
                    .as("round %d: %s", round, events)
                    .hasSize(1);
        }
    }
}
