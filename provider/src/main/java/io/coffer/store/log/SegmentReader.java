package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of one segment's file, opened when first used and closed when nobody reads any more. Safe for use by several threads.
 *
 * <p>Who reads says so before and after. The counts are spread over several cache lines, since one counter would make readers of one
 * segment wait for each other. After {@link #close} nobody can begin, so each count sinks to 0 and stays there but for moments; whoever
 * brings the last one down closes the file.
 */
final class SegmentReader {
    private static final int LINE = 32;

    private final Files files;
    private final String name;
    private final AtomicIntegerArray readers = new AtomicIntegerArray(Stripe.COUNT * LINE);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable ReadableFile file; // changed under the lock
    private volatile boolean closing;

    SegmentReader(Files files, String name) {
        this.files = files;
        this.name = name;
    }

    /** Begins to read; false if it is closed. The same stripe is given to {@link #release}. */
    boolean acquire(int stripe) {
        readers.getAndIncrement(stripe * LINE);
        if (!closing) {
            return true;
        }
        release(stripe);
        return false;
    }

    /** Ends to read. */
    void release(int stripe) {
        readers.getAndDecrement(stripe * LINE);
        if (closing) {
            closeIfUnused();
        }
    }

    /** As {@link ReadableFile#read}; between {@link #acquire} and {@link #release}. */
    int read(ByteBuffer target, long position) throws IOException {
        var open = file;
        int start = target.position();
        try {
            return (open == null ? open() : open).read(target, position);
        } catch (InternalError e) { // of a fault in mapped memory the JVM may tell late: here at the latest
            target.position(start);
            throw new IOException(name + " cannot be read where it is mapped", e);
        }
    }

    private ReadableFile open() throws IOException {
        lock.lock();
        try {
            var open = file;
            if (open == null) {
                open = files.openForReading(name);
                file = open;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody begin any more. */
    void close() {
        closing = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        for (int i = 0; i < Stripe.COUNT; i++) {
            if (readers.get(i * LINE) != 0) {
                return;
            }
        }
        lock.lock();
        try {
            var open = file;
            file = null;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LogMessages.LOG.log(System.Logger.Level.WARNING, "A file that was read could not be closed: " + name, e);
        } finally {
            lock.unlock();
        }
    }
}
