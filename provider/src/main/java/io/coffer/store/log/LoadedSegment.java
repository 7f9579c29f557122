package io.coffer.store.log;

/**
 * What reading a segment has shown.
 *
 * @param segment which one
 * @param number that locations name it by
 * @param end where the last record ends that counts, the footer not included
 * @param summary of the records that were read
 * @param footer the checksum of the footer if there is one that fits the records, or 0
 * @param isFooted whether there is
 * @param shadows records that hide older versions, or may have before they were lost
 * @param earliestDeadline the first deadline of a value in it, dead ones too
 */
record LoadedSegment(
        FoundSegment segment,
        int number,
        int end,
        SegmentSummary summary,
        int footer,
        boolean isFooted,
        Shadows shadows,
        long earliestDeadline) {
    /** Whether it holds no change, so that nothing is lost if it is deleted. */
    boolean isEmpty() {
        return summary.maxSequence() == 0;
    }
}
