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

    static final FuzzRecords PLAIN =
            new FuzzRecords(new PlainFraming(SALT, 1 << 16), LogFormat.HEADER_BYTES, new int[] {24, 100, 1 << 16});

    private final RecordFraming framing;
    private final int headerBytes;
    private final int[] windows;

    /** @param windows of which lengths they are */
    FuzzRecords(RecordFraming framing, int headerBytes, int[] windows) {
        this.framing = framing;
        this.headerBytes = headerBytes;
        this.windows = windows;
    }

    /** Returns whether there is a record. */
    boolean check(byte[] segment) throws IOException {
        var seen = scan(segment, windows[0]);
        for (int window : windows) {
            if (!scan(segment, window).equals(seen)) {
                throw new AssertionError(
                        "A window of " + window + " bytes sees other records than one of " + windows[0]);
            }
        }
        return !seen.isEmpty();
    }

    /** Returns the offsets of all records, and last where the scan ended. */
    private List<Long> scan(byte[] segment, int window) throws IOException {
        int start = Math.min(segment.length, headerBytes);
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
            requireSame(segment, scan.offset(), scan.record());
            offsets.add(scan.offset());
            found = scan.next();
        }
        return offsets;
    }

    private void requireSame(byte[] segment, long offset, LogRecord record) {
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
        if (framing instanceof SealedFraming) { // with another nonce
            var sealed = framing.read(again, 0, length, offset);
            if (sealed == null || !Samples.Said.of(sealed, offset).equals(Samples.Said.of(record, offset))) {
                throw new AssertionError("The record at " + offset + " is another one when it is written again");
            }
            return;
        }
        var read = Arrays.copyOfRange(segment, (int) offset, (int) offset + length);
        if (length != record.frameBytes() || checksum != record.checksum() || !Arrays.equals(read, again.array())) {
            throw new AssertionError("The record at " + offset + " has another encoding: " + record);
        }
    }
}
