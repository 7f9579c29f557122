package io.coffer.benchmarks.store;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The entries that every row works on: keys of 16 bytes that are spread over their whole range, and values of random bytes, which no
 * store can compress. A key is made anew whenever it is asked for, since a million arrays would lie cold in memory.
 */
final class Records {
    static final int KEY_BYTES = 16;
    /** So many values there are; entries share them. */
    static final int DISTINCT_VALUES = 1 << 10;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final int count;
    private final byte[][] values = new byte[DISTINCT_VALUES][];

    Records(int count, int valueBytes) {
        this.count = count;
        var random = new Random(107);
        for (int i = 0; i < DISTINCT_VALUES; i++) {
            values[i] = new byte[valueBytes];
            random.nextBytes(values[i]);
        }
    }

    int count() {
        return count;
    }

    /** Bytes of all keys and values. */
    long logicalBytes() {
        return (long) count * (KEY_BYTES + values[0].length);
    }

    static byte[] key(int ordinal) {
        return ByteBuffer.allocate(KEY_BYTES)
                .putLong(mixed(ordinal * SPREAD))
                .putLong(ordinal)
                .array();
    }

    /** Which key it is. */
    static int ordinal(byte[] key) {
        return (int) ByteBuffer.wrap(key).getLong(Long.BYTES);
    }

    /** What an entry is filled with. */
    byte[] value(int ordinal) {
        return values[valueNumber(ordinal)];
    }

    /** Which of the values. */
    static int valueNumber(int ordinal) {
        return ordinal & DISTINCT_VALUES - 1;
    }

    /** What an entry is written over with. */
    byte[] otherValue(int step) {
        return value(step);
    }

    /** The finisher of SplitMix64. */
    private static long mixed(long bits) {
        long half = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        long whole = (half ^ half >>> 27) * 0x94D049BB133111EBL;
        return whole ^ whole >>> 31;
    }

    /** Fills an engine, in the order of the ordinals, which is no order of the keys. */
    void putAll(Engine engine) {
        for (int i = 0; i < count; i++) {
            engine.put(key(i), value(i));
        }
    }

    /** An entry that is there at all, of the right length. */
    byte[] require(int ordinal, byte[] value) {
        if (value == null || value.length != values[0].length) {
            throw new IllegalStateException("Entry " + ordinal + ": expected " + values[0].length + " bytes, found "
                    + (value == null ? "none" : value.length));
        }
        return value;
    }

    /** The entry as it was filled in: its ends are compared, all of it would cost more than some engines. */
    byte[] requireUnchanged(int ordinal, byte[] found) {
        byte[] value = require(ordinal, found);
        byte[] expected = value(ordinal);
        int last = expected.length - 1;
        if (value[0] != expected[0] || value[last] != expected[last]) {
            throw new IllegalStateException("Entry " + ordinal + " holds another entry's value");
        }
        return value;
    }

    /** For engines that have lost some. */
    void putMissing(Engine engine) {
        for (int i = 0; i < count; i++) {
            if (engine.get(key(i)) == null) {
                engine.put(key(i), value(i));
            }
        }
    }

    /** How many of the entries, one in so many, are there. */
    int countPresent(Engine engine, int oneIn) {
        int present = 0;
        for (int i = 0; i < count; i += oneIn) {
            byte[] value = engine.get(key(i));
            if (value != null) {
                require(i, value);
                present++;
            }
        }
        return present;
    }
}
