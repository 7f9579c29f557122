package io.coffer.concurrency;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CacheLoader;

/** Loads a new value each time, or now and then none, and notes what it has loaded for the calling thread. */
final class NotedLoader implements CacheLoader<TurbulentKey, Amount> {
    private static final int NOTHING_ONE_IN = 4;
    private static final int STEP =
            100; // more than there are increments in a round, so that every value tells its origin

    private final AtomicInteger lowest = new AtomicInteger();
    private final ThreadLocal<Integer> loaded = new ThreadLocal<>();

    @Override
    public Amount load(TurbulentKey key) {
        Turbulence.pass();
        if (ThreadLocalRandom.current().nextInt(NOTHING_ONE_IN) == 0) {
            return null;
        }
        int number = lowest.addAndGet(-STEP);
        loaded.set(number);
        return Amount.of(number);
    }

    @Override
    public Map<TurbulentKey, Amount> loadAll(Iterable<? extends TurbulentKey> keys) {
        var all = new HashMap<TurbulentKey, Amount>();
        for (var key : keys) {
            var amount = load(key);
            if (amount != null) {
                all.put(key, amount);
            }
        }
        return all;
    }

    /** Returns what was loaded on this thread since the last question, or null. */
    Integer takeNote() {
        var note = loaded.get();
        loaded.remove();
        return note;
    }
}
