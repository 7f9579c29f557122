package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreCounters;
import io.coffer.spi.StoreCursor;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreKeys;
import io.coffer.spi.StoreWrite;
import io.coffer.spi.StoredEntry;
import io.coffer.spi.StoredState;
import io.coffer.store.Files;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of one cache in a log: see docs/file-format.md for what is on disk. Checks and hands on; the parts do the work. */
final class LogStore implements EntryStore {
    private final LogParts parts;

    private LogStore(LogParts parts) {
        this.parts = parts;
    }

    /** Opens the store of a directory, and makes it if there is none. The directory belongs to the store if this returns. */
    static LogStore open(Files files, LogOptions options) throws IOException {
        var recovered = LogRecovery.recover(files, options);
        // Names that were found need not be on disk: whoever made them may have been killed, or have failed, before.
        files.syncDirectory();
        return start(files, options, recovered);
    }

    /**
     * Goes on with what opening has found.
     *
     * @param files belong to the store from now on; it closes them
     */
    static LogStore start(Files files, LogOptions options, Recovered recovered) {
        var parts = new LogParts(files, options, recovered);
        parts.begin();
        return new LogStore(parts);
    }

    /** Does what the store's thread would do next, in the calling thread: for tests without that thread. */
    void tick() {
        parts.gate.requireOpen();
        parts.maintenance.step(true);
    }

    Figures figures() {
        return parts.figures;
    }

    @Override
    public @Nullable StoredState find(byte[] key) {
        parts.gate.requireOpen();
        var slot = parts.index.find(parts.fingerprints.of(key));
        if (slot == null) {
            return null;
        }
        if (slot.expiresAtMillis() == Slot.FAR) {
            var entry = read(key);
            return entry == null ? null : new StoredState(entry.stamp(), entry.expiresAtMillis());
        }
        return new StoredState(slot.location(), slot.expiresAtMillis());
    }

    @Override
    public @Nullable StoredEntry read(byte[] key) {
        parts.gate.requireOpen();
        return parts.reader.read(parts.fingerprints.of(key), key);
    }

