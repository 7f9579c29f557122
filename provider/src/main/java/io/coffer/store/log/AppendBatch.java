package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records that are appended together: framed one behind the other, handed to the operating system at once if they are not very long,
 * and counted in their segment only when all of them were. Guarded by the append lock, and used again and again.
 */
final class AppendBatch {
    private static final int BUFFER_MIN = 16 << 10;
    /** What is longer is handed over in pieces, so that a large batch is not in memory twice. */
    private static final int PIECE = 1 << 20;

    static final byte[] NOTHING = {};

    private final SegmentTally tally = new SegmentTally();
    private final byte[] mark = new byte[LogFormat.SYNC_VALUE_BYTES];
    private final ByteBuffer markBuffer = ByteBuffer.wrap(mark);
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_MIN);
    private @Nullable Segment segment;
    private int written;
    private int framed;
    private int markedEnd;
    private Shadows shadows = Shadows.NONE;
    private int changes;
    private long sequence;

    /** Begins behind the last record of a segment. Says first how far the segment is synced, if that is news. */
    void begin(Segment target, long lastSequence, long clockMillis) throws IOException {
        segment = target;
        written = target.end;
        framed = 0;
        shadows = Shadows.NONE;
        changes = 0;
        sequence = lastSequence;
        markedEnd = target.markedEnd;
        tally.set(target.tally);
        int synced = target.syncedEnd;
        if (synced > markedEnd) {
            LittleEndian.putLong(markBuffer, 0, synced);
            frame(RecordType.SYNC, false, clockMillis, NOTHING, mark);
            if (target.hints != null) {
                target.hints.addOther();
            }
            markedEnd = synced;
        }
    }

    /**
     * Frames one more change and returns its location.
     *
     * @param time the deadline, or the store's clock, as the type wants it
     * @param print of the key; {@link Hint#NO_KEY} if the change is about none
     */
    long add(RecordType type, boolean shadow, long time, Fingerprint print, byte[] key, byte[] value)
            throws IOException {
        int bytes = frame(type, shadow, time, key, value);
        var target = target();
        int offset = written + framed - bytes;
        if (target.hints != null) {
            target.hints.add(new Hint(type, shadow, print, sequence, time, offset, bytes));
        }
        return Location.of(target.number, offset, bytes);
    }

    /** Frames one more record and returns how long it is. */
    private int frame(RecordType type, boolean shadow, long time, byte[] key, byte[] value) throws IOException {
        var target = target();
        int bytes = target.framing.frameBytes(key.length, value.length);
        if (framed + bytes > buffer.capacity()) {
            makeRoom(bytes);
        }
        if (type.isChange()) {
            sequence++;
            changes++;
        }
        int offset = written + framed;
        int checksum = target.framing.write(buffer, framed, offset, type, shadow, sequence, time, key, value);
        tally.add(type, sequence, time, checksum);
        framed += bytes;
        if (Shadows.includes(type, shadow)) {
            shadows = shadows.with(type, bytes - value.length);
        }
        return bytes;
    }

    private void makeRoom(int bytes) throws IOException {
        if (framed + bytes > PIECE) {
            hand();
        }
        if (framed + bytes > buffer.capacity()) {
            int wanted = Math.max(framed + bytes, Math.min(PIECE, buffer.capacity() * 2));
            var larger = ByteBuffer.allocate(wanted);
            larger.put(0, buffer, 0, framed);
            buffer = larger;
        }
    }

    private void hand() throws IOException {
        var file = target().writer;
        if (file == null) {
            throw new IllegalStateException("Nobody may append to " + target().name);
        }
        if (framed > 0) {
            file.write(written, buffer.array(), 0, framed);
            written += framed;
            framed = 0;
        }
    }

    /** Hands over what is left, counts the records, and returns the last sequence number. */
    long commit() throws IOException {
        hand();
        var target = target();
        target.tally.set(tally);
        target.markedEnd = markedEnd;
        if (shadows.count() > 0) {
            target.shadows = target.shadows.and(shadows);
        }
        target.maxSequence = sequence;
        target.latestDeadline = Math.max(target.latestDeadline, tally.latestDeadline());
        target.earliestDeadline = Math.min(target.earliestDeadline, tally.earliestDeadline());
        target.end = written;
        if (buffer.capacity() > PIECE) {
            buffer = ByteBuffer.allocate(BUFFER_MIN);
        }
        return sequence;
    }

    /** Whether it has more than one change. */
    boolean hasSeveral() {
        return changes > 1;
    }

    private Segment target() {
        if (segment == null) {
            throw new IllegalStateException("Nothing was begun");
        }
        return segment;
    }
}
