package io.coffer.store.log;

import java.io.IOException;

/**
 * Has the head's file filled with zeros some way ahead of what is appended: its length and its blocks then change once for many records,
 * of which a sync else has to tell the file system each time. What is left of them is cut off when the segment is sealed. Guarded by the
 * append lock.
 */
final class RoomAhead {
    /** As much as there are bytes already, within these: a small store stays small, and no append waits long. */
    private static final int BYTES_MIN = 4 << 10;

    private static final int BYTES_MAX = 256 << 10;
    /** What is longer is not written twice. */
    private static final int APPEND_BYTES_MAX = 64 << 10;

    private RoomAhead() {}

    /** Makes sure that there is room for an append, unless the disk refuses; then whether there is any is seen when it is written. */
    static void keep(Segment head, int appendBytes) {
        var file = head.writer;
        int needed = head.end + appendBytes;
        if (needed <= head.reservedEnd || appendBytes > APPEND_BYTES_MAX || file == null) {
            return;
        }
        int ahead = Math.max(BYTES_MIN, Math.min(BYTES_MAX, head.end));
        int end = Math.min(head.capacity, (needed + ahead) & -BYTES_MIN);
        try {
            file.reserve(end);
            head.reservedEnd = end;
        } catch (IOException e) {
            head.reservedEnd = head.capacity; // once is enough
            LogMessages.LOG.log(System.Logger.Level.DEBUG, "No room could be made in " + head.name, e);
        }
    }
}
