package io.coffer.store.log;

import org.jspecify.annotations.Nullable;

/** How the records of a segment are framed and checked. A segment's header names it; a folder may hold segments of several. */
enum Suite {
    /** {@link PlainFraming}: readable bytes, CRC32C. */
    PLAIN(0, LogFormat.HEADER_BYTES);

    final int code;
    /** Length of a segment's header: the first record lies there. */
    final int headerBytes;

    Suite(int code, int headerBytes) {
        this.code = code;
        this.headerBytes = headerBytes;
    }

    /** Returns the suite with a code, null if this version knows none. */
    static @Nullable Suite of(int code) {
        return code == PLAIN.code ? PLAIN : null;
    }

    /** Returns the framing of one segment of this suite. */
    RecordFraming framing(SegmentHeader header, int recordBytesMax) {
        return switch (this) {
            case PLAIN -> new PlainFraming(header.salt(), recordBytesMax);
        };
    }
}
