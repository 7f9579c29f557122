package io.coffer.store.log;

import org.jspecify.annotations.Nullable;

/** How the records of a segment are framed and checked. A segment's header names it; a folder may hold segments of several. */
enum Suite {
    /** {@link PlainFraming}: readable bytes, CRC32C. */
    PLAIN(0, LogFormat.HEADER_BYTES, LogFormat.RECORD_HEADER_BYTES),
    /** {@link SealedFraming}: AES-256-GCM, with a CRC32C around it. */
    SEALED(1, LogFormat.SEALED_HEADER_BYTES, LogFormat.SEALED_RECORD_BYTES);

    private static final Suite[] BY_CODE = {PLAIN, SEALED};

    final int code;
    /** Length of a segment's header: the first record lies there. */
    final int headerBytes;
    /** What a record takes beside its key and value. */
    final int recordBytes;

    Suite(int code, int headerBytes, int recordBytes) {
        this.code = code;
        this.headerBytes = headerBytes;
        this.recordBytes = recordBytes;
    }

    /** Returns the suite with a code, null if this version knows none. */
    static @Nullable Suite of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** What a footer takes; a segment's records must leave so much room below {@link LogFormat#SEGMENT_BYTES_MAX}. */
    int footerBytes() {
        return recordBytes + LogFormat.FOOTER_VALUE_BYTES;
    }

    /** What a segment must hold beside its header and its records: a SYNC before an append, and a footer. */
    int besideRecordsBytes() {
        return recordBytes + LogFormat.SYNC_VALUE_BYTES + footerBytes();
    }

    /** What a segment must hold beside its records. */
    int overheadBytes() {
        return headerBytes + besideRecordsBytes();
    }

    /** Returns the framing of one segment of this suite. */
    RecordFraming framing(SegmentHeader header, int recordBytesMax) {
        return switch (this) {
            case PLAIN -> new PlainFraming(header.salt(), recordBytesMax);
            case SEALED -> new SealedFraming(header.salt(), header.requireSeal(), recordBytesMax);
        };
    }
}
