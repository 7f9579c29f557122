package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells a torn write from rot: knows up to which offset each head was certainly synced. A SYNC or a footer says so of the bytes before
 * it, and of all segments with lesser ids, since these are synced first. Looks only when it is asked, which after most crashes nobody
 * does. One thread at a time.
 */
final class SyncEvidence {
    private static final long ALL = Long.MAX_VALUE;

    private final Files files;
    private final List<FoundSegment> heads;
    private final long sealedId;
    private final boolean isAllSynced;
    /** Up to where each head was synced as what lies behind the first offset says that was asked about; -1 if none was. */
    private final long[] offsets;

    /**
     * Begins; nothing is read yet.
     *
     * @param heads by rising ids
     * @param sealedId the greatest id of a sealed segment of written records, or -1
     * @param isAllSynced whether to take everything for synced
     */
    SyncEvidence(Files files, List<FoundSegment> heads, long sealedId, boolean isAllSynced) {
        this.files = files;
        this.heads = heads;
        this.sealedId = sealedId;
        this.isAllSynced = isAllSynced;
        offsets = new long[heads.size()];
        Arrays.fill(offsets, -1);
    }

    /**
     * Whether something at an offset of a head was synced. Of one head the offsets that are asked about rise: what says so lies behind.
     *
     * @param sequenceMin the least sequence number that a record there can have
     */
    boolean covers(FoundSegment head, long offset, long sequenceMin) throws IOException {
        if (isAllSynced || head.header().id() < sealedId) {
            return true;
        }
        int index = heads.indexOf(head);
        if (offsets[index] < 0) {
            offsets[index] = isLaterSynced(index) ? ALL : syncedOffset(head, offset, sequenceMin);
        }
        return offset < offsets[index];
    }

    private boolean isLaterSynced(int index) throws IOException {
        for (var later : heads.subList(index + 1, heads.size())) {
            if (syncedOffset(later, later.start(), later.header().createdSequence()) > later.start()) {
                return true;
            }
        }
        return false;
    }

    private long syncedOffset(FoundSegment head, long from, long sequenceMin) throws IOException {
        try (var file = new SegmentFile(files, head)) {
            var scan = file.scan(from);
            long synced = 0;
            long sequence = sequenceMin;
            var found = scan.next();
            while (found == SegmentScan.Found.RECORD
                    || (found == SegmentScan.Found.DAMAGE && scan.resync(sequence, LogFormat.U48_MAX))) {
                var record = scan.record();
                sequence = Math.max(sequence, record.sequence());
                if (record.type() == RecordType.FOOTER) {
                    return scan.offset();
                }
                if (record.type() == RecordType.SYNC && record.syncedOffset() <= scan.offset()) {
                    synced = Math.max(synced, record.syncedOffset());
                }
                found = scan.next();
            }
            return synced;
        }
    }
}
