package io.coffer.store.log;

import io.coffer.store.Files;
import io.coffer.store.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file that a compaction writes: a segment of its own, of which nobody knows before it is sealed. One thread at a time.
 *
 * <p>It is synced in pieces while it is written, so that no sync takes long: others wait for the disk meanwhile.
 */
final class CompactedOutput {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int SYNC_BYTES = 8 << 20;

    private final Files files;
    private final SegmentHeader header;
    private final int number;
    private final String name;
    private final RecordFraming framing;
    private final WritableFile file;
    private final SegmentTally tally = new SegmentTally();
    /** Null if nobody wants them. */
    private final @Nullable HintLines hints;

    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private int written;
    private int framed;
    private int syncedEnd;
    private boolean closed;
    private Shadows shadows = Shadows.NONE;

    private CompactedOutput(
            Files files, SegmentHeader header, int number, WritableFile file, @Nullable HintLines hints) {
        this.files = files;
        this.header = header;
        this.number = number;
        this.name = SegmentHeader.fileName(header.id());
        this.framing = header.framing();
        this.file = file;
        this.hints = hints;
    }

    /**
     * Makes the file. If that fails, there is none.
     *
     * @param hints gathers what is written
     */
    static CompactedOutput begin(
            Files files, SegmentHeader header, int number, @Nullable HintLines hints, Leftovers leftovers)
            throws IOException {
        var name = SegmentHeader.fileName(header.id());
        var output = new CompactedOutput(files, header, number, files.create(name), hints);
        var bytes = header.encode();
        output.buffer.put(0, bytes);
        output.framed = bytes.length;
        boolean begun = false;
        try {
            output.hand();
            begun = true;
        } finally {
            if (!begun) {
                output.discard(leftovers);
            }
        }
        return output;
    }

    /** Writes what was read in another segment, with its sequence number, and returns its location. */
    long copy(LogRecord record, Fingerprint print, boolean shadow, long expiresAtMillis) throws IOException {
        int bytes = framing.frameBytes(record.keyBytes(), record.valueBytes());
        int offset = makeRoom(bytes);
        int checksum = framing.copy(buffer, framed, offset, record, shadow, expiresAtMillis);
        var hint = new Hint(record.type(), shadow, print, record.sequence(), expiresAtMillis, offset, bytes);
        return added(hint, checksum, bytes - record.valueBytes());
    }

    /** Writes that a key had no value any more after the change that was read. */
    void bury(LogRecord record, Fingerprint print, long clockMillis) throws IOException {
        int bytes = framing.frameBytes(record.keyBytes(), 0);
        int offset = makeRoom(bytes);
        int checksum = framing.write(
                buffer,
                framed,
                offset,
                RecordType.REMOVE,
                false,
                record.sequence(),
                clockMillis,
                record.key(),
                AppendBatch.NOTHING);
        var hint = new Hint(RecordType.REMOVE, false, print, record.sequence(), clockMillis, offset, bytes);
        added(hint, checksum, bytes);
    }

    private int makeRoom(int bytes) throws IOException {
        if (framed + bytes > buffer.capacity()) {
            hand();
            if (bytes > buffer.capacity()) {
                buffer = ByteBuffer.allocate(bytes);
            }
        }
        return written + framed;
    }

    private long added(Hint record, int checksum, int bytesWithoutValue) {
        tally.add(record.type(), record.sequence(), record.expiresAtMillis(), checksum);
        framed += record.frameBytes();
        if (Shadows.includes(record.type(), record.shadow())) {
            shadows = shadows.with(record.type(), bytesWithoutValue);
        }
        if (hints != null) {
            hints.add(record);
        }
        return Location.of(number, record.offset(), record.frameBytes());
    }

    private void hand() throws IOException {
        if (framed > 0) {
            file.write(written, buffer.array(), 0, framed);
            written += framed;
            framed = 0;
        }
        if (written - syncedEnd >= SYNC_BYTES) {
            file.sync();
            syncedEnd = written;
        }
    }

    /** Whether nothing was worth keeping. */
    boolean isEmpty() {
        return tally.isEmpty();
    }

    int keyEpoch() {
        return header.keyEpoch();
    }

    /** How long the file is, or will be when what was framed is written. */
    int bytes() {
        return written + framed;
    }

    /** Ends and syncs it. It counts when a manifest lists it. */
    Segment seal(long clockMillis) throws IOException {
        hand();
        var line = HeadSealer.seal(file, header, written, tally.summary(), header.createdSequence(), clockMillis);
        var segment = Segment.sealed(number, header, files, line, framing);
        segment.shadows = shadows;
        segment.hints = hints;
        // What has expired and waits to be seen is looked at again later, not at once.
        segment.earliestDeadline = Math.max(tally.earliestDeadline(), clockMillis);
        Leftovers.close(file, name);
        closed = true;
        return segment;
    }

    /** Deletes it. */
    void discard(Leftovers leftovers) {
        if (closed) {
            leftovers.discard(name);
        } else {
            leftovers.discard(file, name);
        }
    }
}
