package io.coffer.tier;

import io.coffer.spi.StoreCursor;
import io.coffer.spi.StoredEntry;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one store that are open. An iterator of JCache cannot be closed, so a caller may leave one half-way; its cursor is closed
 * when the next one is opened, or with the store. Safe for use by several threads.
 */
final class OpenCursors {
    private final ReferenceQueue<Object> left = new ReferenceQueue<>();
    private final Set<Held> open = ConcurrentHashMap.newKeySet();

    /** Opens a cursor that closes itself when its reader is gone; the cursor must not know the reader. */
    StoreCursor open(Object reader, Supplier<StoreCursor> cursor) {
        for (Reference<?> gone = left.poll(); gone != null; gone = left.poll()) {
            ((Held) gone).close();
        }
        var held = new Held(reader, cursor.get());
        open.add(held);
        return new Closing(held);
    }

    /** Closes all. */
    void close() {
        open.forEach(Held::close);
    }

    /** A cursor and the reader it is held for. */
    private final class Held extends PhantomReference<Object> {
        private final StoreCursor cursor;

        Held(Object reader, StoreCursor cursor) {
            super(reader, left);
            this.cursor = cursor;
        }

        void close() {
            open.remove(this);
            cursor.close();
        }
    }

    /** What the reader gets. */
    private record Closing(Held held) implements StoreCursor {

        @Override
        public @Nullable StoredEntry next() {
            return held.cursor.next();
        }

        @Override
        public void close() {
            held.close();
        }
    }
}
