package io.coffer.spi;

/**
 * Opens and deletes the stores of one kind: the door behind {@code "store": "…"} in {@code coffer.json}. Keeps no state between calls
 * and is safe for use by several threads.
 */
public interface Storage {

    /**
     * Opens the store of a cache, and makes it if there is none.
     *
     * @throws StoreException of kind {@link StoreException.Kind#LOCKED LOCKED} if somebody has it open, naming who and since when; of kind
     *     {@link StoreException.Kind#MISMATCH MISMATCH} if it may hold entries of other types or codecs, naming both (one that was never written to takes the new
     *     description); of kind
     *     {@link StoreException.Kind#DAMAGED DAMAGED} if it cannot be opened as wanted; of kind {@link StoreException.Kind#FAILED
     *     FAILED} or {@link StoreException.Kind#FULL FULL} if the disk refuses
     */
    EntryStore open(StoreOptions options);

    /**
     * Deletes the store of a cache, which must be closed.
     *
     * @return false if there was none
     * @throws StoreException of kind {@link StoreException.Kind#LOCKED LOCKED} if somebody has it open; of kind
     *     {@link StoreException.Kind#FAILED FAILED} if something could not be deleted
     */
    boolean delete(StoreOptions options);
}
