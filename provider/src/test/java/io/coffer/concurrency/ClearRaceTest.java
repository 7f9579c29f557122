package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferCache;
import io.coffer.StoreConfiguration;
import io.coffer.jcache.CacheFixture;
import io.coffer.testing.LogFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store is emptied while others use it: nothing that was there before comes back, and memory and store agree when all is over. */
class ClearRaceTest {
    private static final int KEYS = 8;
    private static final int THREADS = 3;
    private static final int CALLS = 6_000;
    private static final int UNKNOWN = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    private final AtomicInteger lastValue = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger(); // clears
    private final AtomicInteger ended = new AtomicInteger();

    /** Of each value, how many clears had begun when its write was over: the next one has removed it. */
    private final AtomicIntegerArray begunWhenWritten = new AtomicIntegerArray(THREADS * CALLS + 1);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clear_amongOtherCalls_leavesNothingFromBefore(boolean onDisk) {
        for (int value = 0; value < begunWhenWritten.length(); value++) {
            begunWhenWritten.set(value, UNKNOWN);
        }
        var log = new LogFolder(folder.resolve("c"));
        try (var fixture = new CacheFixture()) {
            var store = onDisk ? StoreConfiguration.of(() -> log) : fixture.store();
            var cache = create(fixture, store);
            var emptied = new AtomicInteger();
            new Crowd()
                    .repeat(THREADS, CALLS, thread -> call(cache))
                    .meanwhile(() -> {
                        begun.incrementAndGet();
                        if (emptied.incrementAndGet() % 4 == 0) {
                            cache.removeAll();
                        } else {
                            cache.clear();
                        }
                        ended.incrementAndGet();
                    })
                    .run();
            cache.put(0, lastValue.get()); // so that something is there

            var shown = got(cache);
            assertThat(iterated(cache)).isEqualTo(shown);
            assertThat(begun).hasPositiveValue();
            cache.close();
            assertThat(got(create(fixture, store)))
                    .as("what the store has by itself")
                    .isEqualTo(shown);
        }
    }

    private static CofferCache<Integer, Integer> create(CacheFixture fixture, StoreConfiguration store) {
        return fixture.createStored(
                "c",
                CacheFixture.<Integer, Integer>configuration().setMaxEntries(2).setStore(store));
    }

    private void call(CofferCache<Integer, Integer> cache) {
        var random = ThreadLocalRandom.current();
        int key = random.nextInt(KEYS);
        int before = ended.get();
        switch (random.nextInt(5)) {
            case 0 -> written(value -> check(cache.getAndPut(key, value), before));
            case 1 -> written(value -> cache.put(key, value));
            case 2 ->
                written(value -> cache.invoke(key, (entry, arguments) -> {
                    check(entry.getValue(), before);
                    entry.setValue(value);
                    return null;
                }));
            case 3 -> check(cache.getAndRemove(key), before);
            default -> check(cache.get(key), before);
        }
    }

    private void written(IntConsumer write) {
        int value = lastValue.incrementAndGet();
        write.accept(value);
        begunWhenWritten.set(value, begun.get());
    }

    /** A value whose write was over before a clear began must not be seen after that clear. */
    private void check(Integer seen, int endedBefore) {
        if (seen != null) {
            int known = begunWhenWritten.get(seen);
            assertThat(known == UNKNOWN || known >= endedBefore)
                    .as("value %d, written before clear %d, seen after clear %d", seen, known + 1, endedBefore)
                    .isTrue();
        }
    }

    private static Map<Integer, Integer> got(CofferCache<Integer, Integer> cache) {
        var found = new HashMap<Integer, Integer>();
        for (int key = 0; key < KEYS; key++) {
            var value = cache.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    private static Map<Integer, Integer> iterated(CofferCache<Integer, Integer> cache) {
        var found = new HashMap<Integer, Integer>();
        cache.forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }
}
