package io.coffer.benchmarks;

import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's endless walk over the entries, drawn beforehand so that a step costs one array read. */
@State(Scope.Thread)
public class Cursor {
    static final double SKEW = 0.99;
    static final int STEPS = 1 << 20;

    private int[] ordinals;
    private int position;

    @Setup
    public void draw(ThreadParams thread) {
        var random = randomOf(thread);
        var zipf = new Zipf(Entries.COUNT, SKEW);
        ordinals = new int[STEPS];
        for (int i = 0; i < STEPS; i++) {
            ordinals[i] = zipf.draw(random);
        }
    }

    int next() {
        return ordinals[position++ & STEPS - 1];
    }

    /** How many steps were made, wrapping around. */
    int steps() {
        return position;
    }

    /** Each thread walks its own way, and the same way in every fork and for every contender. */
    static Random randomOf(ThreadParams thread) {
        return new Random(107 + thread.getThreadIndex());
    }
}
