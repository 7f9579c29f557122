package io.coffer.store.log;

import io.coffer.store.log.SegmentScan.Found;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one segment from its beginning to where its records end, and gives its changes to the winners. Decides about what is no record:
 * in a sealed segment, and in a head as far as it was synced, it is rot, and reading goes on behind it; else it is a torn write, and the
 * head ends there. One thread, once.
 *
 * <p>Hints stand in for the records of a sealed segment: they tell the winners the same, without a value being read. They are about a
 * segment in perfect order, so nothing is to be decided then.
 */
final class SegmentLoad {
    private final FoundSegment segment;
    private final int number;
    private final Progress progress;
    private final Fingerprints fingerprints;
    private final Winners winners;
    private final SyncEvidence evidence;
    private final Losses losses;

    private final SegmentTally tally = new SegmentTally();
    /** The last change that counts, or later. */
    private final long limit;
    /** The next change has this sequence number, unless some are lost; in compacted segments it means nothing. */
    private long expected;
    /** Whether a sequence number that is missing is explained by damage. */
    private boolean isInterrupted;

    private boolean isDamaged;
    private Shadows shadows = Shadows.NONE;
    private long earliestDeadline = LogFormat.ETERNAL;
    private long lost;
    private long end;
    private int footer;
    private @Nullable SegmentSummary footerSummary;

    SegmentLoad(
            FoundSegment segment,
            int number,
            Progress progress,
            Fingerprints fingerprints,
            Winners winners,
            SyncEvidence evidence,
            Losses losses) {
        this.segment = segment;
        this.number = number;
        this.progress = progress;
        this.fingerprints = fingerprints;
        this.winners = winners;
        this.evidence = evidence;
        this.losses = losses;
        this.limit = progress.limit(segment);
        this.expected = segment.header().createdSequence() + 1;
        this.end = segment.start();
    }

    /** Returns null if the head does not go on where what was read before ends, since that has lost its end: it was never synced. */
    @Nullable
    LoadedSegment read(SegmentScan scan) throws IOException {
        var sealed = segment.seal();
        if (!begins()) {
            return null;
        }
        if (sealed != null && segment.headerDamaged()) {
            damaged(0);
        }
        var found = scan.next();
        while ((found == Found.RECORD || skips(found, scan)) && takes(scan.record(), scan.offset())) {
            found = scan.next();
        }
        if (sealed != null) {
            compare(sealed);
        }
        return finish(tally.summary());
    }

    /** Takes in by its hints a sealed segment whose changes all count. */
    LoadedSegment read(HintReader hints) throws IOException, UselessHintsException {
        if (!begins()) {
            throw new IllegalArgumentException(segment.file() + " is not sealed");
        }
        hints.forEach(changes -> {
            winners.expect(changes);
            changes.forEach(this::take);
        });
        progress.see(hints.footer());
        var summary = SegmentSummary.of(hints.footer());
        expected = Math.max(expected, summary.maxSequence() + 1);
        footer = hints.footer().checksum();
        footerSummary = summary;
        return finish(summary);
    }

    /** Whether it goes on where what was read before ends, or has to count all the same. */
    private boolean begins() throws IOException {
        if (segment.isCompacted()) {
            winners.beginCompacted(number, segment.header().createdSequence());
            return true;
        }
        long missing = progress.begin(segment);
        if (missing > 0 && segment.seal() == null && !evidence.covers(segment, segment.start(), expected)) {
            return false;
        }
        if (missing > 0) {
            lose(missing, segment.header().createdSequence());
        }
        return true;
    }

    /**
     * Whether what is no record was passed, so that the scan stands at the next one. In a head it need not be a loss: the footer may be
     * torn though all before it was synced.
     */
    private boolean skips(Found found, SegmentScan scan) throws IOException {
        if (found == Found.END) {
            return false;
        }
        if (scan.isTampered()) {
            losses.expectUntouched(DamagedFileException.tampered(segment.file(), scan.offset()));
        }
        if (segment.seal() != null) {
            damaged(scan.offset());
        } else if (!evidence.covers(segment, scan.offset(), sequenceMin())) {
            return false;
        }
        isInterrupted = true;
        return found == Found.DAMAGE && scan.resync(sequenceMin(), LogFormat.U48_MAX);
    }

