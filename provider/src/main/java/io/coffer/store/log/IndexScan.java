package io.coffer.store.log;

/**
 * Goes over the slots of an index in the order of their fingerprints, on a copy of one shard at a time, so the index may be changed
 * meanwhile, also by who scans. A slot that is there from the first step to the last is met exactly once, one that comes or goes at
 * most once. One thread at a time.
 */
final class IndexScan {
    private final IndexDirectory directory;
    private final SlotDeadline deadlines;

    private long[] table = new long[SlotTable.FIRST];
    private int at = SlotTable.FIRST;
    /** Where the next shard begins; 0 behind the last one. */
    private long nextHead;

    private boolean begun;

    IndexScan(IndexDirectory directory, SlotDeadline deadlines) {
        this.directory = directory;
        this.deadlines = deadlines;
    }

    /** Steps to the next slot. Returns false when there is none any more. */
    boolean next() {
        at += begun ? SlotTable.WIDTH : 0;
        while (true) {
            for (; at < table.length; at += SlotTable.WIDTH) {
                if (table[at] != 0) {
                    return true;
                }
            }
            if (begun && nextHead == 0) {
                return false;
            }
            begun = true;
            copyShard();
        }
    }

    private void copyShard() {
        while (true) {
            var shard = directory.shard(nextHead);
            var copy = shard.copyTable(table);
            if (copy != null) {
                table = copy;
                at = SlotTable.FIRST;
                nextHead = IndexDirectory.endOfRange(shard, nextHead);
                return;
            }
        }
    }

    /** The fingerprint of the slot; of its second half only the bits that the index keeps. */
    Fingerprint fingerprint() {
        return new Fingerprint(table[at], SlotTable.tail(table, at));
    }

    long location() {
        return SlotTable.location(table, at);
    }

    /** As in {@link Slot}. */
    long expiresAtMillis() {
        return deadlines.decode(SlotTable.deadline(table, at));
    }
}
