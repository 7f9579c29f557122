package io.coffer.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file in memory, for reading. It is mapped when it has been read some times, and anew as it grows; what lies behind,
 * and all of a small file, has to be read by calls. Safe for use by several threads.
 */
final class ReadMapping {
    /** Less is not worth a mapping, of which a process may have some thousands. */
    static final int BYTES_MIN = 256 << 10;
    /** Of so many reads by call one looks whether more can be mapped. */
    private static final int READS_A_LOOK = 256;

    private static final int PART_WORTH_IT = 8;

    private static final System.Logger LOG = System.getLogger(ReadMapping.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable ByteBuffer bytes;
    /** Reads since the last look; who loses one does no harm. */
    private int misses;
    /** Guarded by the lock, as is all below. */
    private @Nullable MappedFile file;

    private long lastSize;
    private boolean ended = !MappedFile.isPossible();

    /**
     * Fills a buffer from its position to its limit, if all of that is mapped, and moves the position there. Returns false if not.
     *
     * @throws InternalError if the file was cut meanwhile or the disk fails; in compiled code the JVM may throw it only when this has
     *     returned, in the same thread
     */
    boolean read(ByteBuffer target, long position) {
        var mapped = bytes;
        int length = target.remaining();
        if (mapped == null || position < 0 || position > mapped.capacity() - length) {
            return false;
        }
        target.put(target.position(), mapped, (int) position, length);
        target.position(target.position() + length);
        return true;
    }

    /**
     * Takes note that something had to be read by a call.
     *
     * @throws ClosedChannelException if an interrupt has closed the channel
     */
    void missed(FileChannel channel) throws ClosedChannelException {
        misses++;
        if (misses >= READS_A_LOOK && lock.tryLock()) {
            try {
                misses = 0;
                if (!ended) {
                    look(channel);
                }
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                ended = true;
                LOG.log(Level.DEBUG, "A file cannot be mapped; it is read by calls", e);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Maps what is there, if that is worth it: a file that still grows a little with every look is not mapped each time. */
    private void look(FileChannel channel) throws IOException {
        var mapped = bytes;
        long mappedSize = mapped == null ? 0 : mapped.capacity();
        long size = Math.min(channel.size(), Integer.MAX_VALUE);
        boolean hasGrown = size - mappedSize >= Math.max(BYTES_MIN, mappedSize / PART_WORTH_IT);
        if (hasGrown || (mapped != null && size > mappedSize && size == lastSize)) {
            var opened = file == null ? MappedFile.open() : file;
            file = opened;
            bytes = opened == null ? null : opened.map(channel, FileChannel.MapMode.READ_ONLY, 0, size);
        }
        lastSize = size;
    }

    /** When nobody reads any more. */
    void close() throws IOException {
        lock.lock();
        try {
            ended = true;
            bytes = null;
            if (file != null) {
                file.close();
                file = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
