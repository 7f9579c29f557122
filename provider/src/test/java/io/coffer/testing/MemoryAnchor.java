package io.coffer.testing;

import io.coffer.spi.RollbackAnchor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers as long as the test runs, and can be told to fail. */
public final class MemoryAnchor implements RollbackAnchor {
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private volatile boolean failing;

    /** Lets all calls fail from now on, or none. */
    public void fail(boolean whether) {
        failing = whether;
    }

    /** Returns another one that remembers the same. */
    public MemoryAnchor copy() {
        var copy = new MemoryAnchor();
        copy.numbers.putAll(numbers);
        return copy;
    }

    /** What is remembered, by counter. */
    public Map<String, Long> numbers() {
        return Map.copyOf(numbers);
    }

    @Override
    public long remembered(String counter) {
        requireWorking();
        return numbers.getOrDefault(counter, 0L);
    }

    @Override
    public void advance(String counter, long number) {
        requireWorking();
        numbers.merge(counter, number, Math::max);
    }

    private void requireWorking() {
        if (failing) {
            throw new IllegalStateException("The database of anchors is down");
        }
    }
}
