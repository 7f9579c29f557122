package io.coffer.spi;

import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through the entries of a {@link HeapStore}. */
final class HeapCursor implements StoreCursor {
    private final Iterator<StoredEntry> entries;
    private final HeapFaults faults;
    private final Consumer<HeapCursor> closed;

    /** @param closed hears of it when nobody needs the cursor any more */
    HeapCursor(Iterator<StoredEntry> entries, HeapFaults faults, Consumer<HeapCursor> closed) {
        this.entries = entries;
        this.faults = faults;
        this.closed = closed;
    }

    @Override
    public @Nullable StoredEntry next() {
        faults.beforeRead();
        return entries.hasNext() ? HeapStore.copy(entries.next()) : null;
    }

    @Override
    public void close() {
        closed.accept(this);
    }
}
