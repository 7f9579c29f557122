package io.coffer.store.log;

/**
 * Holds the hints of a segment against what its footer says, and each against the one before. A right checksum says that somebody wrote
 * them so; this says that they can be all changes of the segment. One thread, once.
 */
final class HintCheck {
    private final boolean isCompacted;
    private final Suite suite;
    private final HintHeader header;
    /** Where the next record can begin, at the earliest. */
    private long start;
    /** Where the footer begins. */
    private final long end;

    private final SegmentTally tally = new SegmentTally();
    private long lastSequence;

    HintCheck(FoundSegment segment, ManifestLine sealed, HintHeader header) {
        isCompacted = segment.isCompacted();
        suite = segment.header().suite();
        this.header = header;
        start = segment.start();
        end = (long) sealed.length() - suite.footerBytes();
        lastSequence = sealed.createdSequence();
    }

    void add(Hint hint, String file) throws DamagedFileException {
        FileHead.expectWithin(file, 0, "length of a record", suite.recordBytes, end, hint.frameBytes());
        FileHead.expectWithin(file, 0, "offset of a record", start, end - hint.frameBytes(), hint.offset());
        if (!isCompacted) {
            FileHead.expectWithin(file, 0, "sequence number", lastSequence + 1, LogFormat.U48_MAX, hint.sequence());
        }
        start = hint.offset() + hint.frameBytes();
        lastSequence = hint.sequence();
        tally.add(hint.type(), hint.sequence(), hint.expiresAtMillis(), 0);
    }

    /** To be asked when all were added. */
    void expectAll(SegmentSummary footer, String file) throws DamagedFileException {
        var found = tally.summary();
        FileHead.expect(file, 0, "records", footer.records(), (long) found.records() + header.others());
        FileHead.expect(file, 0, "least sequence number", footer.minSequence(), found.minSequence());
        FileHead.expect(file, 0, "greatest sequence number", footer.maxSequence(), found.maxSequence());
        FileHead.expect(file, 0, "latest deadline", footer.latestDeadline(), found.latestDeadline());
    }
}
