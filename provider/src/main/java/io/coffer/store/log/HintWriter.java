package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sealed segment and writes down its hints. The header comes last: before it is there, what is in the file is nothing. Nothing is
 * synced, since a file that a crash has left torn is told from a whole one. One thread, once.
 */
final class HintWriter {
    private static final int BLOCK_BYTES = HintSeal.BLOCK_BYTES;
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
    /** Null if the segment is in the clear. */
    private final @Nullable HintSeal seal;

    private int used;
    private int blocks;
    private long end;
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
        seal = HintSeal.begin(segment.header());
        end = HintHeader.headerBytes(segment.header().suite());
    }

    /**
     * Writes the file. If this returns false or throws, what is in it is to be deleted.
     *
     * @return false if it was given up, or the segment is not what was sealed
     */
    boolean write(WritableFile file) throws IOException {
        try (seal;
                var records = new SegmentFile(files, segment)) {
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
        if (used == BLOCK_BYTES) {
            flush(file, false);
        }
        Hint.of(record, offset, fingerprints).encode(block, used);
        used += LogFormat.HINT_BYTES;
        hints++;
    }

    private void flush(WritableFile file, boolean isLast) throws IOException {
        var bytes = seal == null ? block.array() : seal.seal(block.array(), used, blocks, isLast);
        int length = seal == null ? used : used + HintSeal.SEALED_BLOCK_BYTES - BLOCK_BYTES;
        checksum.update(bytes, 0, length);
        file.write(end, bytes, 0, length);
        end += length;
        used = 0;
        blocks++;
    }

    private boolean finish(WritableFile file) throws IOException {
        if (used > 0) {
            flush(file, true);
        }
        var header = HintHeader.of(
                        sealed, segment.header().storeTag(), hints, others, seal == null ? null : seal.salt())
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
