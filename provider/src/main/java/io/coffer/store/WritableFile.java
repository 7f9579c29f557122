package io.coffer.store;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file open for writing. Positions are given with every write, so a write that failed half-way cannot shift the next one. One
 * thread writes at a time; another one may {@link #sync()} meanwhile. After {@link #close()} every call is an
 * {@link IllegalStateException}. No method is stopped or failed by an interrupt.
 */
public interface WritableFile extends Closeable {
    /**
     * Hands bytes to the operating system, in one call of it if they follow the bytes written last. From then on they survive
     * the death of the process, but not yet a power failure. Beyond the end of the file the gap is filled with zeros.
     *
     * @param position offset in the file of the first byte, from 0
     * @param offset index in {@code bytes} of the first byte
     * @throws DiskFullException if the disk, a quota or the largest size of a file is reached; some of the bytes may be there
     * @throws IOException if the disk fails; any of the bytes may be there
     */
    void write(long position, byte[] bytes, int offset, int length) throws IOException;

    /**
     * Fills the file up to a size with zeros, if it ends before. Writing over them is faster than writing behind the end, and so is the
     * sync of what was written so.
     *
     * @throws DiskFullException if there is no room for all of them; some may be there
     */
    void reserve(long size) throws IOException;

    /**
     * Makes everything written and cut before survive a power failure; not the name: {@link Files#syncDirectory()}.
     *
     * @throws IOException if that failed. Whether the bytes are on disk is then unknown for ever: the system may forget them, and
     *     a second sync may succeed without them. Nothing of this file may be trusted that was not synced before.
     */
    void sync() throws IOException;

    /** Cuts the file after so many bytes; a shorter file stays as it is. Little more is to be written: from then on that may take longer. */
    void truncate(long size) throws IOException;

    /** Closes it, without a sync. Closing it twice is the same as once. */
    @Override
    void close() throws IOException;
}
