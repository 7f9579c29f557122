package io.coffer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever threads do to a key, its listeners hear of it one after the other, in the order in which it happened. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventOrderTest {
    private static final int THREADS = 8;
    private static final int KEYS = 3;
    private static final int CALLS = 2_000;

    private final CacheFixture fixture = new CacheFixture();
    private final Tasks tasks = new Tasks();
    private final Cache<Integer, String> cache = fixture.create("c", CacheFixture.configuration());
    private final HistoryListener history = new HistoryListener();

    @AfterEach
    void close() {
        tasks.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void synchronousListener_manyThreads_eventsOfAKeyChain(long seed) {
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> history.on(event)));

        disturb(seed);

        assertHistory(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void asynchronousListener_manyThreads_eventsOfAKeyChain(long seed) {
        cache.registerCacheEntryListener(CallbackListener.asynchronous(event -> history.on(event)));

        disturb(seed);

        long events = changes();
        Tasks.awaitThat(() -> history.events() >= events, events + " events, seed " + seed);
        assertHistory(seed);
    }

    private void assertHistory(long seed) {
        assertThat(history.violations()).as("seed " + seed).isEmpty();
        assertThat(history.events()).as("seed " + seed).isEqualTo(changes());
        assertThat(history.values()).as("seed " + seed).isEqualTo(contents());
    }

    /** Every put and every removal is an event, and nothing else here. */
    private long changes() {
        return fixture.statistic("c", "CachePuts").longValue()
                + fixture.statistic("c", "CacheRemovals").longValue();
    }

    private Map<Integer, String> contents() {
        var contents = new HashMap<Integer, String>();
        cache.forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
        return contents;
    }

    private void disturb(long seed) {
        var start = new CyclicBarrier(THREADS);
        var running = new ArrayList<Future<Void>>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            running.add(tasks.run(() -> {
                var random = new Random(seed * THREADS + number);
                Tasks.await(start);
                for (int call = 0; call < CALLS; call++) {
                    change(random, number + "." + call);
                }
            }));
        }
        running.forEach(Tasks::result);
    }

    private void change(Random random, String value) {
        int key = random.nextInt(KEYS);
        switch (random.nextInt(9)) {
            case 0, 1 -> cache.put(key, value);
            case 2 -> cache.getAndPut(key, value);
            case 3 -> cache.putIfAbsent(key, value);
            case 4 -> cache.replace(key, value);
            case 5 -> cache.remove(key);
            case 6 -> cache.getAndRemove(key);
            case 7 -> cache.putAll(Map.of(key, value, (key + 1) % KEYS, value + "+"));
            case 8 ->
                cache.invokeAll(Set.of(0, 1, 2), (entry, arguments) -> {
                    entry.setValue(value + "/" + entry.getKey());
                    return null;
                });
            default -> throw new AssertionError();
        }
    }
}
