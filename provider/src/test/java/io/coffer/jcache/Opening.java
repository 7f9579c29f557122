package io.coffer.jcache;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreOptions;
import java.util.List;

/**
 * A storage that lets a test have the stores that a cache opens.
 *
 * @param storage opens them
 * @param opened takes them
 */
record Opening(Storage storage, List<EntryStore> opened) implements Storage {
    @Override
    public EntryStore open(StoreOptions options) {
        var store = storage.open(options);
        opened.add(store);
        return store;
    }

    @Override
    public boolean delete(StoreOptions options) {
        return storage.delete(options);
    }
}
