package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the records of a segment, and tells where and how they end. One thread at a time.
 *
 * <p>A scan cannot know whether bytes are torn or rotten; it says that at an offset there is no record. Who scans decides: a SYNC
 * found after {@link #resync} that covers the offset, or a manifest that lists the segment as sealed, makes it rot.
 */
final class SegmentScan {
    /** What {@link #next} met. */
    enum Found {
        /** A record; {@link #record} returns it. */
        RECORD,
        /** The end of the bytes, directly after a record. */
        END,
        /** Zeros up to the end: blocks that were reserved and not written, or were lost. */
        BLANK,
        /** Bytes that are no record. */
        DAMAGE
    }

    /** So many bytes a resync may checksum for each byte that it looks at: keeps it linear whatever the bytes are. */
    private static final int EFFORT = 8;

    private final SegmentBytes bytes;
    private final int windowBytes;
    private final SegmentWindow window;
    private final RecordFraming framing;
    private final long end;

    private long offset;
    /** Where the zeros begin that go on to the end; -1 if nobody has asked yet. */
    private long blankFrom = -1;

    private @Nullable LogRecord record;
    /** Only for records that are longer than the window. */
    private @Nullable ByteBuffer piece;

    /**
     * @param start where to begin; the first record lies behind the header
     * @param end where the bytes end; what lies behind does not count
     * @param windowBytes how much to read at once; a longer record makes it grow, but only when its checksum has proved right
     */
    SegmentScan(SegmentBytes bytes, RecordFraming framing, long start, long end, int windowBytes) {
        this.bytes = bytes;
        this.windowBytes = windowBytes;
        this.window = new SegmentWindow(bytes, end, windowBytes);
        this.framing = framing;
        this.offset = start;
        this.end = end;
    }

    /** Steps over the record found before, if any, and looks at what comes then. */
    Found next() throws IOException {
        if (record != null) {
            offset += record.frameBytes();
            record = null;
        }
        if (offset == end) {
            return Found.END;
        }
        record = recordAt(offset, end - offset);
        if (record != null) {
            return Found.RECORD;
        }
        return offset >= blankFrom() ? Found.BLANK : Found.DAMAGE;
    }

    private long blankFrom() throws IOException {
        if (blankFrom < 0) {
            blankFrom = window.blankFrom(offset);
        }
        return blankFrom;
    }

    /**
     * Looks for the next record after damage, byte by byte. If there is one, {@link #record} returns it, and {@link #next} goes on behind
     * it. If there is none, or looking on would cost too much, the scan stays where the damage begins.
     *
     * @param sequenceMin least sequence number that a record there can have; one by chance, of many tries, would hardly lie within
     * @param sequenceMax greatest
     */
    boolean resync(long sequenceMin, long sequenceMax) throws IOException {
        long effort = EFFORT * (end - offset);
        long last = Math.min(end - framing.headerBytes(), blankFrom());
        for (long at = offset + 1; at <= last; at++) {
            int length = lengthAt(at);
            if (length >= 0) {
                effort -= length;
                if (effort < 0) {
                    return false;
                }
                var candidate = recordAt(at, length);
                if (candidate != null && candidate.sequence() >= sequenceMin && candidate.sequence() <= sequenceMax) {
                    record = candidate;
                    offset = at;
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the bytes that are no record have the right checksum: then nobody has made them who had the key. */
    boolean isTampered() throws IOException {
        int length = record != null || end - offset < framing.headerBytes() ? -1 : lengthAt(offset);
        return length >= 0 && isIntact(offset, length);
    }

    private @Nullable LogRecord recordAt(long at, long bytesLeft) throws IOException {
        int length = bytesLeft < framing.headerBytes() ? -1 : lengthAt(at);
        if (length < 0 || (length > windowBytes && !isIntact(at, length))) {
            return null;
        }
        int index = window.indexOf(at, length);
        return framing.read(window.buffer(), index, length, at);
    }

    private boolean isIntact(long at, int length) throws IOException {
        var held = piece == null ? ByteBuffer.allocate(Math.max(windowBytes, framing.headerBytes())) : piece;
        piece = held;
        return framing.isIntact(bytes, at, length, held);
    }

    private int lengthAt(long at) throws IOException {
        int index = window.indexOf(at, framing.headerBytes());
        return framing.frameBytes(window.buffer(), index, end - at);
    }

    /** Whether {@link #next} finds the next record in memory, so that those found before stay valid. */
    boolean hasNextAtHand() {
        long at = record == null ? offset : offset + record.frameBytes();
        if (at + framing.headerBytes() > end || !window.holds(at, framing.headerBytes())) {
            return false;
        }
        int length = framing.frameBytes(window.buffer(), window.index(at), end - at);
        return length >= 0 && window.holds(at, length);
    }

    /** The record found last. Valid until the scan moves on. */
    LogRecord record() {
        if (record == null) {
            throw new IllegalStateException("No record was found at offset " + offset);
        }
        return record;
    }

    /** Where the record lies, or the damage or the zeros begin, or the end is. */
    long offset() {
        return offset;
    }
}
