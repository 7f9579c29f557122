package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** 32 bytes that make the keys of one file unlike those of all others, or tell whether a key is the right one. Not secret. */
record Salt(long first, long second, long third, long fourth) {
    static final int BYTES = 4 * Long.BYTES;

    static Salt random(RandomGenerator random) {
        return new Salt(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    static Salt of(ByteBuffer source, int index) {
        return new Salt(
                LittleEndian.getLong(source, index),
                LittleEndian.getLong(source, index + Long.BYTES),
                LittleEndian.getLong(source, index + 2 * Long.BYTES),
                LittleEndian.getLong(source, index + 3 * Long.BYTES));
    }

    void put(ByteBuffer target, int index) {
        LittleEndian.putLong(target, index, first);
        LittleEndian.putLong(target, index + Long.BYTES, second);
        LittleEndian.putLong(target, index + 2 * Long.BYTES, third);
        LittleEndian.putLong(target, index + 3 * Long.BYTES, fourth);
    }

    byte[] bytes() {
        var bytes = ByteBuffer.allocate(BYTES);
        put(bytes, 0);
        return bytes.array();
    }
}
