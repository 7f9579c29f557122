package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Reads a sealed segment of which nobody has gathered hints, and gathers them. One thread, once. */
final class HintWriter {
    /** So many records are read between two looks whether to go on. */
    private static final int RECORDS_AT_ONCE = 64;

    private final Files files;
    private final FoundSegment segment;
    private final ManifestLine sealed;
    private final Fingerprints fingerprints;
    private final BooleanSupplier goesOn;
    private final SegmentTally tally = new SegmentTally();

    /** @param goesOn is asked from time to time, and may do something that is more urgent; if it says no, the file is given up */
    HintWriter(
            Files files, FoundSegment segment, ManifestLine sealed, Fingerprints fingerprints, BooleanSupplier goesOn) {
        this.files = files;
        this.segment = segment;
        this.sealed = sealed;
        this.fingerprints = fingerprints;
        this.goesOn = goesOn;
    }

    /**
     * Gathers the hints, and writes them. If this returns false or throws, the file is to be discarded.
     *
     * @return false if it was given up, or the segment is not what was sealed
     */
    boolean write(HintLines lines) throws IOException {
        try (var records = new SegmentFile(files, segment)) {
            var scan = records.scan();
            for (int i = 1; scan.next() == SegmentScan.Found.RECORD; i++) {
                var record = scan.record();
                if (record.type() == RecordType.FOOTER) {
                    return isWhole(record) && lines.finish(sealed);
                }
                add(lines, record, scan.offset());
                if (i % RECORDS_AT_ONCE == 0 && !goesOn.getAsBoolean()) {
                    return false;
                }
            }
            return false;
        }
    }

    private boolean isWhole(LogRecord footer) {
        return footer.checksum() == sealed.footerChecksum() && tally.summary().equals(SegmentSummary.of(footer));
    }

    private void add(HintLines lines, LogRecord record, long offset) throws IOException {
        tally.add(record);
        if (record.type().isChange()) {
            lines.add(Hint.of(record, offset, fingerprints));
        } else {
            lines.addOther();
        }
        if (lines.isDue()) {
            lines.flush();
        }
    }
}
