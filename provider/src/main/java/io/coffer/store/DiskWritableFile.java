package io.coffer.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;

/**
 * A file on disk, open for writing. Two handles, since an interrupt must not close either: a {@link RandomAccessFile} writes, an
 * {@link AsynchronousFileChannel} syncs, in the calling thread and for what any handle has written. A {@code FileChannel} would
 * be closed by an interrupt and hide with its own exception that the sync has failed.
 *
 * <p>Room that was reserved is mapped where that is possible: writing there is a copy in memory, which the system keeps when the process
 * dies, as it keeps what was handed to it by a call.
 */
final class DiskWritableFile implements WritableFile {
    private static final byte[] ZEROS = new byte[64 << 10];

    private final Path path;
    private final RandomAccessFile file;
    private final AsynchronousFileChannel syncing;
    private final WriteMapping mapping = new WriteMapping();

    /** Where the system's own position stands, to save a call per write; -1 after a failure. Changed by the one who writes. */
    private long next;

    private volatile boolean closed;

    /** Opens a file that exists. The handle for syncing is older than any write, or it would not learn of their failures. */
    DiskWritableFile(Path path, AsynchronousFileChannel syncing) throws IOException {
        this.path = path;
        this.syncing = syncing;
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public void write(long position, byte[] bytes, int offset, int length) throws IOException {
        requireOpen();
        try {
            if (mapping.write(position, bytes, offset, length)) {
                return;
            }
            if (position != next) {
                next = -1;
                file.seek(position);
            }
            next = -1;
            file.write(bytes, offset, length);
            next = position + length;
        } catch (IOException e) {
            throw DiskFailure.of(
                    e, "Cannot write " + length + " bytes to " + path + " at " + position, path.toFile(), length);
        }
    }

    @Override
    public void reserve(long size) throws IOException {
        requireOpen();
        long end = file.length();
        if (end >= size) {
            return;
        }
        for (long at = end; at < size; at += ZEROS.length) {
            write(at, ZEROS, 0, (int) Math.min(ZEROS.length, size - at));
        }
        mapping.map(path, Math.max(0, end - ZEROS.length), size);
    }

    @Override
    public void sync() throws IOException {
        requireOpen();
        try {
            mapping.releasePassed();
            syncing.force(false);
        } catch (IOException e) {
            throw DiskFailure.of(e, "Cannot sync " + path, path.toFile(), 1);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        requireOpen();
        next = -1;
        mapping.unmap();
        if (size < file.length()) {
            file.setLength(size);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            mapping.unmap();
        } finally {
            try {
                file.close();
            } finally {
                syncing.close();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
    }
}
