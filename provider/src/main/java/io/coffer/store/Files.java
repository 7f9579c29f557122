package io.coffer.store;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;

/**
 * One directory of plain files that belongs to one store: who has it open is its only owner, in this process and all others,
 * until he closes it.
 *
 * <p>What a power failure leaves: bytes of a file that were written before its last successful
 * {@link WritableFile#sync()}, and names as they were at the last successful {@link #syncDirectory()}. These two are
 * independent: a file whose bytes were synced is still lost if its name was not. Of everything later, any part may be there, in
 * any order; but a rename is there or not, never half. If only the process dies, everything is there.
 *
 * <p>Names have 1 to 100 letters, digits, dots, hyphens and underscores, and begin with a letter or digit. {@code LOCK} and
 * {@code OWNER} are taken. An odd name is an {@link IllegalArgumentException}. For all threads. An interrupt of the calling
 * thread neither stops nor fails any method here or of the files, and stays pending.
 */
public interface Files extends Closeable {
    /**
     * Makes an empty file, readable by its owner only, and opens it for writing.
     *
     * @throws DiskFullException if there is no room for it
     * @throws IOException also if the name is in use
     */
    WritableFile create(String name) throws IOException;

    /**
     * Opens a file for writing over it or for cutting it.
     *
     * @throws FileNotFoundException if there is no file of that name
     */
    WritableFile openForWriting(String name) throws IOException;

    /**
     * Opens a file for reading, be it still written or not. It stays readable when it is renamed or deleted; but a deleted one
     * may be gone after an interrupt: see {@link ReadableFile#read}.
     *
     * @throws FileNotFoundException if there is no file of that name
     */
    ReadableFile openForReading(String name) throws IOException;

    /**
     * Begins to sync files, as they are now, while the caller reads them. It may do nothing: all that is promised is that their real sync
     * has less to do afterwards, and that no failure is kept back.
     *
     * @param names of files that exist; until {@link Syncing#await} returns nobody writes, renames or deletes them
     */
    Syncing beginSync(List<String> names) throws IOException;

    /** Returns the names of all files, in alphabetical order; without {@code LOCK}, {@code OWNER} and what is not a file. */
    List<String> list() throws IOException;

    /** Deletes a file, and says whether there was one. Its bytes remain on disk as long as somebody has it open. */
    boolean delete(String name) throws IOException;

    /**
     * Gives a file another name. A file that bears the new one already is replaced by it, so that whoever opens that name finds
     * the old file or the new one, also after a power failure.
     *
     * @throws FileNotFoundException if there is no file of the old name
     */
    void rename(String from, String to) throws IOException;

    /** Makes the names as they are now survive a power failure. Nothing is said about what is in the files. */
    void syncDirectory() throws IOException;

    /** Returns how many bytes could be written before the disk is full. A guess: others write too, and quotas are not known. */
    long freeBytes() throws IOException;

    /** Gives the directory free. Files that are still open must not be written any more. */
    @Override
    void close() throws IOException;

    /** Returns where the directory lies, for messages. */
    @Override
    String toString();
}
