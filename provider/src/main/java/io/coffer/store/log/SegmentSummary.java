package io.coffer.store.log;

import java.nio.ByteBuffer;

/**
 * What a segment holds, as its footer says: enough to know that no record is missing and when the last one expires.
 *
 * @param records how many there are before the footer
 * @param chain number that hangs on all their checksums, in their order
 * @param minSequence least of the changes, 0 if there are none
 * @param maxSequence greatest of the changes, 0 if there are none
 * @param latestDeadline greatest of PUT and TOUCH, dead ones too; {@link LogFormat#ETERNAL} if one is eternal, 0 if there are none
 */
record SegmentSummary(int records, int chain, long minSequence, long maxSequence, long latestDeadline) {
    private static final int CHAIN_AT = 4;
    private static final int MIN_SEQUENCE_AT = 8;
    private static final int MAX_SEQUENCE_AT = 16;
    private static final int DEADLINE_AT = 24;

    /** Returns the value of a footer. */
    byte[] encode() {
        var value = ByteBuffer.allocate(LogFormat.FOOTER_VALUE_BYTES);
        LittleEndian.putInt(value, 0, records);
        LittleEndian.putInt(value, CHAIN_AT, chain);
        LittleEndian.putLong(value, MIN_SEQUENCE_AT, minSequence);
        LittleEndian.putLong(value, MAX_SEQUENCE_AT, maxSequence);
        LittleEndian.putLong(value, DEADLINE_AT, LogFormat.deadlineToDisk(latestDeadline));
        return value.array();
    }

    /** Reads what a footer says. */
    static SegmentSummary of(LogRecord footer) {
        var content = footer.content();
        int at = footer.valueIndex();
        return new SegmentSummary(
                LittleEndian.getInt(content, at),
                LittleEndian.getInt(content, at + CHAIN_AT),
                LittleEndian.getLong(content, at + MIN_SEQUENCE_AT),
                LittleEndian.getLong(content, at + MAX_SEQUENCE_AT),
                LogFormat.deadlineFromDisk(LittleEndian.getLong(content, at + DEADLINE_AT)));
    }
}
