package io.coffer.clients;

import io.coffer.spi.EntryStoreContract;
import io.coffer.spi.HeapStorage;
import io.coffer.spi.Storage;

/** The contract of stores can be extended outside of Coffer: its jar has all that it needs. */
final class StoreContractTest extends EntryStoreContract {
    private final Storage storage = new HeapStorage();

    @Override
    public Storage storage() {
        return storage;
    }
}