    private long sequenceMin() {
        var sealed = segment.seal();
        return segment.isCompacted() ? (sealed == null ? 0 : sealed.minSequence()) : expected - 1;
    }

    private void damaged(long offset) {
        losses.expectWanted(segment.file() + " holds no valid record at offset " + offset);
        isDamaged = true;
    }

    /** Takes a record in, unless the segment ends before it. */
    private boolean takes(LogRecord record, long offset) {
        progress.see(record);
        if (record.type() == RecordType.FOOTER) {
            takeFooter(record);
            return false;
        }
        long next = offset + record.frameBytes();
        if (record.sequence() > limit
                || next > LogFormat.SEGMENT_BYTES_MAX - segment.header().suite().footerBytes()) {
            return false;
        }
        if (!segment.isCompacted()) {
            follow(record);
        }
        if (record.type().isChange()) {
            take(Hint.of(record, offset, fingerprints));
        }
        tally.add(record);
        end = next;
        return true;
    }

    private void take(Hint change) {
        if (segment.isCompacted()) {
            winners.addCompacted(change, number);
        } else {
            winners.addWritten(change, number);
        }
        if (change.type() == RecordType.PUT) {
            earliestDeadline = Math.min(earliestDeadline, change.expiresAtMillis());
        }
        if (Shadows.includes(change.type(), change.shadow())) {
            shadows = shadows.with(change.type(), change.bytesWithoutValue());
        }
    }

    /** Notes changes that are missing before a written record. A SYNC has the number of the change before it. */
    private void follow(LogRecord record) {
        boolean isChange = record.type().isChange();
        long first = isChange ? record.sequence() : record.sequence() + 1;
        if (isInterrupted && first > expected) {
            lose(first - expected, first - 1);
        }
        if (isChange) {
            isInterrupted = false;
            expected = Math.max(expected, first + 1);
        }
    }

    private void takeFooter(LogRecord record) {
        footer = record.checksum();
        footerSummary = SegmentSummary.of(record);
        long last = Math.min(limit, footerSummary.maxSequence());
        if (!segment.isCompacted() && last >= expected) {
            lose(last + 1 - expected, last);
        }
    }

    private void lose(long changes, long lastSequence) {
        losses.expectWanted(segment.file() + " lacks the changes up to number " + lastSequence);
        isDamaged = true;
        lost += changes;
        expected = Math.max(expected, lastSequence + 1);
        losses.hide(lastSequence);
        if (!losses.isSalvage()) {
            winners.clear(lastSequence);
        }
    }

    /** Holds what was read against what was there when the segment was sealed. */
    private void compare(ManifestLine sealed) {
        var summary = tally.summary();
        if (footer == sealed.footerChecksum() && summary.equals(footerSummary)) {
            return;
        }
        damaged(end);
        long missing = Math.max(0, sealed.records() - summary.records());
        if (segment.isCompacted()) {
            lose(Math.max(1, missing), sealed.maxSequence());
        } else if (expected <= sealed.maxSequence()) {
            lose(sealed.maxSequence() + 1 - expected, sealed.maxSequence());
        }
        lost = Math.max(lost, missing);
    }

    private LoadedSegment finish(SegmentSummary summary) {
        if (isDamaged) {
            losses.note(segment.file() + " is not whole", Math.max(1, lost));
        }
        progress.end(segment, expected - 1);
        return new LoadedSegment(
                segment,
                number,
                (int) end,
                summary,
                footer,
                summary.equals(footerSummary),
                isDamaged ? shadows.withLost(Math.max(1, lost)) : shadows,
                earliestDeadline);
    }
}
