package io.coffer.spi;

/** The store on the heap keeps the contract, so that the contract can be kept. */
class HeapStoreTest extends EntryStoreContract {
    private final HeapStorage storage = new HeapStorage();

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public FailingWrites failingWrites() {
        return failing(storage);
    }

    static FailingWrites failing(HeapStorage storage) {
        return new FailingWrites() {
            @Override
            public StoreException.Kind kind() {
                return StoreException.Kind.FULL;
            }

            @Override
            public void begin() {
                storage.faults().failWrites(kind());
            }

            @Override
            public void end() {
                storage.faults().failWrites(null);
            }
        };
    }
}
