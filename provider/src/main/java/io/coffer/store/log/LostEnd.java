package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;

/** Seals a segment whose last records were lost by a failed sync: as opening the store would do it. No state. */
final class LostEnd {
    private static final int WINDOW_BYTES = 64 << 10;

    private LostEnd() {}

    /**
     * Cuts the segment where it was synced last, and gives it a footer. Nobody may need what lies behind any more.
     *
     * @return what the manifest is to say of it
     * @throws IOException if it is not sealed, or nobody knows; what was synced is there all the same
     */
    static ManifestLine seal(Files files, Segment segment, long clockMillis) throws IOException {
        var summary = summary(segment);
        try (var file = files.openForWriting(segment.name)) {
            return HeadSealer.seal(file, segment.header, segment.end, summary, segment.maxSequence, clockMillis);
        }
    }

    private static SegmentSummary summary(Segment segment) throws IOException {
        int stripe = Stripe.ofThread();
        if (!segment.reader.acquire(stripe)) {
            throw new IOException(segment.name + " is closed");
        }
        try {
            var tally = new SegmentTally();
            var scan = new SegmentScan(
                    (target, offset) -> segment.reader.read(target, offset),
                    segment.framing,
                    segment.header.suite().headerBytes,
                    segment.end,
                    WINDOW_BYTES);
            while (scan.next() == SegmentScan.Found.RECORD) {
                tally.add(scan.record());
            }
            if (scan.offset() != segment.end) {
                throw new IOException(segment.name + " has no record at offset " + scan.offset()
                        + "; it is sealed when the store is opened again");
            }
            return tally.summary();
        } finally {
            segment.reader.release(stripe);
        }
    }
}
