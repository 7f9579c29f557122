package io.coffer.store;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file open for reading, by any number of threads at once, also while it is written. After {@link #close()} every call is an
 * {@link IllegalStateException}; who closes has to know that nobody reads any more. No method is stopped by an interrupt.
 */
public interface ReadableFile extends Closeable {
    /**
     * Reads until the buffer is full or the file ends. If it fails, the buffer's position is where it was, and what lies behind
     * it is undefined. Just behind where a file was cut while it is open, it may read zeros instead of an end.
     *
     * @param target takes the bytes from its position to its limit; its position moves by as many as were read
     * @param position offset in the file of the first byte, from 0
     * @return how many bytes were read; fewer than wanted, or none, only where the file ends
     * @throws FileNotFoundException if the file has been deleted or replaced since it was opened, and then a thread was
     *     interrupted while it read
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** Returns the size in bytes at this moment. */
    long size() throws IOException;

    /** Closes it. Closing it twice is the same as once. */
    @Override
    void close() throws IOException;
}
