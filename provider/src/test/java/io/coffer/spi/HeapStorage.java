package io.coffer.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores on the heap, for tests of what stands on a store: they survive being closed and opened again as long as this object lives, fail
 * when they are told to, and are the simplest thing that keeps the promises of {@link EntryStore}.
 */
public final class HeapStorage implements Storage {
    private final Map<Path, HeapStore.Content> contents = new ConcurrentHashMap<>();
    private final Map<Path, String> holders = new ConcurrentHashMap<>();
    private final HeapFaults faults = new HeapFaults();

    /** Returns what decides which calls fail. */
    public HeapFaults faults() {
        return faults;
    }

    @Override
    public HeapStore open(StoreOptions options) {
        var holder = holders.putIfAbsent(options.folder(), options.holder());
        if (holder != null) {
            throw new StoreException(
                    StoreException.Kind.LOCKED,
                    "Cache \"" + options.cacheName() + "\": its store is in use by " + holder + "; close it there");
        }
        var content = contents.compute(
                options.folder(),
                (folder, known) -> known == null || known.stamps().get() == 0
                        ? new HeapStore.Content(options.description())
                        : known);
        if (!content.description().equals(options.description())) {
            holders.remove(options.folder());
            throw new StoreException(
                    StoreException.Kind.MISMATCH,
                    "Cache \"" + options.cacheName() + "\": its store holds \"" + content.description()
                            + "\", wanted is \"" + options.description() + "\"");
        }
        return new HeapStore(content, options, faults, () -> holders.remove(options.folder()));
    }

    @Override
    public boolean delete(StoreOptions options) {
        var holder = holders.get(options.folder());
        if (holder != null) {
            throw new StoreException(
                    StoreException.Kind.LOCKED,
                    "Cache \"" + options.cacheName() + "\": its store is in use by " + holder + "; close it there");
        }
        return contents.remove(options.folder()) != null;
    }
}
