package io.coffer.store.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a store, by the numbers in locations and by their ids. {@link #get} is for any thread; all else is guarded by the
 * append lock.
 *
 * <p>A number is not given again before all others were: a stamp that a caller remembers would else name another version. Pages keep
 * the table small although the numbers wander.
 */
final class SegmentTable {
    private static final int PAGE = 1 << 10;

    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<Segment>> pages =
            new AtomicReferenceArray<>(LogFormat.SEGMENTS_MAX / PAGE);
    private final int[] used = new int[LogFormat.SEGMENTS_MAX / PAGE];
    private final TreeMap<Long, Segment> byId = new TreeMap<>();
    private final Moves moves = new Moves();
    private final boolean notesUse;
    private long nextId;
    private int nextNumber;
    private long liveBytes;
    private long clearedSequence;
    private long leavingBytes;

    /** @param notesUse whether it is to be noted which entries are read */
    SegmentTable(long nextId, boolean notesUse) {
        this.nextId = nextId;
        this.notesUse = notesUse;
    }

    /** Returns the segment with a number, null if it was dropped. */
    @Nullable
    Segment get(int number) {
        var page = pages.getAcquire(number / PAGE);
        return page == null ? null : page.getAcquire(number % PAGE);
    }

    void add(Segment segment) {
        segment.used = notesUse ? new UsedEntries(Math.max(segment.capacity, segment.end)) : null;
        int at = segment.number / PAGE;
        var page = pages.get(at);
        if (page == null) {
            page = new AtomicReferenceArray<>(PAGE);
            pages.set(at, page);
        }
        page.set(segment.number % PAGE, segment);
        used[at]++;
        byId.put(segment.header.id(), segment);
        liveBytes += segment.liveBytes;
    }

    /** Adds a segment that opening has found. Its number is as good as just given. */
    void addFound(Segment segment) {
        add(segment);
        nextNumber = Math.max(nextNumber, segment.number + 1) % LogFormat.SEGMENTS_MAX;
    }

    /** Takes a segment out. No slot may name it any more; where its records went is remembered for a while. */
    void remove(Segment segment) {
        int at = segment.number / PAGE;
        var page = pages.get(at);
        if (page == null || !byId.remove(segment.header.id(), segment)) {
            return;
        }
        page.set(segment.number % PAGE, null);
        used[at]--;
        if (used[at] == 0) {
            pages.set(at, null);
        }
        liveBytes -= segment.liveBytes;
        moves.keep(segment);
    }

    /** Returns a number that no segment has and that is not given again soon. */
    int takeNumber() {
        while (get(nextNumber) != null) {
            nextNumber = (nextNumber + 1) % LogFormat.SEGMENTS_MAX;
        }
        int number = nextNumber;
        nextNumber = (nextNumber + 1) % LogFormat.SEGMENTS_MAX;
        moves.forget(number);
        return number;
    }

    /** Whether what lies at a location is the version that a caller knows by a stamp: the location where it lay once. */
    boolean isSame(long stamp, long location) {
        if (stamp == location) {
            return true;
        }
        int number = Location.segment(stamp);
        var segment = get(number);
        return Moved.leads(segment == null ? moves.of(number) : segment.moved, stamp, location);
    }

    boolean isFull() {
        return byId.size() >= LogFormat.SEGMENTS_MAX - 1;
    }

    /** Returns an id that was never given out. */
    long takeId() {
        return nextId++;
    }

    long nextId() {
        return nextId;
    }

    /** Returns all of them in the order of their ids. */
    List<Segment> all() {
        return new ArrayList<>(byId.values());
    }

    /** Returns those that are not sealed, in the order of their ids. Compacted ones come here sealed. */
    List<Segment> unsealed() {
        var found = new ArrayDeque<Segment>();
        for (var segment : byId.descendingMap().values()) {
            if (segment.isCompacted()) {
                continue;
            }
            if (segment.isSealed()) {
                break; // sealing goes by the order of ids, so there is none before
            }
            if (segment.writer != null) { // else its end was lost
                found.addFirst(segment);
            }
        }
        return new ArrayList<>(found);
    }

    /**
     * Returns the segments that recovery could do without, if nothing in them were needed: compacted ones, and the others that are sealed
     * as far as all before them are, since it wants no gap between those that are not. The newest of these stays until there is a newer
     * one: what the manifest says of it tells where the next segment has to go on, which need not have the next id.
     */
    List<Segment> dispensable() {
        var found = new ArrayList<Segment>();
        int newest = -1;
        boolean isSealed = true;
        for (var segment : byId.values()) {
            isSealed &= segment.isSealed();
            if (segment.isCompacted() ? !segment.filling : isSealed) {
                newest = segment.isCompacted() ? newest : found.size();
                found.add(segment);
            }
        }
        if (newest >= 0) {
            found.remove(newest);
        }
        return found;
    }

    /** Counts a slot that was set. */
    void gain(long location) {
        segmentOf(location).gain(location);
        liveBytes += Location.sizeBytes(location);
    }

    /** Counts a slot that was removed, or names something else now. */
    void lose(long location) {
        segmentOf(location).lose(location);
        liveBytes -= Location.sizeBytes(location);
    }

    /** Counts that no slot is left. */
    void loseAll() {
        byId.values().forEach(segment -> {
            segment.live = 0;
            segment.liveBytes = 0;
        });
        liveBytes = 0;
    }

    /** What a manifest takes that lists all of them and one more; with it the keys of an encrypted store. */
    long manifestBytes(Suite suite) {
        int lines = byId.size() + 1;
        return switch (suite) {
            case PLAIN ->
                LogFormat.HEADER_BYTES + (long) LogFormat.MANIFEST_LINE_BYTES * lines + LogFormat.CHECKSUM_BYTES;
            case SEALED -> SealedManifest.fileBytes(lines) + KeysFile.bytes(lines);
        };
    }

    /** Says what segments take that were taken out and whose files are not deleted yet. */
    void leaving(long bytes) {
        leavingBytes = bytes;
    }

    long leavingBytes() {
        return leavingBytes;
    }

    /** All changes up to a sequence number were cleared. */
    void cleared(long sequence) {
        clearedSequence = sequence;
    }

    long clearedSequence() {
        return clearedSequence;
    }

    /** Returns the sizes of all records that slots name, together. */
    long liveBytes() {
        return liveBytes;
    }

    /** Returns how long all files of segments are together, without what was reserved. */
    long fileBytes() {
        long bytes = 0;
        for (var segment : byId.values()) {
            bytes += segment.end;
        }
        return bytes;
    }

    Segment segmentOf(long location) {
        var segment = get(Location.segment(location));
        if (segment == null) {
            throw new IllegalStateException(
                    "The index names segment " + Location.segment(location) + ", which is not there");
        }
        return segment;
    }
}
