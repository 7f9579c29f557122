package io.coffer.store.log;

import io.coffer.spi.EntryStoreContract;
import io.coffer.spi.FailingWrites;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreException;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;

/** The log store keeps the contract, on a disk that is full when the test says so. */
class LogContractTest extends EntryStoreContract {
    /** A record of the largest size must fit. */
    private static final int SEGMENT_BYTES = 1 << 18;

    private final SimulatedStorage storage = new SimulatedStorage(SEGMENT_BYTES);

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public FailingWrites failingWrites() {
        return new FailingWrites() {
            @Override
            public StoreException.Kind kind() {
                return StoreException.Kind.FULL;
            }

            @Override
            public void begin() {
                for (var files : storage.folders()) {
                    files.faults().from(Call.WRITE, 1, Failure.NO_SPACE);
                    files.faults().from(Call.CREATE, 1, Failure.NO_SPACE);
                }
            }

            @Override
            public void end() {
                storage.folders().forEach(files -> files.faults().none());
            }
        };
    }
}
