package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreOptions;

/** Opens logs in folders as {@link LogStorage} does, but with segments so small that a test fills many. */
public final class SmallLogStorage implements Storage {
    private static final int SEGMENT_BYTES_MIN = 48 << 10;
    private static final int SEGMENT_BYTES_MAX = 128 << 10;

    private final Storage logs = new LogStorage(SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX);

    @Override
    public EntryStore open(StoreOptions options) {
        return logs.open(options);
    }

    @Override
    public boolean delete(StoreOptions options) {
        return logs.delete(options);
    }
}
