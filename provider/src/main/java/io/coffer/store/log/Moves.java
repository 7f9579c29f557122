package io.coffer.store.log;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of segments went that are gone, so that a caller who knows a version by where it lay is not told that it was
 * replaced. Keeps the newest only, in some bytes for each entry of the store at most; who asks for an older one looks again. Guarded by
 * the append lock.
 */
final class Moves {
    private static final int RECORDS_MAX = 1 << 20;

    private final LinkedHashMap<Integer, Moved> byNumber = new LinkedHashMap<>();
    private long records;

    /** Remembers where the records of a segment went, if it was compacted. */
    void keep(Segment segment) {
        var moved = segment.moved;
        if (moved == null) {
            return;
        }
        byNumber.put(segment.number, moved);
        records += moved.count();
        var oldest = byNumber.values().iterator();
        while (records > RECORDS_MAX && oldest.hasNext()) {
            records -= oldest.next().count();
            oldest.remove();
        }
    }

    /** Returns where the records of a segment went that is gone, null if that is not known any more. */
    @Nullable
    Moved of(int number) {
        return byNumber.get(number);
    }

    /** The number is given to another segment. */
    void forget(int number) {
        var moved = byNumber.remove(number);
        records -= moved == null ? 0 : moved.count();
    }
}
