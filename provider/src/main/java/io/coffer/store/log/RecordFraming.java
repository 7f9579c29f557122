package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How the records of one segment become bytes, and bytes records. Bound to the segment: a record is valid only in it, and only at its
 * offset.
 *
 * <p>Any thread may read. One thread at a time may write. Buffers may lie on the heap or outside, in any byte order; nothing here
 * moves their position. Offsets count from the beginning of the segment's file, indexes from the beginning of a buffer.
 */
interface RecordFraming {
    /** Bytes of a record that {@link #frameBytes} must see. */
    int headerBytes();

    /** Returns the length of a record. The caller makes sure that lengths do not exceed {@link #requireFits}. */
    int frameBytes(int keyBytes, int valueBytes);

    /** Refuses a key or value that is too long for any record, and says what is allowed. */
    void requireFits(int keyBytes, long valueBytes);

    /**
     * Writes a record and returns its checksum.
     *
     * @param offset where in the segment the record will lie
     * @param index where in the buffer it goes
     * @param expiresAtMillis of PUT and TOUCH the deadline or {@link LogFormat#ETERNAL}; of the others the store's clock
     */
    int write(
            ByteBuffer target,
            int index,
            long offset,
            RecordType type,
            boolean shadow,
            long sequence,
            long expiresAtMillis,
            byte[] key,
            byte[] value);

    /** Writes what was read elsewhere, with its sequence number and another deadline and mark, and returns its checksum. */
    int copy(ByteBuffer target, int index, long offset, LogRecord record, boolean shadow, long expiresAtMillis);

    /**
     * Returns how long the record at an index says it is, or -1 if there cannot be one: a type, flag or length that no record has, or
     * more bytes than the segment has left or a record may have. Believe it only after {@link #read}.
     *
     * @param bytesLeft in the segment from there on
     */
    int frameBytes(ByteBuffer source, int index, long bytesLeft);

    /**
     * Checks a record piece by piece, for who does not want to hold many bytes only because a damaged length says so.
     *
     * @param offset where in the segment the record lies
     * @param frameBytes how long it says it is, as {@link #frameBytes(ByteBuffer, int, long)} has returned; the segment has as many
     * @param piece what is read at once, of at least {@link #headerBytes}; its content is lost
     * @return whether its checksum is right: then {@link #read} returns it, unless somebody has made it who did not have the key
     */
    boolean isIntact(SegmentBytes bytes, long offset, int frameBytes, ByteBuffer piece) throws IOException;

    /**
     * Reads and checks the record at an index. It may look into the buffer, which must not change while it is used.
     *
     * @param length bytes in the buffer from there on, of which the record may use fewer
     * @return null if no valid record of this segment and offset lies there in full
     */
    @Nullable
    LogRecord read(ByteBuffer source, int index, int length, long offset);

    /**
     * Likewise the record with which a buffer begins, for who wants the entry that is in it, and nothing else: a framing that knows by
     * better means that a record is genuine need not look at its checksum.
     *
     * @param place where it works, and what it returns lies, until that is used again
     */
    @Nullable
    LogRecord read(ByteBuffer source, int length, long offset, ReadBuffers.Place place);
}
