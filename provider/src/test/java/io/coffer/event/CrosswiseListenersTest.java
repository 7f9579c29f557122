package io.coffer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that wait for each other's keys, on several threads at once: everything is told, and nobody waits for ever. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrosswiseListenersTest {
    private final CacheFixture fixture = new CacheFixture();
    private final Tasks tasks = new Tasks();
    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        tasks.close();
        fixture.close();
    }

    @Test
    void twoKeys_listenersWriteCrosswise_allIsTold() {
        Cache<String, String> cache = fixture.create("c", CacheFixture.configuration());

        circle(List.of(cache, cache), List.of("a", "b"));
    }

    @Test
    void threeKeys_listenersWriteInACircle_allIsTold() {
        Cache<String, String> cache = fixture.create("c", CacheFixture.configuration());

        circle(List.of(cache, cache, cache), List.of("a", "b", "c"));
    }

    @Test
    void twoCaches_listenersWriteCrosswise_allIsTold() {
        Cache<String, String> left = fixture.create("left", CacheFixture.configuration());
        Cache<String, String> right = fixture.create("right", CacheFixture.configuration());

        circle(List.of(left, right), List.of("k", "k"));
    }

    /** Each thread puts its own key; when all listeners are on, each writes the key that the next one is being told of. */
    private void circle(List<Cache<String, String>> caches, List<String> keys) {
        int size = keys.size();
        var allTold = new CyclicBarrier(size);
        caches.stream()
                .distinct()
                .forEach(cache -> cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
                    log.add(cache.getName() + " " + event.getKey() + " = " + event.getValue());
                    if (event.getValue().startsWith("first")) {
                        int next = (Integer.parseInt(event.getValue().substring(5)) + 1) % size;
                        Tasks.await(allTold);
                        caches.get(next).put(keys.get(next), "second");
                    }
                })));
        var running = new ArrayList<Future<Void>>();
        for (int i = 0; i < size; i++) {
            var cache = caches.get(i);
            var key = keys.get(i);
            var value = "first" + i;
            running.add(tasks.run(() -> cache.put(key, value)));
        }

        running.forEach(Tasks::result);

        for (int i = 0; i < size; i++) {
            var prefix = caches.get(i).getName() + " " + keys.get(i) + " = ";
            assertThat(log).containsSubsequence(prefix + "first" + i, prefix + "second");
        }
        assertThat(log).hasSize(2 * size);
    }

    /** Who waits for a turn holds no lock: the key can be read and written meanwhile. */
    @Test
    void listener_isSlow_otherThreadsReadTheKeyAndWriteOthers() {
        Cache<String, String> cache = fixture.create("c", CacheFixture.configuration());
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            if (event.getKey().equals("slow")) {
                entered.countDown();
                Tasks.await(go);
            }
        }));
        var slow = tasks.run(() -> cache.put("slow", "1"));
        Tasks.await(entered);

        assertThat(cache.get("slow")).isEqualTo("1");
        assertThat(cache.putIfAbsent("other", "1")).isTrue();
        assertThat(cache.<Boolean>invoke("slow", (entry, arguments) -> entry.exists()))
                .isTrue();
        assertThat(slow).isNotDone();

        go.countDown();
        Tasks.result(slow);
    }

    /** What the sweeper announces has no caller, and still its turn: a later event of the key waits for it. */
    @Test
    void sweptEntry_listenerIsSlow_nextPutOfTheKeyIsToldAfterIt() {
        Cache<String, String> cache = fixture.create(
                "c",
                CacheFixture.<String, String>configuration()
                        .setExpiryPolicyFactory(
                                CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1))));
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        cache.put("k", "old");
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            if (event.getEventType() == EventType.EXPIRED) {
                entered.countDown();
                Tasks.await(go);
            }
            log.add(event.getEventType() + " " + event.getValue());
        }));
        fixture.clock().advance(Duration.ofMinutes(2));

        fixture.sweeper().sweep();
        Tasks.await(entered);
        var put = tasks.startParked(() -> cache.putIfAbsent("k", "new"));
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(log).isEmpty();
        go.countDown();

        assertThat(Tasks.result(put)).isTrue();
        assertThat(log).containsExactly("EXPIRED old", "CREATED new");
    }
}
