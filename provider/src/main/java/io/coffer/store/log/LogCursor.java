package io.coffer.store.log;

import io.coffer.spi.StoreCursor;
import io.coffer.spi.StoredEntry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the segments that there were when it began, each up to where it ended then, and returns those records at which the index
 * points when they are met.
 *
 * <p>Why that is each entry once: an entry that is there all the time has its record in one of those parts, and the index points there
 * all the time, so it is met once. The record of an entry that is written meanwhile lies behind those parts and is not met; its former
 * record is met either before, and was the entry then, or after, and is not it any more. With {@code always} the parts end where the
 * segments were synced: what is behind is not acknowledged yet.
 *
 * <p>A compaction moves records. What was moved out of a part is told by the part's segment: as long as that can be read, its record is
 * as good as the moved one; if it is gone, the moved ones are read, each where it lies now. The segments that have them are no parts.
 *
 * <p>Memory: one window of bytes. Segments that are dropped meanwhile hold nothing else that the index points at.
 */
final class LogCursor implements StoreCursor {
    private static final int WINDOW_BYTES = 64 << 10;

    /** A segment, and where it ended when the cursor was made. */
    record Part(Segment segment, int end) {}

    private final Iterator<Part> parts;
    private final RecordReader reader;
    private final WriteGate gate;
    private final LogCounters counters;
    private final LogMessages messages;
    private final int stripe = Stripe.ofThread();

    private @Nullable Part part;
    private @Nullable SegmentScan scan;
    /** Where the next record of the part lies that was not looked at. */
    private long passed;
    /** Which of the records that were moved out of the part is next, -1 if none was looked at. */
    private int moved = -1;

    LogCursor(List<Part> parts, RecordReader reader, WriteGate gate, LogCounters counters, LogMessages messages) {
        this.parts = parts.iterator();
        this.reader = reader;
        this.gate = gate;
        this.counters = counters;
        this.messages = messages;
    }

    /**
     * Returns what a cursor goes through that is made now.
     *
     * @param onlySynced whether the parts end where the segments were synced
     */
    static List<Part> parts(Appender appender, SegmentTable segments, boolean onlySynced) {
        var parts = new ArrayList<Part>();
        appender.lock.lock();
        try {
            for (var segment : segments.all()) {
                int end = onlySynced ? segment.syncedEnd : segment.end;
                // Of a head that was never synced not even the header counts.
                if (end > segment.header.suite().headerBytes && segment.isScanned()) {
                    parts.add(new Part(segment, end));
                }
            }
        } finally {
            appender.lock.unlock();
        }
        return parts;
    }

    @Override
    public @Nullable StoredEntry next() {
        gate.requireOpen();
        while (part != null || parts.hasNext()) {
            var current = part == null ? parts.next() : part;
            part = current;
            var entry = next(current);
            if (entry != null) {
                return entry;
            }
            end();
        }
        return null;
    }

    private @Nullable StoredEntry next(Part current) {
        if (!current.segment().reader.acquire(stripe)) {
            gate.requireOpen();
            return nextMoved(current.segment());
        }
        try {
            return nextThere(current);
        } catch (FileNotFoundException e) {
            messages.debug("a segment went while it was read; going on where its records are now", e);
            return nextMoved(current.segment());
        } catch (IOException e) {
            scan = scan == null ? null : scanFrom(current, scan.offset());
            counters.failedReads.increment();
            throw messages.readFailed(e);
        } finally {
            current.segment().reader.release(stripe);
        }
    }

    private void end() {
        part = null;
        scan = null;
        moved = -1;
        passed = 0;
    }

    /** Goes on with a segment that is gone: returns the next record that was moved out of it. */
    private @Nullable StoredEntry nextMoved(Segment gone) {
        var places = gone.moved;
        if (places == null) {
            return null;
        }
        if (moved < 0) {
            moved = places.from(passed);
        }
        while (moved < places.count()) {
            var entry = reader.readMoved(places, places.location(moved));
            moved++;
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private @Nullable StoredEntry nextThere(Part current) throws IOException {
        var records = scan;
        if (records == null) {
            records = scanFrom(current, current.segment().header.suite().headerBytes);
            scan = records;
        }
        while (true) {
            switch (records.next()) {
                case RECORD -> {
                    var entry = entry(current.segment(), records.offset(), records.record());
                    if (entry != null) {
                        return entry;
                    }
                }
                case DAMAGE, BLANK -> {
                    tell(current.segment(), records.offset(), records.isTampered());
                    if (!records.resync(0, LogFormat.U48_MAX)) {
                        return null;
                    }
                    var entry = entry(current.segment(), records.offset(), records.record());
                    if (entry != null) {
                        return entry;
                    }
                }
                case END -> {
                    return null;
                }
            }
        }
    }

    private void tell(Segment segment, long offset, boolean isTampered) {
        (isTampered ? counters.tamperedEntries : counters.damagedEntries).increment();
        var what = isTampered ? messages.tampered(segment.name, offset) : messages.damaged(segment.name, offset);
        segment.damage.warn(what.getMessage() + " It is passed over.", null);
    }

    private @Nullable StoredEntry entry(Segment segment, long offset, LogRecord record) {
        passed = offset + record.frameBytes();
        return record.type() == RecordType.PUT
                ? reader.live(segment, Location.of(segment.number, offset, record.frameBytes()), record)
                : null;
    }

    private static SegmentScan scanFrom(Part part, long offset) {
        var segment = part.segment();
        return new SegmentScan(
                (target, at) -> read(segment, target, at), segment.framing, offset, part.end(), WINDOW_BYTES);
    }

    private static void read(Segment segment, ByteBuffer target, long offset) throws IOException {
        segment.reader.read(target, offset);
        while (target.hasRemaining()) {
            target.put((byte) 0); // somebody has cut the file: no record, so it is told as damage
        }
    }

    @Override
    public void close() {
        end();
        while (parts.hasNext()) {
            parts.next();
        }
    }
}
