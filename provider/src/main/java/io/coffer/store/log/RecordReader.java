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
    private final Fingerprints fingerprints;
    private final SegmentTable segments;
    private final LogCounters counters;
    private final LogMessages messages;
    private final Barrier barrier;
    private final WriteGate gate;
    private final ReadBuffers buffers = new ReadBuffers();

    RecordReader(
            Index index,
            Fingerprints fingerprints,
            SegmentTable segments,
            LogCounters counters,
            LogMessages messages,
            WriteGate gate,
            Barrier barrier) {
        this.gate = gate;
        this.index = index;
        this.fingerprints = fingerprints;
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
        return find(fingerprint, key);
    }

    /** Reads the entry of a fingerprint, whatever its key; null if there is none. */
    @Nullable
    StoredEntry read(Fingerprint fingerprint) {
        return find(fingerprint, null);
    }

    private @Nullable StoredEntry find(Fingerprint fingerprint, byte @Nullable [] key) {
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
        (e.isTampered() ? counters.tamperedEntries : counters.damagedEntries).increment();
        var failure = e.isTampered()
                ? messages.tampered(segment.name, Location.offset(location))
                : messages.damaged(segment.name, Location.offset(location));
        segment.damage.warn(failure.getMessage() + " Further damage in it is told at level DEBUG.", e);
        return failure;
    }

    private @Nullable StoredEntry read(Segment segment, Slot slot, byte @Nullable [] key, int stripe)
            throws IOException, DamagedFileException {
        var used = segment.used;
        if (used != null && key != null) {
            used.mark(Location.offset(slot.location()));
        }
        return at(
                segment,
                slot.location(),
                stripe,
                // another key with the same fingerprint: practically never
                record -> key == null || record.hasKey(key)
                        ? new StoredEntry(
                                key == null ? record.key() : key,
                                record.value(),
                                slot.location(),
                                deadline(slot, record))
                        : null);
    }

    private static long deadline(Slot slot, LogRecord record) {
        return slot.expiresAtMillis() == Slot.FAR ? record.expiresAtMillis() : slot.expiresAtMillis();
    }

    /** What becomes of a record while its bytes are there. */
    @FunctionalInterface
    private interface Use {
        @Nullable
        StoredEntry of(LogRecord record);
    }

    private @Nullable StoredEntry at(Segment segment, long location, int stripe, Use use)
            throws IOException, DamagedFileException {
        long offset = Location.offset(location);
        int length = (int) Math.min(Location.sizeBytes(location), segment.end - offset);
        if (length > ReadBuffers.BYTES_MAX) {
            var buffer = readLong(segment, offset, length, stripe);
            var record = segment.framing.read(buffer, 0, length, offset);
            return use.of(checked(record, segment, offset, buffer, length));
        }
        var place = buffers.take(stripe);
        try {
            var buffer = place.onDisk(Math.max(length, 0));
            int read = segment.reader.read(buffer, offset);
            var record = segment.framing.read(buffer, read, offset, place);
            return use.of(checked(record, segment, offset, buffer, read));
        } finally {
            buffers.give(stripe, place);
        }
    }

    /** By pieces: the JDK would else keep a buffer as long as the record for each thread that has ever read one. */
    private ByteBuffer readLong(Segment segment, long offset, int length, int stripe) throws IOException {
        var whole = ByteBuffer.allocate(length);
        var place = buffers.take(stripe);
        try {
            var piece = place.onDisk(ReadBuffers.BYTES_MAX);
            int read = 1;
            while (whole.hasRemaining() && read > 0) {
                piece.clear().limit(Math.min(ReadBuffers.BYTES_MAX, whole.remaining()));
                read = segment.reader.read(piece, offset + whole.position());
                whole.put(piece.flip());
            }
            return whole;
        } finally {
            buffers.give(stripe, place);
        }
    }

    private static LogRecord checked(
            @Nullable LogRecord record, Segment segment, long offset, ByteBuffer bytes, int length)
            throws IOException, DamagedFileException {
        if (record == null && isTampered(segment, offset, bytes, length)) {
            throw DamagedFileException.tampered(segment.name, offset);
        }
        if (record == null || record.type() != RecordType.PUT) {
            throw new DamagedFileException(segment.name, offset, "a record of type PUT", "something else");
        }
        return record;
    }

    /** Whether what is no record has the right checksum. */
    private static boolean isTampered(Segment segment, long offset, ByteBuffer bytes, int length) throws IOException {
        int frameBytes = segment.framing.frameBytes(bytes, 0, length);
        return frameBytes >= 0
                && segment.framing.isIntact(
                        (target, at) -> target.put(bytes.slice((int) (at - offset), target.remaining())),
                        offset,
                        frameBytes,
                        ByteBuffer.allocate(frameBytes));
    }

    /** Returns the entry that a record is, if the index points at it or at where it was moved since; null if not. */
    @Nullable
    StoredEntry live(Segment segment, long location, LogRecord record) {
        var slot = index.find(fingerprints.of(record));
        return slot != null && (slot.location() == location || Moved.leads(segment.moved, location, slot.location()))
                ? new StoredEntry(record.key(), record.value(), slot.location(), deadline(slot, record))
                : null;
    }

    /**
     * Reads the entry that was moved to a location, wherever it lies by now; null if it was changed since.
     *
     * @param places where it was moved to
     */
    @Nullable
    StoredEntry readMoved(Moved places, long location) {
        int stripe = Stripe.ofThread();
        @Nullable Moved moved = places;
        long at = location;
        while (moved != null && at != Location.NONE) {
            var segment = moved.target();
            long here = at;
            if (segment.reader.acquire(stripe)) {
                try {
                    return at(segment, here, stripe, record -> live(segment, here, record));
                } catch (FileNotFoundException e) {
                    messages.debug("a segment went while it was read; going on where its records are now", e);
                } catch (IOException e) {
                    counters.failedReads.increment();
                    throw messages.readFailed(e);
                } catch (DamagedFileException e) {
                    LogMessages.LOG.log(System.Logger.Level.DEBUG, damaged(segment, here, e));
                    return null;
                } finally {
                    segment.reader.release(stripe);
                }
            }
            moved = segment.moved;
            at = moved == null ? Location.NONE : moved.to(here);
        }
        gate.requireOpen();
        return null;
    }
}
