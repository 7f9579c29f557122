package io.coffer.store.log;

import io.coffer.store.Files;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes hint files while the store is open, and takes them away with their segments. Who appends or compacts gathers the hints; where
 * that failed, and of segments that opening has found without, the segment is read for them. A file is one try for each segment and
 * opening: without it the next opening reads the segment, so nothing here ever fails an operation. Which segments wait for one any thread
 * may say; one thread writes.
 */
final class Hints {
    /** So much is left free on the disk for what is worth more. */
    private static final long FREE_BYTES_MIN = 1 << 20;

    private final Files files;
    private final Fingerprints fingerprints;
    private final Appender appender;
    private final SegmentTable segments;
    private final DiskBound bound;
    private final DiskTrouble trouble;
    private final Leftovers leftovers;
    private final LogMessages messages;
    private final boolean areWanted;
    /** Segments that have to be read. */
    private final Queue<Segment> due = new ConcurrentLinkedQueue<>();
    /** Segments whose hints were gathered. */
    private final Queue<Segment> gathered = new ConcurrentLinkedQueue<>();

    private volatile boolean stopping;

    Hints(
            Files files,
            LogOptions options,
            Fingerprints fingerprints,
            Appender appender,
            SegmentTable segments,
            DiskBound bound,
            DiskTrouble trouble,
            Leftovers leftovers,
            LogMessages messages) {
        this.files = files;
        this.fingerprints = fingerprints;
        this.appender = appender;
        this.segments = segments;
        this.bound = bound;
        this.trouble = trouble;
        this.leftovers = leftovers;
        this.messages = messages;
        this.areWanted = options.wantsHints();
    }

    /** Returns what is to gather the hints of a new segment, null if nobody wants them. */
    @Nullable
    HintLines begin(SegmentHeader header) {
        return areWanted ? new HintLines(files, header) : null;
    }

    /** A segment has become one that the manifest will list as sealed, or was found so without hints. */
    void add(Segment sealed) {
        if (areWanted) {
            (sealed.hints == null ? due : gathered).add(sealed);
        }
    }

    /** Takes in a segment that opening has found; how long hint files are is known by the ids of their segments. */
    void take(Segment found, Map<Long, Long> hintBytes) {
        found.hintBytes = hintBytes.getOrDefault(found.header.id(), 0L);
        if (found.hintBytes == 0) {
            add(found);
        }
    }

    /** Returns the segment whose turn it is, null if there is none or this is no time for it. The manifest on disk must list it. */
    @Nullable
    Segment next() {
        return !stopping && trouble.isNone() && hasRoomFor(due.peek()) ? due.poll() : null;
    }

    private boolean hasRoomFor(@Nullable Segment segment) {
        return segment == null || hasRoom((long) LogFormat.HINT_BYTES * segment.line.records());
    }

    /** Writes what was gathered of the head, as far as it fills blocks: so it takes little memory. Under the append lock. */
    void flush(Segment head) {
        var lines = head.hints;
        if (lines == null) {
            return;
        }
        try {
            long bytes = lines.finishedBytes() - head.hintBytes;
            if (trouble.isNone() && hasRoom(bytes) && bound.admitsBeside(bytes)) {
                lines.flush();
                head.hintBytes = lines.fileBytes();
                return;
            }
        } catch (IOException e) {
            messages.debug("hints could not be written while their segment was; it is read for them later", e);
        }
        head.loseHints(leftovers);
    }

    /** Finishes what was gathered of the segments that wait. The manifest on disk must list them as sealed. */
    void finishGathered() {
        for (var segment = nextGathered(); segment != null; segment = nextGathered()) {
            if (!finishGathered(segment)) {
                due.add(segment);
            }
        }
    }

    private @Nullable Segment nextGathered() {
        return trouble.isNone() && hasRoomFor(gathered.peek()) ? gathered.poll() : null;
    }

    private boolean hasRoom(long bytes) {
        try {
            return files.freeBytes() - FREE_BYTES_MIN > bytes;
        } catch (IOException e) {
            messages.debug("the room for hints is unknown", e);
            return false;
        }
    }

    /** No segment is read any more but by {@link #writeLast}, and a file that is begun for one is given up. */
    void stop() {
        stopping = true;
    }

    /**
     * Writes the hints of a segment that the manifest on disk lists as sealed. Without a lock: the segment may be dropped meanwhile.
     *
     * @param meanwhile does what must not wait
     */
    void write(Segment segment, Runnable meanwhile) {
        write(segment, () -> {
            meanwhile.run();
            return !stopping;
        });
    }

    /** Likewise, at the end, for the segments that closing has sealed. */
    void writeLast(Segment segment) {
        if (areWanted && segment.isSealed() && segment.hintBytes == 0 && trouble.isNone() && hasRoomFor(segment)) {
            write(segment, () -> true);
        }
    }

    private void write(Segment segment, BooleanSupplier goesOn) {
        var line = segment.line;
        var found = new FoundSegment(segment.name, segment.header, line, line.length(), false);
        var writer = new HintWriter(files, found, line, fingerprints, goesOn);
        if (isWithinBound(segment, HintHeader.fileBytes(line.records(), segment.header.suite()))) {
            complete(segment, new HintLines(files, segment.header), writer::write);
        }
    }

    /** What completes a file, and tells whether it has. */
    private interface Completion {
        boolean complete(HintLines lines) throws IOException;
    }

    private boolean complete(Segment segment, HintLines lines, Completion completion) {
        boolean isWritten = false;
        try {
            isWritten = completion.complete(lines);
        } catch (IOException e) {
            messages.debug("hints of a segment could not be written; the next opening reads it whole", e);
        }
        boolean isKept = isKept(segment, isWritten ? lines.fileBytes() : 0);
        if (isWritten && isKept) {
            lines.close();
        } else {
            lines.discard(leftovers);
        }
        return isWritten;
    }

    /** Returns false if the segment has to be read for its hints. */
    private boolean finishGathered(Segment segment) {
        var lines = segment.takeHints();
        if (lines == null) {
            return false;
        }
        if (!isWithinBound(segment, lines.finishedBytes())) {
            lines.discard(leftovers);
            return true;
        }
        return complete(segment, lines, gathering -> gathering.finish(segment.line));
    }

    /** Counts the file before it is written, unless the room is wanted for entries. There are no more hints than records. */
    private boolean isWithinBound(Segment segment, long bytes) {
        appender.lock.lock();
        try {
            boolean isWithin = bound.admitsBeside(bytes - segment.hintBytes);
            segment.hintBytes = isWithin ? bytes : 0;
            return isWithin;
        } finally {
            appender.lock.unlock();
        }
    }

    /** Whether the segment is still there; then its hints go when it does. */
    private boolean isKept(Segment segment, long bytes) {
        appender.lock.lock();
        try {
            boolean isThere = segments.get(segment.number) == segment;
            segment.hintBytes = isThere ? bytes : 0;
            return isThere;
        } finally {
            appender.lock.unlock();
        }
    }

    /** Deletes the hints of a segment that was taken out of the table. */
    void discard(Segment segment) {
        due.remove(segment);
        gathered.remove(segment);
        segment.loseHints(leftovers);
        if (segment.hintBytes > 0) {
            leftovers.discard(HintHeader.fileName(segment.header.id()));
        }
    }
}
