package io.coffer.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file in memory that is written next. For the one thread at a time that writes the file; another one may let go of the
 * parts before, which nobody writes any more.
 *
 * <p>A page that is mapped where it can be written costs its sync a call of every other processor on which the process runs: it must not be
 * changed there unnoticed any more. So who syncs first lets go of what he can.
 */
final class WriteMapping {
    private static final System.Logger LOG = System.getLogger(WriteMapping.class.getName());

    /** The beginning of a file is written by calls: many never have more. */
    private static final int START_MIN = 64 << 10;

    private final Queue<MappedFile> passed = new ConcurrentLinkedQueue<>();
    /** What holds the part. */
    private @Nullable MappedFile current;

    private @Nullable ByteBuffer part;
    private long partStart;
    private boolean ended = !MappedFile.isPossible();

    /**
     * Copies bytes to where they belong, and returns false if that is not mapped.
     *
     * @throws IOException if the disk has no room or fails
     */
    boolean write(long position, byte[] bytes, int offset, int length) throws IOException {
        var mapped = part;
        long at = position - partStart;
        if (mapped == null || at < 0 || at > mapped.capacity() - length) {
            return false;
        }
        try {
            mapped.put((int) at, bytes, offset, length);
            return true;
        } catch (InternalError e) {
            unmap();
            throw new IOException("What is mapped of the file cannot be written", e);
        }
    }

    /** Maps a part of a file instead of the part before, if it can. Takes a channel for itself, which an interrupt may close. */
    void map(Path path, long start, long end) {
        if (ended || start < START_MIN || end - start > Integer.MAX_VALUE) {
            return;
        }
        pass();
        boolean interrupted = Thread.interrupted();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var opened = MappedFile.open();
            current = opened;
            part = opened == null ? null : opened.map(channel, FileChannel.MapMode.READ_WRITE, start, end - start);
            partStart = start;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, path + " cannot be mapped; it is written by calls", e);
        } finally {
            if (interrupted) { // one that came meanwhile is still pending
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pass() {
        part = null;
        if (current != null) {
            passed.add(current);
            current = null;
        }
    }

    /** Lets go of the parts before the one that is written. For any thread. */
    void releasePassed() throws IOException {
        for (var one = passed.poll(); one != null; one = passed.poll()) {
            one.close();
        }
    }

    /** Lets go of all parts, for ever: the file is about to be cut or closed. */
    void unmap() throws IOException {
        ended = true;
        pass();
        releasePassed();
    }
}
