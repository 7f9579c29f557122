package io.coffer.store.log;

import io.coffer.spi.EntryStoreContract;
import io.coffer.spi.Storage;

/** The log store keeps the contract on the real disk, with its own thread. */
class LogStorageTest extends EntryStoreContract {
    @Override
    public Storage storage() {
        return new LogStorage();
    }
}
