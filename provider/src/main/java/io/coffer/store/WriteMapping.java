package io.coffer.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The part of a file in memory that is written next. For the one thread at a time that writes the file. */
final class WriteMapping {
    private static final System.Logger LOG = System.getLogger(WriteMapping.class.getName());

    /** The beginning of a file is written by calls: many never have more. */
    private static final int START_MIN = 64 << 10;

    private @Nullable MappedFile file;
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
        boolean interrupted = Thread.interrupted();
        try (var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var opened = file == null ? MappedFile.open() : file;
            file = opened;
            part = opened == null ? null : opened.map(channel, FileChannel.MapMode.READ_WRITE, start, end - start);
            partStart = start;
        } catch (IOException | RuntimeException e) {
            part = null;
            LOG.log(Level.DEBUG, path + " cannot be mapped; it is written by calls", e);
        } finally {
            if (interrupted) { // one that came meanwhile is still pending
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets go of all parts: the file is about to be cut or closed. */
    void unmap() throws IOException {
        ended = true;
        part = null;
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
