package io.coffer.jcache;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreOptions;

/**
 * Where the store of a cache is, or may be, and what opens it.
 *
 * @param storage of its kind
 * @param options what the storage must know
 */
record StorePlace(Storage storage, StoreOptions options) {

    /** Opens the store; throws as {@link Storage#open} does. */
    EntryStore open() {
        return storage.open(options);
    }

    /** Deletes the store; throws as {@link Storage#delete} does. */
    boolean delete() {
        return storage.delete(options);
    }

    /** Returns what to throw where nobody has said that a store in use is no harm: it tells the ways out. */
    static StoreException inUse(StoreException refusal) {
        return new StoreException(
                StoreException.Kind.LOCKED,
                refusal.getMessage()
                        + " Stop that one, give one of both another \"directory\", or set \"onLocked\": \"memory\".",
                refusal);
    }
}
