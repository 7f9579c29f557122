package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the head, the one segment that is written, and begins a new one when it is full or has failed. All fields are
 * guarded by the append lock, which whoever changes the index holds as well: so the order of records is the order of changes.
 *
 * <p>A segment to which a write has failed is never appended to again: nobody knows what of that write is there. It ends at its last good
 * byte; what may lie behind has sequence numbers that the next segment gives out again, and counts for nothing once there is a next one,
 * whose header says which number was the last before it.
 */
final class Appender {
    final ReentrantLock lock = new ReentrantLock();

    private final StoreClock clock;
    private final NewSegments newSegments;
    private final SegmentTable segments;
    private final Leftovers leftovers;
    final SegmentSizes sizes;
    private final boolean isAlways;
    /** How new segments are framed. */
    final Suite suite;

    private final Runnable wake;
    /** Takes the head when so many hints of it were gathered that some are to be written. */
    private final Consumer<Segment> hintsDue;

    private final AppendBatch batch = new AppendBatch();
    private @Nullable Segment head;
    private long lastSequence;
    private boolean isOpen;
    private boolean isCutOff = true;
    /** Whether an append that has failed may be on disk, whole, ever since. */
    private volatile boolean hasLeftTraces;
    /** Whether a segment may have been ended that is not sealed. Set under the lock, so that nobody takes it for nothing. */
    private volatile boolean mayHaveRetired;
    /** Set when something was appended, reset by who is about to sync it. */
    private volatile boolean dirty;

    /**
     * Begins without a head.
     *
     * @param wake tells whoever syncs and seals that there is something to do
     * @param hintsDue takes the head when so many hints of it were gathered that some are to be written
     */
    Appender(
            Files files,
            LogOptions options,
            Recovered recovered,
            SegmentTable segments,
            Leftovers leftovers,
            Runnable wake,
            Consumer<Segment> hintsDue) {
        this.wake = wake;
        this.hintsDue = hintsDue;
        this.suite = recovered.headers().suite();
        this.clock = recovered.clock();
        this.lastSequence = recovered.lastSequence();
        this.segments = segments;
        this.leftovers = leftovers;
        this.isAlways = options.durability() == Durability.ALWAYS;
        this.sizes = new SegmentSizes(options, segments, suite);
        this.newSegments = new NewSegments(files, options, recovered, segments, leftovers);
    }

    /** Appends one change and returns its location; as {@link #add}. */
    long append(RecordType type, boolean shadow, long time, Fingerprint print, byte[] key, byte[] value)
            throws IOException {
        try {
            begin(frameBytes(key, value));
            long location = add(type, shadow, time, print, key, value);
            commit();
            return location;
        } finally {
            abort();
        }
    }

    /** Returns how much a change appends. */
    int frameBytes(byte[] key, byte[] value) {
        return suite.recordBytes + key.length + value.length;
    }

    /** Returns how much a removal or another deadline appends. */
    int tombstoneBytes(byte[] key) {
        return frameBytes(key, AppendBatch.NOTHING);
    }

    /**
     * Begins an append of so many bytes, at most {@link SegmentSizes#frameBytesMax}, in a segment that has room for all of them. It ends with
     * {@link #commit}, or else with {@link #abort}.
     */
    void begin(int frameBytes) throws IOException {
        isCutOff = true;
        var target = headWithRoom(frameBytes);
        RoomAhead.keep(target, frameBytes + suite.besideRecordsBytes());
        isOpen = true;
        batch.begin(target, lastSequence, target.syncedEnd > target.markedEnd ? clock.millis() : 0);
    }

    /** Appends that a key has no value. */
    void appendRemoval(Fingerprint print, byte[] key) throws IOException {
        append(RecordType.REMOVE, false, clock.millis(), print, key, AppendBatch.NOTHING);
    }

    /** Adds a change to what was begun; see {@link AppendBatch#add}. */
    long add(RecordType type, boolean shadow, long time, Fingerprint print, byte[] key, byte[] value)
            throws IOException {
        return batch.add(type, shadow, time, print, key, value);
    }

    /** Ends what was begun. */
    void commit() throws IOException {
        lastSequence = batch.commit();
        isOpen = false;
        var hints = head().hints;
        if (hints != null && hints.isDue()) {
            hintsDue.accept(head());
        }
        boolean isFirst = !dirty;
        dirty = true;
        // Who appends to a store that syncs always waits, and sees to it himself.
        if (isFirst && !isAlways) {
            wake.run();
        }
    }

