package io.coffer.store.log;

import io.coffer.store.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Ends segments: cut behind the last record, synced, a footer, synced again. A footer therefore says that everything before it was
 * synced. Segments are sealed in the order of their ids, and so are their first syncs: who finds one that was synced knows that all
 * before it were.
 *
 * <p>The segment counts as sealed when a manifest says so, which the caller writes. No state; for one thread per segment.
 */
final class HeadSealer {
    private static final byte[] NO_KEY = {};

    private HeadSealer() {}

    /**
     * Seals a segment whose last record ends at an offset.
     *
     * @param file the segment, which stays open
     * @param end where the last record ends; what lies behind, if anything, is cut off
     * @param summary of the records
     * @param lastSequence the last sequence number that was given out
     * @param clockMillis the store's clock
     * @return what the manifest is to say of the segment
     * @throws IOException if the segment is not sealed, or nobody knows; nothing may be appended to it in either case
     */
    static ManifestLine seal(
            WritableFile file,
            SegmentHeader header,
            int end,
            SegmentSummary summary,
            long lastSequence,
            long clockMillis)
            throws IOException {
        var framing = header.suite().framing(header, header.suite().footerBytes());
        var footer = ByteBuffer.allocate(framing.frameBytes(0, LogFormat.FOOTER_VALUE_BYTES));
        int checksum = framing.write(
                footer, 0, end, RecordType.FOOTER, false, lastSequence, clockMillis, NO_KEY, summary.encode());
        file.truncate(end);
        file.sync();
        file.write(end, footer.array(), 0, footer.capacity());
        file.sync();
        return ManifestLine.sealed(header, end + footer.capacity(), summary, checksum);
    }
}
