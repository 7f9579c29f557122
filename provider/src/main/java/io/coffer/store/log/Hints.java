package io.coffer.store.log;

import io.coffer.spi.Recovery;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes hint files while the store is open, and takes them away with their segments. A file is one try for each segment and opening:
 * without it the next opening reads the segment, so nothing here ever fails an operation. Which segments wait for one any thread may say;
 * one thread writes.
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
    private final Queue<Segment> due = new ConcurrentLinkedQueue<>();
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
        this.areWanted = options.recovery() == Recovery.POINT_IN_TIME;
    }

    /** A segment has become one that the manifest will list as sealed, or was found so without hints. */
    void add(Segment sealed) {
        if (areWanted) {
            due.add(sealed);
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
        return trouble.isNone() && hasRoomFor(due.peek()) ? due.poll() : null;
    }

    private boolean hasRoomFor(@Nullable Segment segment) {
        try {
            return segment == null
                    || files.freeBytes() - FREE_BYTES_MIN > (long) LogFormat.HINT_BYTES * segment.line.records();
        } catch (IOException e) {
            messages.debug("the room for hints is unknown", e);
            return false;
        }
    }

    /** No file is begun any more but by {@link #writeLast}, and one that is begun is given up. */
    void stop() {
        stopping = true;
        due.clear();
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
        if (areWanted && segment.isSealed() && trouble.isNone() && hasRoomFor(segment)) {
            write(segment, () -> true);
        }
    }

    private void write(Segment segment, BooleanSupplier goesOn) {
        var line = segment.line;
        var name = HintHeader.fileName(line.id());
        var found = new FoundSegment(segment.name, segment.header, line, line.length(), false);
        var writer = new HintWriter(files, found, line, fingerprints, goesOn);
        if (!isWithinBound(segment)) {
            return;
        }
        boolean isWritten = false;
        try (var file = files.create(name)) {
            isWritten = writer.write(file);
        } catch (IOException e) {
            isWritten = false;
            messages.debug("hints of a segment could not be written; the next opening reads it whole", e);
        }
        if (!isKept(segment, isWritten ? writer.fileBytes() : 0) || !isWritten) {
            leftovers.discard(name);
        }
    }

    /** Counts the file before it is written, unless the room is wanted for entries. There are no more hints than records. */
    private boolean isWithinBound(Segment segment) {
        appender.lock.lock();
        try {
            long bytes = HintHeader.fileBytes(segment.line.records(), segment.header.suite());
            boolean isWithin = bound.admitsBeside(bytes);
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
        if (segment.hintBytes > 0) {
            leftovers.discard(HintHeader.fileName(segment.header.id()));
        }
    }
}
