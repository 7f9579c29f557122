package io.coffer.store.log;

import org.jspecify.annotations.Nullable;

/** What a record says. Its code is on disk; 0 and 255 stand for no type, as bytes that were never written or erased read so. */
enum RecordType {
    /** A key has a value, until a deadline. */
    PUT(1, true, -1),
    /** A key has no value any more: a tombstone. */
    REMOVE(2, true, 0),
    /** No key of an earlier record has a value any more. */
    CLEAR(3, false, 0),
    /** A key's value has another deadline. */
    TOUCH(4, true, 0),
    /** All bytes before an offset had been synced. */
    SYNC(5, false, LogFormat.SYNC_VALUE_BYTES),
    /** The segment ends here; sums up what it holds. */
    FOOTER(6, false, LogFormat.FOOTER_VALUE_BYTES);

    private static final RecordType[] BY_CODE = {null, PUT, REMOVE, CLEAR, TOUCH, SYNC, FOOTER};

    final int code;
    private final boolean keyed;
    private final int valueBytes;

    RecordType(int code, boolean keyed, int valueBytes) {
        this.code = code;
        this.keyed = keyed;
        this.valueBytes = valueBytes;
    }

    /** Returns the type with a code, null if there is none. */
    static @Nullable RecordType of(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** Whether a record of this type may look so. */
    boolean allows(boolean shadow, int keyBytes, long valueBytes) {
        return (keyed || keyBytes == 0)
                && (this.valueBytes < 0 || this.valueBytes == valueBytes)
                && (!shadow || this == PUT);
    }

    /** Whether it changes what the store holds, and so has a sequence number of its own. */
    boolean isChange() {
        return this != SYNC && this != FOOTER;
    }
}
