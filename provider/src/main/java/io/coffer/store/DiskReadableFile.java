package io.coffer.store;

import static java.nio.file.StandardOpenOption.READ;

import io.coffer.store.DiskNames.Identity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file on disk, open for reading. A {@link FileChannel} reads at positions without a lock, but if a thread is interrupted while
 * it reads, the channel is closed for all. Whoever meets a closed one opens a new one for the others, and reads for himself
 * through a {@link RandomAccessFile}, which knows no interrupts: so it takes two attempts, however many interrupts there are.
 *
 * <p>What is mapped of the file is copied from memory instead.
 */
final class DiskReadableFile implements ReadableFile {
    private final DiskNames names;
    private final Identity identity;

    /** Guards the replacement of the channel, and its end. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ReadMapping mapping = new ReadMapping();
    private volatile FileChannel channel;
    private volatile boolean closed;

    DiskReadableFile(DiskNames names, String name) throws IOException {
        this.names = names;
        identity = names.identify(name);
        channel = names.open(identity, path -> FileChannel.open(path, READ));
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        var current = openChannel();
        int start = target.position();
        try {
            if (mapping.read(target, position)) {
                return target.position() - start;
            }
        } catch (InternalError e) { // a call of the system tells better what is wrong
            target.position(start);
        }
        boolean done = false;
        boolean interrupted = Thread.interrupted();
        try {
            mapping.missed(current);
            int count = fill(target, current, position);
            done = true;
            return count;
        } catch (ClosedChannelException e) {
            interrupted |= Thread.interrupted();
            target.position(start);
            try (var file = reopen()) {
                int count = fill(target, file, position);
                done = true;
                return count;
            }
        } finally {
            if (!done) {
                target.position(start);
            }
            restore(interrupted);
        }
    }

    @Override
    public long size() throws IOException {
        boolean interrupted = Thread.interrupted();
        var current = openChannel();
        try {
            return current.size();
        } catch (ClosedChannelException e) {
            interrupted |= Thread.interrupted();
            try (var file = reopen()) {
                return file.length();
            }
        } finally {
            restore(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            try {
                mapping.close();
            } finally {
                channel.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private FileChannel openChannel() {
        if (closed) {
            throw new IllegalStateException(identity + " is closed");
        }
        return channel;
    }

    private static int fill(ByteBuffer target, FileChannel source, long position) throws IOException {
        int start = target.position();
        while (target.hasRemaining() && source.read(target, position + target.position() - start) >= 0) {
            // A read may bring less than is there; only -1 means the end.
        }
        return target.position() - start;
    }

    private static int fill(ByteBuffer target, RandomAccessFile source, long position) throws IOException {
        var bytes = new byte[target.remaining()];
        int count = 0;
        source.seek(position);
        for (int n = 0; n >= 0 && count < bytes.length; n = source.read(bytes, count, bytes.length - count)) {
            count += n;
        }
        target.put(bytes, 0, count);
        return count;
    }

    /** Replaces a channel that an interrupt has closed, if nobody has yet, and returns the file once more for this thread. */
    private RandomAccessFile reopen() throws IOException {
        lock.lock();
        try {
            openChannel();
            if (!channel.isOpen()) {
                channel = names.open(identity, path -> FileChannel.open(path, READ));
            }
        } finally {
            lock.unlock();
        }
        return names.open(identity, path -> new RandomAccessFile(path.toFile(), "r"));
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
