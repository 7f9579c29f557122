package io.coffer.store.log;

import io.coffer.common.LogOnce;
import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import org.jspecify.annotations.Nullable;

/**
 * One file of records while the store is open. What guards a field stands at it: the <em>append lock</em> is held by who changes the
 * index, the <em>flush lock</em> by who syncs, seals or drops. Who needs both takes the flush lock first.
 */
final class Segment {
    private static final int NOT_LOST = Integer.MAX_VALUE;

    final int number;
    final SegmentHeader header;
    final String name;
    final RecordFraming framing;
    final SegmentReader reader;
    /** Where a footer must still fit, at the latest; a head is full there. */
    final int capacity;

    /** Where the last record ends. Changed under the append lock, after the bytes were written. */
    volatile int end;
    /** Everything before was synced, and so was everything in the segments before. Changed under the flush lock. */
    volatile int syncedEnd;
    /** Everything from there on is lost, as far as anybody knows. Changed under both locks. */
    private volatile int lostFrom = NOT_LOST;

    /** What appends and syncs; null when it is sealed. Changed under both locks. */
    @Nullable
    WritableFile writer;

    /** The sequence number of the last change before {@link #syncedEnd}. Under the flush lock. */
    long syncedSequence;
    /** Whether the file's name was synced. Under the flush lock. */
    boolean named;
    /** What the manifest says or is to say of it. Under the flush lock. */
    ManifestLine line;
    /** Whether it can never be sealed: a sync has failed. Under the flush lock. */
    boolean unsealable;

    /** Whether sealing it without its lost end has failed; then only opening the store again seals it. Under the flush lock. */
    boolean givenUp;

    /** Sums up what was appended. Under the append lock, until nobody appends any more. */
    final SegmentTally tally = new SegmentTally();
    /** Up to where a SYNC says that it was synced. Under the append lock. */
    int markedEnd;
    /** How many slots of the index name it, and the sizes that those slots tell. Under the append lock. */
    int live;

    long liveBytes;
    /** Its records that must not vanish while something older might come back. Under the append lock. */
    Shadows shadows = Shadows.NONE;
    /** The greatest sequence number in it. Under the append lock. */
    long maxSequence;
    /** The latest deadline that anything in it has, or was given later. Under the append lock. */
    long latestDeadline;
    /** The earliest deadline that a value in it has or had, or was given later. Under the append lock. */
    long earliestDeadline = LogFormat.ETERNAL;
    /** How long its hint file is, 0 if it has none. Under the append lock. */
    long hintBytes;

    /**
     * The hints of its records, until their file is complete; null if nobody gathers them. Under the append lock, and under the flush lock
     * when it is sealed.
     */
    @Nullable
    HintLines hints;

    /** Up to where the file was filled with zeros for what will be appended. Under the append lock. */
    int reservedEnd;

    /** Which of its entries were read, null if nobody wants to know. Set before anybody can read them. */
    @Nullable
    UsedEntries used;

    /** Where its records went when it was compacted, null before. Set under the append lock, before the index names the new places. */
    volatile @Nullable Moved moved;

    /** Whether it is the target of a compaction and the index does not name it everywhere yet. Under the append lock. */
    boolean filling;

    /** Whether it cannot be compacted, since not all of its records can be read. Under the flush lock. */
    boolean unsound;

    /** Whether damage in it was told. */
    final LogOnce damage = new LogOnce();

    private Segment(
            int number, SegmentHeader header, Files files, RecordFraming framing, int capacity, ManifestLine line) {
        this.number = number;
        this.header = header;
        this.name = SegmentHeader.fileName(header.id());
        this.framing = framing;
        this.reader = new SegmentReader(files, name);
        this.capacity = capacity;
        this.line = line;
    }

    /** A segment that has just been begun, and holds nothing but its header. */
    static Segment begun(
            int number, SegmentHeader header, Files files, WritableFile writer, RecordFraming framing, int capacity) {
        var segment = new Segment(number, header, files, framing, capacity, ManifestLine.open(header));
        segment.writer = writer;
        segment.end = header.suite().headerBytes;
        segment.markedEnd = segment.end;
        segment.maxSequence = header.createdSequence();
        segment.syncedSequence = header.createdSequence();
        return segment;
    }

    /** A segment that opening has found, or sealed. */
    static Segment recovered(RecoveredSegment found, Files files, RecordFraming framing) {
        var segment = sealed(found.number(), found.header(), files, found.line(), framing);
        segment.live = found.live();
        segment.liveBytes = found.liveBytes();
        segment.shadows = found.shadows();
        segment.earliestDeadline = found.earliestDeadline();
        segment.latestDeadline = found.latestDeadline();
        return segment;
    }

    /** A segment whose bytes and name were synced, and to which the index does not point yet. */
    static Segment sealed(int number, SegmentHeader header, Files files, ManifestLine line, RecordFraming framing) {
        var segment = new Segment(number, header, files, framing, line.length(), line);
        segment.end = line.length();
        segment.syncedEnd = line.length();
        segment.named = true;
        segment.maxSequence = line.maxSequence();
        segment.latestDeadline = line.latestDeadline();
        return segment;
    }

    /** Whether it holds what was moved from others. */
    boolean isCompacted() {
        return header.kind() == SegmentKind.COMPACTED;
    }

    boolean isSealed() {
        return line.state() == SegmentState.SEALED;
    }

    /** Returns how long its file is at most. Under the append lock. */
    int fileBytes() {
        return Math.max(end, reservedEnd);
    }

    /** Whether it holds no record. Under the append lock. */
    boolean isEmpty() {
        return tally.isEmpty() && !isSealed();
    }

    /** Gives up what was not synced. Under both locks. */
    void loseTail() {
        lostFrom = syncedEnd;
        unsealable = true;
    }

    /** Whether its end was lost and it still has to be sealed without. Under both locks. */
    boolean isCut() {
        return lostFrom != NOT_LOST && !isSealed();
    }

    /** Whether what lies at an offset was lost. */
    boolean isLost(long offset) {
        return offset >= lostFrom;
    }

    /**
     * Whether a scan that begins now has to go through it. While its records are being moved it is the victim that has them all, and the
     * target has none that the scan would not meet twice. Under the append lock.
     */
    boolean isScanned() {
        var places = moved;
        return !filling && (live > 0 || (places != null && places.target().filling));
    }

    boolean isSynced(long offset) {
        return offset < syncedEnd;
    }

    /** Takes its hints away, null if there are none. */
    @Nullable
    HintLines takeHints() {
        var taken = hints;
        hints = null;
        return taken;
    }

    /** Gives up the hints that were gathered. */
    void loseHints(Leftovers leftovers) {
        var lost = takeHints();
        if (lost != null) {
            lost.discard(leftovers);
            hintBytes = 0;
        }
    }

    /** Forgets its keys. Who still reads fails. */
    void wipe() {
        if (header.seal() != null) {
            header.seal().close();
        }
    }

    /** Counts a slot that names it. Under the append lock. */
    void gain(long location) {
        live++;
        liveBytes += Location.sizeBytes(location);
    }

    /** Counts a slot that names it no more. Under the append lock. */
    void lose(long location) {
        live--;
        liveBytes -= Location.sizeBytes(location);
    }
}