    /** Gives up what was begun: nothing of it has happened, and its segment is not appended to any more. If it was ended, does nothing. */
    void abort() {
        if (isOpen) {
            isOpen = false;
            fail(head());
        }
    }

    /** An append that belongs to the failed one was written. */
    void leftTraces() {
        isCutOff = false;
        hasLeftTraces = true;
    }

    boolean hasLeftTraces() {
        return hasLeftTraces;
    }

    /** Whether nothing is left of the append that has failed last, even if the process dies now: then at most a torn record was written. */
    boolean isCutOff() {
        return isCutOff;
    }

    /** The segment that was appended to last. */
    Segment head() {
        if (head == null) {
            throw new IllegalStateException("Nothing was appended");
        }
        return head;
    }

    /** The segment that was appended to last, null if nothing was since it ended. */
    @Nullable
    Segment headOrNull() {
        return head;
    }

    long lastSequence() {
        return lastSequence;
    }

    boolean isDirty() {
        return dirty;
    }

    void clean() {
        dirty = false;
    }

    /** Begins a new segment if the head has so many bytes. */
    void rollFrom(int bytes) throws IOException {
        if (head != null && head.end >= bytes) {
            roll(0);
        }
    }

    /** Ends the head, if there is one; the next append begins another. */
    void retireHead() {
        head = null;
        mayHaveRetired = true;
    }

    /** Returns the segments that can be sealed, in the order of their ids. Takes the lock only if there may be one. */
    List<Segment> retired() {
        if (!mayHaveRetired) {
            return List.of();
        }
        lock.lock();
        try {
            var found = segments.unsealed();
            found.removeIf(segment -> segment == head || segment.unsealable);
            mayHaveRetired = !found.isEmpty();
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Goes back to the last change that is certain to survive: what came after it is lost, and the next segment says so. */
    void rewind(long sequence) {
        retireHead();
        lastSequence = sequence;
        if (segments.clearedSequence() > sequence) {
            segments.cleared(0);
        }
    }

    /** Gives up all segments that were begun after a change, of which nothing was told to anybody. */
    void giveUp(long sequence) {
        for (var segment : segments.unsealed()) {
            if (segment.header.createdSequence() >= sequence && !segment.isSynced(0)) {
                remove(segment);
            }
        }
        rewind(sequence);
    }

    private void remove(Segment segment) {
        segments.remove(segment);
        leftovers.discard(segment);
    }

    /** Makes sure that there is a head with some room, for example to try whether the disk accepts a new file. */
    Segment headWithRoom(int frameBytes) throws IOException {
        var current = head;
        return current != null && isRoomIn(current, frameBytes) ? current : roll(frameBytes);
    }

    /** Whether an append of so many bytes needs no new segment. */
    boolean hasRoom(long frameBytes) {
        var current = head;
        return current != null && isRoomIn(current, frameBytes);
    }

    private boolean isRoomIn(Segment segment, long frameBytes) {
        return segment.end + frameBytes + suite.besideRecordsBytes() <= segment.capacity;
    }

    private Segment roll(int frameBytes) throws IOException {
        var next = newSegments.begin(lastSequence, sizes.capacity(frameBytes));
        segments.add(next);
        retireHead();
        head = next;
        wake.run();
        return next;
    }

    /** Returns the header of a new segment, with an id of its own. */
    SegmentHeader header(SegmentKind kind) throws IOException {
        return newSegments.header(kind, lastSequence);
    }

    private void fail(Segment failed) {
        retireHead();
        WritableFile file = failed.writer;
        if (file == null) {
            return;
        }
        failed.loseHints(leftovers); // which may be of what has failed
        // A power failure may undo the cut, and of a batch some records were whole.
        if (batch.hasSeveral()) {
            leftTraces();
        }
        if (failed.isEmpty() && !failed.named) { // or the manifest may list it
            remove(failed);
            return;
        }
        try {
            file.truncate(failed.end);
        } catch (IOException e) {
            leftTraces();
            LogMessages.LOG.log(System.Logger.Level.DEBUG, "A failed write could not be cut off; it is tried again", e);
        }
    }
}
