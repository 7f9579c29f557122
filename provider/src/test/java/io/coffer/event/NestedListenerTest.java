package io.coffer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.RecordingLoader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A synchronous listener may change the cache it listens to: what follows from that is told after it, and nobody hangs. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedListenerTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Cache<String, String> cache = fixture.create("c", CacheFixture.configuration());
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void listener_writesItsKey_nestedEventIsToldAfterItReturned() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            log.add("enter " + event.getValue());
            if (event.getValue().equals("1")) {
                cache.put(event.getKey(), "2");
            }
            log.add("leave " + event.getValue());
        }));

        cache.put("k", "1");

        assertThat(log).containsExactly("enter 1", "leave 1", "enter 2", "leave 2");
        assertThat(cache.get("k")).isEqualTo("2");
    }

    @Test
    void listener_writesAnotherKey_nestedEventIsToldBeforeTheNestedCallReturns() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            log.add("enter " + event.getKey());
            if (event.getKey().equals("a")) {
                cache.put("b", "nested");
            }
            log.add("leave " + event.getKey());
        }));

        cache.put("a", "1");

        assertThat(log).containsExactly("enter a", "enter b", "leave b", "leave a");
    }

    @Test
    void twoListeners_firstWritesItsKey_bothHearEverythingInOrder() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            if (event.getValue().length() < 4) {
                cache.put(event.getKey(), event.getValue() + "+");
            }
        }));
        var second = CacheFixture.listen(cache);

        cache.put("k", "1");

        assertThat(second.drain())
                .containsExactly(
                        "CREATED k: 1", "UPDATED k: 1 -> 1+", "UPDATED k: 1+ -> 1++", "UPDATED k: 1++ -> 1+++");
    }

    @Test
    void twoListeners_bothWriteTheirKey_bothHearEverythingInOrder() {
        var heard =
                Stream.generate(RecordingListener<String, String>::new).limit(2).toList();
        for (var recording : heard) {
            cache.registerCacheEntryListener(recording.configuration(true));
            cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
                if (event.getEventType() == EventType.CREATED) {
                    cache.put(event.getKey(), event.getValue() + "+");
                }
            }));
        }

        cache.put("k", "1");

        var expected = List.of("CREATED k: 1", "UPDATED k: 1 -> 1+", "UPDATED k: 1+ -> 1+");
        assertThat(heard.get(0).drain()).isEqualTo(expected);
        assertThat(heard.get(1).drain()).isEqualTo(expected);
    }

    @Test
    void getAll_listenerOfOneLoadedKeyWritesTheOther_returns() {
        var loader = new RecordingLoader().with("a", "loaded").with("b", "loaded");
        Cache<String, String> loading = fixture.create(
                "loading",
                CacheFixture.<String, String>configuration()
                        .setReadThrough(true)
                        .setCacheLoaderFactory(loader.factory()));
        loading.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            log.add(event.getKey() + " " + event.getEventType());
            if (event.getEventType() == EventType.CREATED) {
                loading.put(event.getKey().equals("a") ? "b" : "a", "nested");
            }
        }));

        assertThat(loading.getAll(Set.of("a", "b"))).containsOnlyKeys("a", "b");

        assertThat(log.stream().filter(line -> line.startsWith("a"))).containsExactly("a CREATED", "a UPDATED");
        assertThat(log.stream().filter(line -> line.startsWith("b"))).containsExactly("b CREATED", "b UPDATED");
    }

    @Test
    void put_onExpiredEntryWhoseListenerPutsItBack_endsInOrder() {
        Cache<String, String> expiring = fixture.create(
                "expiring",
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(
                                CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1))));
        expiring.put("k", "old");
        fixture.clock().advance(Duration.ofMinutes(1));
        expiring.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            if (event.getEventType() == EventType.EXPIRED) {
                expiring.put(event.getKey(), "back");
            }
        }));
        var listener = CacheFixture.listen(expiring);

        expiring.put("k", "new");

        assertThat(listener.drain()).containsExactly("EXPIRED k: old", "CREATED k: new", "UPDATED k: new -> back");
    }

    /** A listener that writes much must neither run out of stack nor lose an event in silence. */
    @Test
    void listener_writesItsKeyManyTimes_allEventsAreTold() {
        int writes = 10_000;
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            log.add(event.getValue());
            if (event.getEventType() == EventType.CREATED) {
                for (int write = 1; write <= writes; write++) {
                    cache.put(event.getKey(), Integer.toString(write));
                }
            }
        }));

        cache.put("k", "0");

        assertThat(log).hasSize(writes + 1).startsWith("0", "1", "2").endsWith(Integer.toString(writes));
    }

    @Test
    void listener_removesWhatWasPut_keyEndsAbsent() {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            if (event.getEventType() == EventType.CREATED) {
                assertThat(cache.remove(event.getKey())).isTrue();
            }
        }));
        var listener = CacheFixture.listen(cache);

        cache.put("k", "1");

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(listener.drain()).containsExactly("CREATED k: 1", "REMOVED k: 1");
    }
}
