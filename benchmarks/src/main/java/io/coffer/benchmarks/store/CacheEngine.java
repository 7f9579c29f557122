package io.coffer.benchmarks.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A cache above a disk as an engine. Its keys are Strings of one character a byte, so they are somewhat longer on disk, values arrays of
 * bytes. A thousandth of the entries fits into memory, so that a get of any of them reads the disk.
 */
final class CacheEngine implements Engine {
    /** Of the cache. */
    static final String NAME = "entries";

    private static final int SHARE_IN_MEMORY = 1_000;

    private final Function<String, byte[]> getting;
    private final BiConsumer<String, byte[]> putting;
    private final Runnable closing;

    CacheEngine(Function<String, byte[]> getting, BiConsumer<String, byte[]> putting, Runnable closing) {
        this.getting = getting;
        this.putting = putting;
        this.closing = closing;
    }

    /** How many of the entries its memory is to hold. */
    static int entriesInMemory(Records records) {
        return Math.max(1, records.count() / SHARE_IN_MEMORY);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        putting.accept(text(key), value);
    }

    @Override
    public byte[] get(byte[] key) {
        return getting.apply(text(key));
    }

    /** Caches sync by themselves or not at all. */
    @Override
    public void sync() {
        throw new UnsupportedOperationException("A cache has no such call");
    }

    @Override
    public void close() {
        closing.run();
    }

    private static String text(byte[] key) {
        return new String(key, ISO_8859_1);
    }
}
