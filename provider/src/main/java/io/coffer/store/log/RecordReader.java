package io.coffer.store.log;

import io.coffer.spi.StoredEntry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries from disk: one look into the index, one read of the whole record. A segment may be dropped meanwhile; then the index knows
 * better by now, and is asked again. Safe for use by several threads.
 */
final class RecordReader {
    /** Far more than the times a key can move while it is looked up; an index that is wrong must not become an endless loop. */
    private static final int TRIES = 1000;

    private final Index index;
    private final SegmentTable segments;
    private final LogCounters counters;
    private final LogMessages messages;
    private final Barrier barrier;
    private final WriteGate gate;
    private final ReadBuffers buffers = new ReadBuffers();

    RecordReader(
            Index index,
            SegmentTable segments,
            LogCounters counters,
            LogMessages messages,
            WriteGate gate,
            Barrier barrier) {
        this.gate = gate;
        this.index = index;
        this.segments = segments;
        this.counters = counters;
        this.messages = messages;
        this.barrier = barrier;
    }

    /** Makes a reader wait for bytes that a power failure could take back, if the store is to be that careful. */
    @FunctionalInterface
    interface Barrier {
        void await(Segment segment, long offset);
    }

    /** Reads an entry, null if there is none. */
    @Nullable
    StoredEntry read(Fingerprint fingerprint, byte[] key) {
        int stripe = Stripe.ofThread();
        long location = Location.NONE;
        for (int i = 0; i < TRIES; i++) {
            var slot = index.find(fingerprint);
            if (slot == null) {
                return null;
            }
            location = slot.location();
            var segment = segments.get(Location.segment(location));
            if (segment == null) {
                gate.requireOpen();
                continue;
            }
            barrier.await(segment, Location.offset(location));
            if (segment.isLost(Location.offset(location)) || !segment.reader.acquire(stripe)) {
                gate.requireOpen();
                continue;
            }
            try {
                return read(segment, slot, key, stripe);
            } catch (FileNotFoundException e) {
                LogMessages.LOG.log(System.Logger.Level.DEBUG, "A segment went while it was read; asking again", e);
            } catch (IOException e) {
                counters.failedReads.increment();
                throw messages.readFailed(e);
            } catch (DamagedFileException e) {
                var now = index.find(fingerprint);
                if (now != null && now.location() == location && !segment.isLost(Location.offset(location))) {
                    throw damaged(segment, location, e);
                }
            } finally {
                segment.reader.release(stripe);
            }
        }
        throw messages.damaged("a segment", Location.offset(location));
    }

    private RuntimeException damaged(Segment segment, long location, DamagedFileException e) {
        counters.damagedEntries.increment();
        var failure = messages.damaged(segment.name, Location.offset(location));
        segment.damage.warn(failure.getMessage() + " Further damage in it is told at level DEBUG.", e);
        return failure;
    }

    private @Nullable StoredEntry read(Segment segment, Slot slot, byte[] key, int stripe)
            throws IOException, DamagedFileException {
        long offset = Location.offset(slot.location());
        int length = (int) Math.min(Location.sizeBytes(slot.location()), segment.end - offset);
        if (length > ReadBuffers.BYTES_MAX) {
            return entry(segment, slot, key, readLong(segment, offset, length, stripe), length);
        }
        var buffer = buffers.take(stripe, Math.max(length, 0));
        try {
            int read = segment.reader.read(buffer, offset);
            return entry(segment, slot, key, buffer, read);
        } finally {
            buffers.give(stripe, buffer);
        }
    }

    /** By pieces: the JDK would else keep a buffer as long as the record for each thread that has ever read one. */
    private ByteBuffer readLong(Segment segment, long offset, int length, int stripe) throws IOException {
        var whole = ByteBuffer.allocate(length);
        var piece = buffers.take(stripe, ReadBuffers.BYTES_MAX);
        try {
            int read = 1;
            while (whole.hasRemaining() && read > 0) {
                piece.clear().limit(Math.min(ReadBuffers.BYTES_MAX, whole.remaining()));
                read = segment.reader.read(piece, offset + whole.position());
                whole.put(piece.flip());
            }
            return whole;
        } finally {
            buffers.give(stripe, piece);
        }
    }

    private static @Nullable StoredEntry entry(Segment segment, Slot slot, byte[] key, ByteBuffer bytes, int length)
            throws DamagedFileException {
        long offset = Location.offset(slot.location());
        var record = segment.framing.read(bytes, 0, length, offset);
        if (record == null || record.type() != RecordType.PUT) {
            throw new DamagedFileException(segment.name, offset, "a record of type PUT", "something else");
        }
        if (!record.hasKey(key)) {
            return null; // another key with the same fingerprint: practically never
        }
        long deadline = slot.expiresAtMillis() == Slot.FAR ? record.expiresAtMillis() : slot.expiresAtMillis();
        return new StoredEntry(key, record.value(), slot.location(), deadline);
    }
}
