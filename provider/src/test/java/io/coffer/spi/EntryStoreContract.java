package io.coffer.spi;

import io.coffer.testing.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promises of {@link EntryStore} and {@link Storage} as tests. Who writes a store extends this class and says which storage it is;
 * the tests stand in the interfaces, one for each numbered promise, and are inherited.
 *
 * <pre>{@code
 * class MyStoreTest extends EntryStoreContract {
 *     @Override
 *     public Storage storage() {
 *         return new MyStorage();
 *     }
 * }
 * }</pre>
 */
public abstract class EntryStoreContract
        implements Promise1Visible,
                Promise2Survives,
                Promise3Stamps,
                Promise4Failures,
                Promise5Deadlines,
                Promise6Keys,
                Promise7Interrupts,
                Promise8Arrays,
                Promise9Expired,
                PromiseOfCursors,
                PromiseOfStorage {
    private static final int RECORD_BYTES_MAX = 200_000;

    private final FakeClock clock = new FakeClock();
    private @Nullable Path folder;
    private @Nullable EntryStore store;

    /** Returns the storage under test: the same each time, or another one that finds what the one before has opened and left. */
    @Override
    public abstract Storage storage();

    /** Returns what makes writes fail; null, as long as nobody overrides it, if nothing can, and such tests are then skipped. */
    @Override
    public @Nullable FailingWrites failingWrites() {
        return null;
    }

    /** Returns the options of each store; overridden by who wants others. The folder exists and is empty at first. */
    protected StoreOptions options(Path emptyFolder, FakeClock wallClock) {
        return new StoreOptions(
                "contract",
                emptyFolder,
                "the contract test",
                "bytes",
                Durability.NONE,
                Duration.ofSeconds(1),
                Recovery.POINT_IN_TIME,
                RECORD_BYTES_MAX,
                Long.MAX_VALUE,
                false,
                0,
                null,
                wallClock);
    }

    @BeforeEach
    final void openStore(@TempDir Path emptyFolder) {
        folder = emptyFolder;
        store = storage().open(options());
    }

    @AfterEach
    final void closeStore() {
        Thread.interrupted();
        if (store != null) {
            store.close();
        }
    }

    @Override
    public final EntryStore store() {
        return store;
    }

    @Override
    public final EntryStore reopen() {
        store.close();
        store = storage().open(options());
        return store;
    }

    @Override
    public final StoreOptions options() {
        return options(folder, clock);
    }

    @Override
    public final FakeClock clock() {
        return clock;
    }
}
