package io.coffer.store.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What follows from a sync that has failed. Guarded by the flush lock and the append lock together.
 *
 * <p>After such a failure the system may have thrown the bytes away and call the next sync a success, so the file is never synced again.
 * What was not synced before is lost as far as anybody can know: who waits for it gets an error, and it leaves the index, or readers
 * would be shown what a restart takes back. The segments behind are lost with it although their own syncs might succeed: recovery keeps
 * a prefix of the order of all changes and stops at the gap.
 *
 * <p>An older version of a lost key must not come back either, in this process or after a restart, and a lost removal must not bring
 * its key back. So every key that a lost record names becomes absent and gets a tombstone. The lost records are read for that when the
 * disk works again; nothing is written before. If they are not what was written any more, everything becomes absent. The tombstones go
 * into a new segment, whose header says which change before it was the last that counts: that ends
 * the lost tail for recovery, should it be on disk after all. Nothing else is written before that segment is synced.
 */
final class TailLoss {
    private static final int WINDOW_BYTES = 64 << 10;

    private final Appender appender;
    private final SegmentTable segments;
    private final Index index;
    private final Fingerprints fingerprints;
    private final PendingTombstones pending;
    private final DiskTrouble trouble;
    private final Leftovers leftovers;
    private final LogCounters counters;
    private final LogMessages messages;
    private final Queue<Tail> tails = new ArrayDeque<>();

    TailLoss(
            Appender appender,
            SegmentTable segments,
            Index index,
            Fingerprints fingerprints,
            PendingTombstones pending,
            DiskTrouble trouble,
            Leftovers leftovers,
            LogCounters counters,
            LogMessages messages) {
        this.appender = appender;
        this.segments = segments;
        this.index = index;
        this.fingerprints = fingerprints;
        this.pending = pending;
        this.trouble = trouble;
        this.leftovers = leftovers;
        this.counters = counters;
        this.messages = messages;
    }

    /** What was lost of a segment; and whether that was all, and no manifest lists it: then its file goes. */
    private record Tail(Segment segment, int start, int end, boolean isDiscarded) {}

    /** Gives up what was not synced of a segment, and all segments behind it. */
    void loseFrom(Segment first, IOException cause) {
        var lost = segments.unsealed();
        lost.removeIf(segment -> segment.header.id() < first.header.id());
        lost.forEach(Segment::loseTail);
        index.removeWhere((location, expiresAtMillis) -> {
            var segment = segments.segmentOf(location);
            boolean isLost = segment.isLost(Location.offset(location));
            if (isLost) {
                segments.lose(location);
                counters.failedWrites.increment();
            }
            return isLost;
        });
        appender.rewind(first.syncedSequence);
        lost.forEach(this::end);
        trouble.suspect();
        try {
            forgetLost();
        } catch (IOException e) {
            messages.debug("what was lost cannot be told yet; it is tried again", e);
        }
        messages.warn(
                "a sync has failed; what was not synced before is lost. The store goes on when a new file can be synced",
                cause);
    }

    /** Makes absent what the lost records name, and lets go of them. Throws if they cannot be read now; it is worth trying again. */
    void forgetLost() throws IOException {
        while (!tails.isEmpty()) {
            forgetKeys(tails.peek());
            var tail = tails.remove();
            if (tail.isDiscarded) {
                tail.segment.reader.close();
                leftovers.discard(tail.segment.name);
            }
        }
    }

    private void forgetKeys(Tail tail) throws IOException {
        var segment = tail.segment;
        int stripe = Stripe.ofThread();
        if (!segment.reader.acquire(stripe)) {
            return;
        }
        try {
            var scan = new SegmentScan(
                    (target, offset) -> read(segment, target, offset),
                    segment.framing,
                    tail.start,
                    tail.end,
                    WINDOW_BYTES);
            while (scan.next() == SegmentScan.Found.RECORD) {
                forget(scan.record());
            }
            if (scan.offset() != tail.end) {
                messages.warn("what was lost cannot be told any more, so all entries are removed", null);
                pending.addAll();
            }
        } catch (EOFException e) {
            messages.warn("what was lost is not there any more, so all entries are removed", e);
            pending.addAll();
        } finally {
            segment.reader.release(stripe);
        }
    }

    private static void read(Segment segment, ByteBuffer target, long offset) throws IOException {
        segment.reader.read(target, offset);
        if (target.hasRemaining()) {
            throw new EOFException(segment.name + " ends before offset " + (offset + target.limit()));
        }
    }

    private void forget(LogRecord record) {
        if (record.type() == RecordType.CLEAR) {
            pending.addAll();
        } else if (record.type().isChange()) {
            var slot = index.remove(fingerprints.of(record));
            if (slot != null) {
                segments.lose(slot.location());
            }
            pending.add(record.key());
        }
    }

    /** Keeps what was synced of a segment for readers, and the rest until its keys are known. */
    private void end(Segment segment) {
        int start = Math.max(segment.syncedEnd, segment.header.suite().headerBytes);
        // A file that the manifest lists must stay: recovery would take it for lost, and hide all that is older.
        boolean isDiscarded = start == segment.header.suite().headerBytes && !segment.named;
        tails.add(new Tail(segment, start, segment.end, isDiscarded));
        segment.loseHints(leftovers);
        var file = segment.writer;
        segment.writer = null;
        if (file != null) {
            Leftovers.close(file, segment.name);
        }
        if (isDiscarded) {
            segments.remove(segment);
        } else {
            segment.end = start;
            segment.maxSequence = segment.syncedSequence;
        }
    }
}
