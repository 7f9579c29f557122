package io.coffer.store.log;

/**
 * The numbers of the log store's files. Do not change: on disk. Their meaning stands in docs/file-format.md, and only there.
 *
 * <p>In memory an eternal deadline is {@link #ETERNAL}, on disk it is {@link #DISK_ETERNAL}; both are the greatest of their kind,
 * so that deadlines compare as plain numbers.
 */
final class LogFormat {
    static final int MAJOR = 1;
    static final int MINOR = 0;

    /** Length of the head that every file begins with; its last four bytes are its checksum. */
    static final int HEADER_BYTES = 64;

    /** "CFSEG", CR LF, end of file: a copy in text mode is noticed. */
    static final long SEGMENT_MAGIC = 0x1A0A_0D47_4553_4643L;
    /** "CFMAN", likewise. */
    static final long MANIFEST_MAGIC = 0x1A0A_0D4E_414D_4643L;
    /** "CFHIN", likewise. */
    static final long HINT_MAGIC = 0x1A0A_0D4E_4948_4643L;
    /** "CFKEY", likewise. */
    static final long KEYS_MAGIC = 0x1A0A_0D59_454B_4643L;
    /** "CFSTO", likewise. */
    static final long STORE_MAGIC = 0x1A0A_0D4F_5453_4643L;

    static final int CHECKSUM_BYTES = 4;
    static final int RECORD_HEADER_BYTES = 24;
    static final int MANIFEST_LINE_BYTES = 48;
    static final int SEALED_MANIFEST_LINE_BYTES = 96;

    /** Length of a sealed segment's header: behind the head salt, commitment and a checksum. */
    static final int SEALED_HEADER_BYTES = HEADER_BYTES + 32 + 32 + CHECKSUM_BYTES;
    /** What a sealed record takes beside its key and value: 24 before the ciphertext, 16 in it, 16 for the tag. */
    static final int SEALED_RECORD_BYTES = 56;

    static final int HINT_BYTES = 32;
    static final int SYNC_VALUE_BYTES = 8;
    static final int FOOTER_VALUE_BYTES = 32;

    static final int KEY_BYTES_MAX = 0xFFFF;
    static final int DESCRIPTION_BYTES_MAX = 0xFFFF;
    /** Offsets have 28 bits. */
    static final int SEGMENT_BYTES_MAX = 1 << 28;
    /** Of all segments, if each has one of its own, and of those to come. */
    static final int KEYS_MAX = (1 << 20) + (1 << 10);
    /** The index numbers segments with 20 bits. */
    static final int SEGMENTS_MAX = 1 << 20;

    /** The greatest number of six bytes: of a sequence number and of a segment's id. */
    static final long U48_MAX = (1L << 48) - 1;

    static final long ETERNAL = Long.MAX_VALUE;
    static final long DISK_ETERNAL = U48_MAX;

    private LogFormat() {}

    /**
     * Returns a deadline as six bytes hold it. One that is too far becomes the last that is not eternal (year 10889), one before
     * 1970 becomes 1970: never later than asked.
     */
    static long deadlineToDisk(long expiresAtMillis) {
        return expiresAtMillis == ETERNAL ? DISK_ETERNAL : Math.max(0, Math.min(expiresAtMillis, DISK_ETERNAL - 1));
    }

    static long deadlineFromDisk(long disk) {
        return disk == DISK_ETERNAL ? ETERNAL : disk;
    }
}
