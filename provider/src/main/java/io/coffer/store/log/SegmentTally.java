package io.coffer.store.log;

/** Sums up a segment's records while they are written or read, without allocating. One thread at a time. */
final class SegmentTally {
    private static final int CHAIN_TURN = 5;
    private static final int CHAIN_FACTOR = 0x9E37_79B1;

    private int records;
    private int chain;
    private long minSequence;
    private long maxSequence;
    private long latestDeadline;
    private long earliestDeadline = LogFormat.ETERNAL;

    /** Counts the next record of the segment. */
    void add(RecordType type, long sequence, long expiresAtMillis, int checksum) {
        records++;
        chain = (Integer.rotateLeft(chain, CHAIN_TURN) ^ checksum) * CHAIN_FACTOR;
        if (type.isChange()) {
            minSequence = maxSequence == 0 ? sequence : Math.min(minSequence, sequence);
            maxSequence = Math.max(maxSequence, sequence);
        }
        if (type == RecordType.PUT || type == RecordType.TOUCH) {
            latestDeadline = Math.max(latestDeadline, expiresAtMillis);
            earliestDeadline = type == RecordType.PUT ? Math.min(earliestDeadline, expiresAtMillis) : earliestDeadline;
        }
    }

    /** Counts a record that was read. */
    void add(LogRecord record) {
        add(record.type(), record.sequence(), record.expiresAtMillis(), record.checksum());
    }

    /** Becomes a copy of another one. */
    void set(SegmentTally other) {
        records = other.records;
        chain = other.chain;
        minSequence = other.minSequence;
        maxSequence = other.maxSequence;
        latestDeadline = other.latestDeadline;
        earliestDeadline = other.earliestDeadline;
    }

    long latestDeadline() {
        return latestDeadline;
    }

    /** The first deadline of a value, {@link LogFormat#ETERNAL} if none has one. */
    long earliestDeadline() {
        return earliestDeadline;
    }

    /** Whether it holds no record yet. */
    boolean isEmpty() {
        return records == 0;
    }

    SegmentSummary summary() {
        return new SegmentSummary(records, chain, minSequence, maxSequence, latestDeadline);
    }
}
