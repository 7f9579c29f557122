package io.coffer.benchmarks;

import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The 100,000 entries that every row works on. The keys asked for are the instances that the cache was filled with:
 * another instance of each would lie cold in memory, and reading it would cost as much as the cache does.
 */
@State(Scope.Benchmark)
public class Entries {
    static final int COUNT = 100_000;
    private static final int SPARE_VALUES = 1 << 10;

    private String[] keys;
    private String[] expectedValues;
    private String[] equalValues;

    static String value(int ordinal) {
        return "the value of customer " + ordinal;
    }

    @Setup
    public void create() {
        keys = all(ordinal -> "customer:" + ordinal);
        expectedValues = all(Entries::value);
        equalValues = all(Entries::value);
    }

    String key(int ordinal) {
        return keys[ordinal];
    }

    /** Equal to what the cache holds for the ordinal, but never the same instance: comparing is part of the price. */
    String expectedValue(int ordinal) {
        return expectedValues[ordinal];
    }

    /** What a replacement writes: the same text again, so that the next replacement finds what it expects. */
    String equalValue(int ordinal) {
        return equalValues[ordinal];
    }

    /** A value to overwrite with: at each step of a cursor another one, so that hardly a put writes what is there. */
    String spareValue(int step) {
        return equalValues[step & SPARE_VALUES - 1];
    }

    private static String[] all(IntFunction<String> text) {
        var texts = new String[COUNT];
        for (int i = 0; i < COUNT; i++) {
            texts[i] = text.apply(i);
        }
        return texts;
    }
}
