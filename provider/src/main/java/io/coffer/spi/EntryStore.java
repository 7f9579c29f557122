package io.coffer.spi;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The durable entries of one cache: encoded keys and values, each with a deadline. Knows nothing of JCache.
 *
 * <p>What an implementation promises; the numbers are those of {@code EntryStoreContract}, the test that each must pass.
 *
 * <ol>
 *   <li><b>What is written is there.</b> After a write has returned a stamp, {@link #find}, {@link #read} and {@link #scan} show that
 *       version and no older one, to all threads, until it is replaced, removed or cleared, or its deadline has passed.
 *   <li><b>It survives</b> {@link #close} and opening again, and the death of the process, with its deadline; a power failure as far as
 *       the store was told to see to it. A removal and a clear survive likewise: nothing older comes back.
 *   <li><b>Versions have stamps</b>, more than 0. A change names the stamp it replaces, {@link #ABSENT} or {@link #ANY}. If that is not
 *       what is there, the store changes nothing and answers that the change was lost ({@link #LOST}, or false); the caller looks again
 *       and decides again. A store may call a change lost though nobody else has written, but not again and again.
 *   <li><b>A change that throws</b> has not changed what the other methods show. After a restart the old or the new version may be
 *       there if the kind is {@link StoreException.Kind#FAILED}; else the old one is.
 *   <li><b>Deadlines</b> are kept to the millisecond and measured by {@link #clock()}, which never goes back, also not over a restart. The
 *       store shows an entry whose deadline has passed as long as it likes: whoever asks compares. It may drop such an entry at any
 *       time; then nothing older comes back.
 *   <li><b>A key is its bytes.</b> Keys may have any length from 0 to 65,535, values from 0 to the bound of the store; what is larger is
 *       refused with {@link StoreException.Kind#TOO_LARGE}.
 *   <li><b>No interrupt</b> of a calling thread stops or fails a call; it stays pending.
 *   <li><b>Arrays</b> given are read before the call returns and never changed; arrays returned belong to the caller.
 *   <li><b>What expires can be seen before it goes</b>, by who says so with {@link #keepExpired}, if the store can do that: from then on
 *       an entry that expires stays until it is removed, written or cleared, and {@link #expired} returns its key again and again. Not
 *       returned are those that had expired when the store was opened. An entry may go unseen all the same if it cannot be read, if
 *       room is wanted and there is none, or if {@link #expired} was not called for ten minutes.
 * </ol>
 *
 * <p>Safe for use by all threads. Callers never run two changes of the same key at once, except {@link #clear}, which may meet
 * anything, and {@link #touch}; reads may meet anything. After {@link #close} every call but a second close is an
 * {@link IllegalStateException}; calls that run meanwhile end normally or with that.
 */
public interface EntryStore extends AutoCloseable {
    /** The deadline of an entry that never expires. */
    long ETERNAL = Long.MAX_VALUE;

    /** Instead of a stamp: there must be no entry, expired or not. */
    long ABSENT = 0;

    /** Instead of a stamp: whatever there is, or is not. */
    long ANY = -1;

    /** Instead of a new stamp: the change was not made, since there was something else than expected. */
    long LOST = 0;

    /**
     * Returns the stamp and the deadline of an entry, expired or not, or null if there is none. Reads nothing from disk if the store
     * can help it; it may then take a damaged entry for a good one.
     */
    @Nullable
    StoredState find(byte[] key);

    /**
     * Reads an entry, expired or not; null if there is none.
     *
     * @throws StoreException of kind {@link StoreException.Kind#DAMAGED DAMAGED} or {@link StoreException.Kind#TAMPERED TAMPERED} if it is
     *     there but cannot be trusted any more, and then {@link #invalidate} is what helps; or {@link StoreException.Kind#FAILED FAILED} if the disk refuses
     */
    @Nullable
    StoredEntry read(byte[] key);

    /**
     * Writes an entry. Returns when it is as safe as the store was told to make it.
     *
     * @param expectedStamp what it replaces: a stamp, {@link #ABSENT} or {@link #ANY}
     * @param expiresAtMillis its deadline in milliseconds since 1970, or {@link #ETERNAL}
     * @return the new stamp, or {@link #LOST}
     * @throws StoreException if it cannot be written
     */
    long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis);

    /**
     * Writes many entries, of different keys, as {@link #write} does each, but faster. Not atomic.
     *
     * @return the new stamp of each in order, or {@link #LOST}
     * @throws StoreException if one cannot be written; then all of them have failed, as by number 4
     */
    long[] writeAll(List<StoreWrite> writes);

    /**
     * Removes an entry. That one which has expired was removed need not be written: it is expired for ever.
     *
     * @return false if there was something else than expected; true if there is no entry now
     * @throws StoreException if that cannot be written
     */
    boolean remove(byte[] key, long expectedStamp);

    /**
     * Gives an entry another deadline.
     *
     * @param stamp which version; it keeps that stamp
     * @return false if there is another version or none
     * @throws StoreException if that cannot be written
     */
    boolean touch(byte[] key, long stamp, long expiresAtMillis);

    /**
     * Makes an entry absent, whatever it takes: for one that could not be written or read. Never fails. If the disk refuses, the entry is
     * absent to all other methods at once, and on disk as soon as the disk accepts anything.
     */
    void invalidate(byte[] key);

    /**
     * Removes all entries, in one moment and with little work.
     *
     * @throws StoreException if that cannot be written
     */
    void clear();

    /** Returns a cursor over all entries. */
    StoreCursor scan();

    /**
     * Tells the store whether somebody wants to see what expires before it goes, by number 9; at first nobody does.
     *
     * @return false if the store cannot do that; then {@link #expired} returns nothing
     */
    default boolean keepExpired(boolean kept) {
        return false;
    }

    /**
     * Returns the keys of some entries whose deadline has passed and that are still there. A call does a bounded share of work, so an
     * empty list does not say that there are none. Calls go round: no key is returned again before all others had their turn. For
     * one caller at a time, who may well be late: an entry may have been written again when he looks.
     *
     * @param most how many keys at most, more than 0
     */
    default List<byte[]> expired(int most) {
        return List.of();
    }

    /** Counts the entries; those that have expired may be among them. */
    long size();

    /** Returns the time that deadlines are measured by. */
    InstantSource clock();

    /** Reads the counters. */
    StoreCounters counters();

    /** Returns what can be done about the keys of the store, null if it is not encrypted. */
    default @Nullable StoreKeys keys() {
        return null;
    }

    /**
     * Returns when everything that was written before is safe from a power failure.
     *
     * @throws StoreException if the disk fails; then it is unknown what is safe
     */
    void sync();

    /**
     * Syncs and lets go of all files, and of the folder. Closing it twice is the same as once.
     *
     * @throws StoreException if not everything is safe; it is closed all the same
     */
    @Override
    void close();
}
