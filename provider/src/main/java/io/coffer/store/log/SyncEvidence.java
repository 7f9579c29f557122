package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
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
    private long[] offsets = {};

    /**
     * @param heads by rising ids
     * @param sealedId the greatest id of a sealed segment of written records, or -1
     * @param isAllSynced whether to take everything for synced
     */
    SyncEvidence(Files files, List<FoundSegment> heads, long sealedId, boolean isAllSynced) {
        this.files = files;
        this.heads = heads;
        this.sealedId = sealedId;
        this.isAllSynced = isAllSynced;
    }

    /** Whether something at an offset of a head was synced. */
    boolean covers(FoundSegment head, long offset) throws IOException {
        if (isAllSynced || head.header().id() < sealedId) {
            return true;
        }
        if (offsets.length == 0) {
            look();
        }
        return offset < offsets[heads.indexOf(head)];
    }

    private void look() throws IOException {
        offsets = new long[heads.size()];
        boolean laterIsSynced = false;
        for (int i = heads.size() - 1; i >= 0; i--) {
            offsets[i] = laterIsSynced ? ALL : syncedOffset(heads.get(i));
            laterIsSynced |= offsets[i] > heads.get(i).start();
        }
    }

    private long syncedOffset(FoundSegment head) throws IOException {
        try (var file = new SegmentFile(files, head)) {
            var scan = file.scan();
            long synced = 0;
            long sequence = head.header().createdSequence();
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
