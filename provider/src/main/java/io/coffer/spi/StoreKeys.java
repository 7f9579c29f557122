package io.coffer.spi;

/**
 * What can be done about the keys of an encrypted store while it is open. Safe for use by several threads; after the store was closed every
 * call is an {@link IllegalStateException}.
 */
public interface StoreKeys {
    /** Returns the id of the outer key that opens the store now. */
    String outerKeyId();

    /**
     * Wraps the store's root key by what is the outer key of today: one small file is written anew, no entry. When this has returned, the
     * outer key that was before is not needed any more; older copies of that file it still opens.
     *
     * @throws StoreException of kind {@link StoreException.Kind#KEY KEY} if the outer key cannot be had, or {@link
     *     StoreException.Kind#FAILED FAILED} if the disk refuses: then either outer key may be the one that opens the store
     */
    void renewOuterKey();

    /**
     * Makes a new key for everything that is written from now on. What was written before moves by and by, beside other work; when nothing
     * needs the old key any more, it is destroyed.
     *
     * @throws StoreException of kind {@link StoreException.Kind#FAILED FAILED} if the disk refuses; it may be tried again
     */
    void renewStoreKey();

    /** Counts the files of entries that are still to be moved, be they encrypted with an older key or not at all; 0 when all is done. */
    int outdatedSegments();

    /** Counts those of them that are not encrypted at all: of a store that was in the clear when it was opened with keys. */
    int plainSegments();
}
