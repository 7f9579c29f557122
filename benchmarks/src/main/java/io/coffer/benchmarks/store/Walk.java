package io.coffer.benchmarks.store;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * A thread's endless walk over the entries, each as likely as any other: an entry that was asked for just now would be in some cache. Each
 * thread walks its own way, and the same way in every fork and for every engine.
 */
@State(Scope.Thread)
public class Walk {
    private long bits;
    private int steps;

    @Setup
    public void begin(ThreadParams thread) {
        bits = 107 + 0x9E3779B97F4A7C15L * (thread.getThreadIndex() + 1);
    }

    /** Marsaglia's xorshift. */
    int next(int count) {
        bits ^= bits << 13;
        bits ^= bits >>> 7;
        bits ^= bits << 17;
        steps++;
        return (int) ((bits >>> 32) * count >>> 32);
    }

    /** How many steps were made, wrapping around. */
    int steps() {
        return steps;
    }
}
