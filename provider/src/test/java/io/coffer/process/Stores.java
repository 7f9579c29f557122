package io.coffer.process;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.Recovery;
import io.coffer.spi.Storage;
import io.coffer.spi.StoreOptions;
import io.coffer.store.log.Encrypted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** How the tests of this package open stores: for bytes, by the clock of the machine, and with nothing damaged forgiven. */
final class Stores {
    /** The class of the log store's storage. */
    static final String LOG = "io.coffer.store.log.LogStorage";

    /** The same with small segments. */
    static final String SMALL_LOG = "io.coffer.store.log.SmallLogStorage";

    private Stores() {}

    /** Options whose sync interval is so short that a test meets many. */
    static StoreOptions options(Path folder, Durability durability) {
        return options(folder, durability, "a test");
    }

    static StoreOptions options(Path folder, Durability durability, String holder) {
        return new StoreOptions(
                "c",
                folder,
                holder,
                "bytes",
                durability,
                Duration.ofMillis(50),
                Recovery.STRICT,
                1 << 20,
                Long.MAX_VALUE,
                false,
                0,
                Encrypted.ENCRYPTION,
                InstantSource.system());
    }

    /** Opens a store of a kind that is known by its class, as a child process has to. */
    static EntryStore open(String storage, StoreOptions options) {
        try {
            return ((Storage) Class.forName(storage).getConstructor().newInstance()).open(options);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("No storage " + storage, e);
        }
    }
}
