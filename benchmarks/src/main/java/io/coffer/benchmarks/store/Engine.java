package io.coffer.benchmarks.store;

/**
 * A store as the rows see it: bytes under bytes. Safe for use by several threads. What fails throws an unchecked exception;
 * a number from a store that failed is worth nothing.
 */
interface Engine extends AutoCloseable {

    /** Writes an entry, or writes over one. Returns when it is as safe as the engine was told to make it. */
    void put(byte[] key, byte[] value);

    /** Returns an array that belongs to the caller, or null if there is no entry. */
    byte[] get(byte[] key);

    /** Makes what was written safe from a power failure. */
    void sync();

    @Override
    void close();
}
