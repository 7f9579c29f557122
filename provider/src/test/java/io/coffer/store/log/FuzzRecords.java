package io.coffer.store.log;

import io.coffer.store.log.SegmentScan.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scans made-up records, looking behind damage, with windows of several lengths, which must all see the same. */
final class FuzzRecords {
    /** Of the golden segment, which so is a seed. */
    static final int SALT = Samples.HEADER.salt();

    private static final int RECORD_BYTES_MAX = 1 << 16;
    private static final int[] WINDOWS = {24, 100, 1 << 16};

    private FuzzRecords() {}

    /** Returns whether there is a record. */
    static boolean check(byte[] segment) throws IOException {
        var seen = scan(segment, WINDOWS[0]);
        for (int window : WINDOWS) {
            if (!scan(segment, window).equals(seen)) {
                throw new AssertionError(
                        "A window of " + window + " bytes sees other records than one of " + WINDOWS[0]);
            }
        }
        return !seen.isEmpty();
    }

    /** Returns the offsets of all records, and last where the scan ended. */
    private static List<Long> scan(byte[] segment, int window) throws IOException {
        int start = Math.min(segment.length, LogFormat.HEADER_BYTES);
        var framing = new PlainFraming(SALT, RECORD_BYTES_MAX);
        var scan = new SegmentScan(
                (target, offset) -> target.put(segment, (int) offset, target.remaining()),
                framing,
                start,
                segment.length,
                window);
        List<Long> offsets = new ArrayList<>();
        long end = start;
        var found = scan.next();
        while (found == Found.RECORD || (found == Found.DAMAGE && scan.resync(0, LogFormat.U48_MAX))) {
            if (scan.offset() < end) {
                throw new AssertionError(
                        "The record at " + scan.offset() + " begins before the end of another, " + end);
            }
            end = scan.offset() + scan.record().frameBytes();
            requireSame(segment, scan.offset(), scan.record(), framing);
            offsets.add(scan.offset());
            found = scan.next();
        }
        return offsets;
    }

    private static void requireSame(byte[] segment, long offset, LogRecord record, RecordFraming framing) {
        int length = framing.frameBytes(record.keyBytes(), record.valueBytes());
        var again = ByteBuffer.allocate(length);
        int checksum = framing.write(
                again,
                0,
                offset,
                record.type(),
                record.shadow(),
                record.sequence(),
                record.expiresAtMillis(),
                record.key(),
                record.value());
        var read = Arrays.copyOfRange(segment, (int) offset, (int) offset + length);
        if (length != record.frameBytes() || checksum != record.checksum() || !Arrays.equals(read, again.array())) {
            throw new AssertionError("The record at " + offset + " has another encoding: " + record);
        }
    }
}
