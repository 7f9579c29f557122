package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys that must be absent after a restart, though the disk has not accepted a word about it yet. Written before anything else is. Keeps
 * at most some megabytes; what is more makes it one pending CLEAR of the whole store. Guarded by the append lock.
 */
final class PendingTombstones {
    private static final long BYTES_MAX = 4 << 20;
    /** What an entry takes on the heap beside its key, by estimate. */
    private static final int OVERHEAD_BYTES = 128;

    private final Set<ByteBuffer> keys = new LinkedHashSet<>();
    private long bytes;
    private boolean all;
    /** Volatile, so that anybody may ask. */
    private volatile boolean isEmpty = true;

    void add(byte[] key) {
        isEmpty = false;
        if (!all && keys.add(ByteBuffer.wrap(key.clone()))) {
            bytes += OVERHEAD_BYTES + key.length;
            if (bytes > BYTES_MAX) {
                addAll();
            }
        }
    }

    /** Everything must be absent. */
    void addAll() {
        clear();
        all = true;
        isEmpty = false;
    }

    /** Whether there is nothing to be written; for any thread. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Whether everything must be absent; then {@link #keys} is empty. */
    boolean isAll() {
        return all;
    }

    List<byte[]> keys() {
        var list = new ArrayList<byte[]>(keys.size());
        for (var key : keys) {
            var copy = new byte[key.remaining()];
            key.get(key.position(), copy);
            list.add(copy);
        }
        return list;
    }

    /** They are on disk, or a CLEAR is. */
    void clear() {
        keys.clear();
        bytes = 0;
        all = false;
        isEmpty = true;
    }
}