    @Override
    public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
        requireFits(key.length, value.length);
        var fingerprint = parts.fingerprints.of(key);
        Segment segment;
        long location;
        parts.index.find(fingerprint); // brings the slot into the processor's cache while nobody waits for it
        parts.gate.enter(false, parts.appender.frameBytes(key, value));
        try {
            location = parts.changes.write(fingerprint, key, expectedStamp, value, expiresAtMillis);
            if (location == LOST) {
                return LOST;
            }
            parts.expiry.note(expiresAtMillis);
            parts.gate.succeeded(false);
            segment = parts.appender.head();
        } catch (IOException e) {
            throw parts.gate.failed("an entry could not be written", e);
        } finally {
            parts.gate.exit();
        }
        afterAppend(segment, Location.offset(location), Location.sizeBytes(location));
        return location;
    }

    @Override
    public long[] writeAll(List<StoreWrite> writes) {
        if (writes.isEmpty()) {
            return new long[0];
        }
        writes.forEach(write -> requireFits(write.key().length, write.value().length));
        var locations = new long[writes.size()];
        var place = append("entries could not be written", false, parts.changes.frameBytes(writes), () -> {
            parts.changes.writeAll(writes, locations);
            writes.forEach(write -> parts.expiry.note(write.expiresAtMillis()));
            return true;
        });
        try {
            afterAppend(place);
        } catch (StoreException e) {
            // Those in the segments before may be safe; but then all of them have failed.
            writes.forEach(write -> parts.invalidation.invalidate(parts.fingerprints.of(write.key()), write.key()));
            throw e;
        }
        return locations;
    }

    @Override
    public boolean remove(byte[] key, long expectedStamp) {
        parts.gate.requireOpen();
        requireFits(key.length, 0);
        var fingerprint = parts.fingerprints.of(key);
        var slot = parts.index.find(fingerprint);
        if (slot == null && expectedStamp <= ABSENT && !parts.gate.mayHideSomething()) {
            return true;
        }
        if (slot != null
                && slot.expiresAtMillis() <= parts.clock.millis()
                && !parts.gate.mayHideSomething()
                && parts.expirer.forget(fingerprint, expectedStamp)) {
            return true; // it has expired, for ever: that needs no record
        }
        var place = append(
                "an entry could not be removed",
                true,
                parts.appender.tombstoneBytes(key),
                () -> parts.changes.remove(fingerprint, key, expectedStamp, parts.gate.mayHideSomething()));
        afterAppend(place);
        return place != null;
    }

    @Override
    public boolean touch(byte[] key, long stamp, long expiresAtMillis) {
        requireFits(key.length, 0);
        var fingerprint = parts.fingerprints.of(key);
        var place = append("a deadline could not be written", false, parts.appender.tombstoneBytes(key), () -> {
            boolean isTouched = parts.changes.touch(fingerprint, key, stamp, expiresAtMillis);
            parts.expiry.note(expiresAtMillis);
            return isTouched;
        });
        try {
            afterAppend(place);
        } catch (StoreException e) {
            parts.forgetTouched(fingerprint, stamp);
            throw e;
        }
        return place != null;
    }

    @Override
    public void invalidate(byte[] key) {
        parts.gate.requireOpen();
        requireFits(key.length, 0);
        var segment = parts.invalidation.invalidate(parts.fingerprints.of(key), key);
        if (parts.options.isAlways() && segment != null) {
            parts.awaitSync(segment, segment.end - 1L); // lost or not: then a tombstone is pending
        }
    }

    @Override
    public void clear() {
        afterAppend(append("the entries could not be cleared", true, parts.appender.suite.recordBytes, () -> {
            parts.tombstones.clear();
            return true;
        }));
    }

    @Override
    public StoreCursor scan() {
        parts.gate.requireOpen();
        return parts.cursor();
    }

    @Override
    public boolean keepExpired(boolean kept) {
        parts.gate.requireOpen();
        parts.expiry.keep(kept);
        return true;
    }

    @Override
    public List<byte[]> expired(int most) {
        parts.gate.requireOpen();
        return parts.expiredKeys.next(most);
    }

    @Override
    public long size() {
        parts.gate.requireOpen();
        return parts.index.size();
    }

    @Override
    public InstantSource clock() {
        parts.gate.requireOpen();
        return parts.clock;
    }

    @Override
    public StoreCounters counters() {
        parts.gate.requireOpen();
        return parts.figures.counters();
    }

    @Override
    public @Nullable StoreKeys keys() {
        parts.gate.requireOpen();
        return parts.keys;
    }

    @Override
    public void sync() {
        parts.gate.requireOpen();
        if (parts.gate.mayHideSomething()) { // a removal that is still to be written was promised as well
            parts.gate.enter(true, 0);
            parts.gate.exit();
        }
        try {
            parts.flusher.flush();
        } catch (IOException e) {
            throw parts.messages.failed("what was written could not be synced", e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }

    /** A change; false if there was another version than expected, and then nothing has changed. */
    @FunctionalInterface
    private interface Change {
        boolean run() throws IOException;
    }

    /** Where the bytes of a change end; no segment if there is none, since nothing had to be written. */
    private record Place(@Nullable Segment segment, int end, long bytes) {}

    /** Carries a change out under the append lock. Returns null if nothing has changed. */
    private @Nullable Place append(String failure, boolean removes, long frameBytes, Change change) {
        parts.gate.enter(removes, frameBytes);
        try {
            if (!change.run()) {
                return null;
            }
            parts.gate.succeeded(removes);
            var segment = parts.appender.headOrNull();
            return new Place(segment, segment == null ? 0 : segment.end, frameBytes);
        } catch (IOException e) {
            throw parts.gate.failed(failure, e);
        } finally {
            parts.gate.exit();
        }
    }

    private void afterAppend(@Nullable Place place) {
        if (place != null && place.segment != null) {
            afterAppend(place.segment, place.end - 1L, place.bytes);
        }
    }

    /** Before the lock: what is too large for any record never comes near the disk. */
    private void requireFits(int keyBytes, int valueBytes) {
        if (keyBytes > LogFormat.KEY_BYTES_MAX) {
            throw parts.messages.tooLarge(
                    "The key has " + keyBytes + " bytes; at most " + LogFormat.KEY_BYTES_MAX + " can be stored");
        }
        long bytes = (long) keyBytes + valueBytes;
        if (bytes > parts.maxRecordBytes) {
            throw parts.messages.tooLarge(
                    "The entry has " + bytes + " bytes; maxRecordBytes is " + parts.maxRecordBytes);
        }
    }

    /** Waits until an append is as safe as the store was told to make it, and helps if nobody seals. */
    private void afterAppend(Segment segment, long offset, long bytes) {
        parts.backpressure.appended(segment, bytes);
        if (parts.options.isAlways()) {
            parts.awaitSync(segment, offset);
            if (segment.isLost(offset)) {
                throw parts.messages.failed("what was written could not be synced", null);
            }
        }
    }
}
