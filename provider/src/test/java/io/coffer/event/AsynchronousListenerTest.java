package io.coffer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.CapturedLog;
import io.coffer.testing.Tasks;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for an asynchronous listener, and still it hears everything. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsynchronousListenerTest {
    private final CacheFixture fixture = new CacheFixture();
    private final CapturedLog log = new CapturedLog();
    private final Cache<Integer, Integer> cache = fixture.create("c", CacheFixture.configuration());
    private final ConcurrentLinkedQueue<Integer> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        log.close();
        fixture.close();
    }

    @Test
    void put_listenerIsBlocked_returnsAndNextEventsWaitTheirTurn() {
        var go = new CountDownLatch(1);
        var all = new CountDownLatch(3);
        cache.registerCacheEntryListener(CallbackListener.asynchronous(event -> {
            Tasks.await(go);
            heard.add(event.getValue());
            all.countDown();
        }));

        cache.put(0, 1);
        cache.put(0, 2);
        cache.put(0, 3);

        assertThat(heard).isEmpty();
        go.countDown();
        Tasks.await(all);
        assertThat(heard).containsExactly(1, 2, 3);
    }

    @Test
    void listener_fails_callerIsNotToldAndNextEventsAreDelivered() {
        var all = new CountDownLatch(3);
        cache.registerCacheEntryListener(CallbackListener.asynchronous(event -> {
            heard.add(event.getValue());
            all.countDown();
            throw new IllegalStateException("not to be seen by the caller");
        }));

        cache.put(0, 1);
        cache.put(0, 2);
        cache.put(0, 3);

        Tasks.await(all);
        assertThat(heard).containsExactly(1, 2, 3);
        Tasks.awaitThat(() -> !log.warnings().isEmpty(), "a warning");
        assertThat(log.warnings().get(0)).contains("CREATED", "cache c");
    }

    /** All threads that there may be are busy: events are told by who can, never lost, and never on a growing stack. */
    @Test
    void manyEventsOfOneKey_allThreadsAreBusy_allAreToldInOrder() {
        int threads = 64;
        int events = 9_000;
        var busy = new CountDownLatch(threads);
        var go = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        var all = new CountDownLatch(events);
        cache.registerCacheEntryListener(CallbackListener.asynchronous(event -> {
            if (event.getValue() == 0) {
                busy.countDown();
                Tasks.await(event.getKey() == 0 ? go : others);
            }
            if (event.getKey() == 0) {
                heard.add(event.getValue());
                all.countDown();
            }
        }));
        for (int key = 0; key < threads; key++) {
            cache.put(key, 0);
        }
        Tasks.await(busy);

        for (int value = 1; value < events; value++) {
            cache.put(0, value);
        }
        go.countDown();
        Tasks.await(all);

        others.countDown();
        assertThat(heard).containsExactlyElementsOf(upTo(events));
    }

    /** What waits for a listener that is too slow must not fill the heap: then its callers wait after all. */
    @Test
    void put_listenerIsFarBehind_callerWaitsUntilItHasCaughtUp() throws Exception {
        int events = 30_000;
        var go = new CountDownLatch(1);
        var all = new CountDownLatch(events);
        cache.registerCacheEntryListener(CallbackListener.asynchronous(event -> {
            Tasks.await(go);
            heard.add(event.getValue());
            all.countDown();
        }));
        var caller = new Thread(() -> upTo(events).forEach(value -> cache.put(0, value)));
        caller.setDaemon(true);
        caller.start();

        Tasks.awaitThat(() -> cache.containsKey(0) && cache.get(0) > 1_000, "the caller to be on its way");
        Tasks.awaitParked(caller);
        assertThat(cache.get(0)).isBetween(1_000, events - 1_000);
        go.countDown();
        Tasks.await(all);

        caller.join(120_000);
        assertThat(caller.isAlive()).isFalse();
        assertThat(heard).containsExactlyElementsOf(upTo(events));
    }

    @Test
    void listener_writesItsKeyMoreOftenThanMayWait_doesNotWaitForItself() {
        int events = 15_000;
        var all = new CountDownLatch(events);
        cache.registerCacheEntryListener(CallbackListener.asynchronous(event -> {
            heard.add(event.getValue());
            if (event.getEventType() == EventType.CREATED) {
                upTo(events).stream().skip(1).forEach(value -> cache.put(0, value));
            }
            all.countDown();
        }));

        cache.put(0, 0);

        Tasks.await(all);
        assertThat(heard).containsExactlyElementsOf(upTo(events));
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }
}
