package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * Reads a sealed segment and writes down its hints. The header comes last: before it is there, what is in the file is nothing. Nothing is
 * synced, since a file that a crash has left torn is told from a whole one. One thread, once.
 */
final class HintWriter {
    private static final int BLOCK_BYTES = 1 << 16;
    /** So many records are read between two looks whether to go on. */
    private static final int RECORDS_AT_ONCE = 64;

    private final Files files;
    private final FoundSegment segment;
    private final ManifestLine sealed;
    private final Fingerprints fingerprints;
    private final BooleanSupplier goesOn;

    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private final CRC32C checksum = new CRC32C();
    private final SegmentTally tally = new SegmentTally();
    private int used;
    private long end = LogFormat.HEADER_BYTES;
    private int hints;
    private int others;

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
     * Writes the file. If this returns false or throws, what is in it is to be deleted.
     *
     * @return false if it was given up, or the segment is not what was sealed
     */
    boolean write(WritableFile file) throws IOException {
        try (var records = new SegmentFile(files, segment)) {
            var scan = records.scan();
            for (int i = 1; scan.next() == SegmentScan.Found.RECORD; i++) {
                var record = scan.record();
                if (record.type() == RecordType.FOOTER) {
                    return isWhole(record) && finish(file);
                }
                add(file, record, scan.offset());
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

    private void add(WritableFile file, LogRecord record, long offset) throws IOException {
        tally.add(record);
        if (!record.type().isChange()) {
            others++;
            return;
        }
        Hint.of(record, offset, fingerprints).encode(block, used);
        used += LogFormat.HINT_BYTES;
        hints++;
        if (used == BLOCK_BYTES) {
            flush(file);
        }
    }

    private void flush(WritableFile file) throws IOException {
        checksum.update(block.array(), 0, used);
        file.write(end, block.array(), 0, used);
        end += used;
        used = 0;
    }

    private boolean finish(WritableFile file) throws IOException {
        flush(file);
        var header = HintHeader.of(sealed, segment.header().storeTag(), hints, others)
                .encode();
        LittleEndian.putInt(block, 0, (int) checksum.getValue() ^ FileHead.checksum(ByteBuffer.wrap(header)));
        file.write(end, block.array(), 0, LogFormat.CHECKSUM_BYTES);
        end += LogFormat.CHECKSUM_BYTES;
        file.write(0, header, 0, header.length);
        return true;
    }

    /** Returns the length of the file that was written. */
    long fileBytes() {
        return end;
    }
}
