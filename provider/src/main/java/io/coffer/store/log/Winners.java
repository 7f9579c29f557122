package io.coffer.store.log;

import org.jspecify.annotations.Nullable;

/**
 * Finds for each key the version that counts, without keeping keys: the one with the greatest sequence number, whatever the order in
 * which segments of compacted records tell it. These are read first; then the others by rising ids, whose records rise too.
 *
 * <p>So a written record needs no number in memory: it is later than every written one before. Compacted ones are kept apart, with
 * their numbers, until all is read. Removed keys and those whose deadline has passed are kept as well, since they hide older versions. One
 * thread at a time.
 */
final class Winners {
    /** A deadline that has passed when the store is made: the key is removed. */
    private static final long REMOVED = Long.MIN_VALUE;
    /** Marks a number where the index wants a location, which is never 0. */
    private static final long NUMBER = 1L << 48;

    private final long sinceMillis;
    private final Fingerprints fingerprints;
    private final Index index;
    private final CompactedSequences sequences = new CompactedSequences();
    private @Nullable Index compacted;
    private @Nullable Index compactedTouches;
    private long clearSequence;
    private long clearSequenceOnDisk;

    Winners(StoreIdentity identity) {
        sinceMillis = identity.deadlinesSinceMillis();
        fingerprints = identity.fingerprints();
        index = new Index(sinceMillis);
    }

    /** Begins a compacted segment; the records that are added next are its own. */
    void beginCompacted(int segment, long createdSequence) {
        sequences.begin(segment, createdSequence);
    }

    /** Takes a record of a compacted segment. All of these come before all others. */
    void addCompacted(LogRecord record, int segment, long offset) {
        switch (record.type()) {
            case PUT, REMOVE -> putCompacted(record, segment, offset);
            case TOUCH -> touchCompacted(record);
            case CLEAR -> clearOnDisk(record);
            case SYNC, FOOTER -> {}
        }
    }

    private void putCompacted(LogRecord record, int segment, long offset) {
        var slots = compacted == null ? new Index(sinceMillis) : compacted;
        compacted = slots;
        sequences.add(segment, offset, record.sequence());
        var key = fingerprints.of(record);
        var previous = slots.put(key, Location.of(segment, offset, record.frameBytes()), deadline(record));
        if (previous != null && sequences.of(previous.location()) > record.sequence()) {
            slots.put(key, previous.location(), previous.expiresAtMillis());
        }
    }

    private void touchCompacted(LogRecord record) {
        var touches = compactedTouches == null ? new Index(sinceMillis) : compactedTouches;
        compactedTouches = touches;
        var key = fingerprints.of(record);
        var previous = touches.put(key, NUMBER | record.sequence(), deadline(record));
        if (previous != null && previous.location() > (NUMBER | record.sequence())) {
            touches.put(key, previous.location(), previous.expiresAtMillis());
        }
    }

    /** Takes a record of another segment. */
    void addWritten(LogRecord record, int segment, long offset) {
        if (record.sequence() < clearSequence) {
            return;
        }
        switch (record.type()) {
            case PUT, REMOVE -> put(record, segment, offset);
            case TOUCH -> touch(record);
            case CLEAR -> clearOnDisk(record);
            case SYNC, FOOTER -> {}
        }
    }

    private void put(LogRecord record, int segment, long offset) {
        var key = fingerprints.of(record);
        if (compacted != null) {
            var other = compacted.find(key);
            if (other != null && sequences.of(other.location()) > record.sequence()) {
                return;
            }
            if (other != null) {
                compacted.remove(key);
            }
        }
        forgetTouch(key, record.sequence());
        index.put(key, Location.of(segment, offset, record.frameBytes()), deadline(record));
    }

    private void touch(LogRecord record) {
        var key = fingerprints.of(record);
        forgetTouch(key, record.sequence());
        var slots = index;
        var touched = slots.find(key);
        if (touched == null && compacted != null) {
            slots = compacted;
            touched = slots.find(key);
            if (touched != null && sequences.touchedUpTo(touched.location()) >= record.sequence()) {
                return;
            }
        }
        if (touched != null && isThere(touched.expiresAtMillis())) {
            slots.touchIf(key, touched.location(), deadline(record));
        }
    }

    private void forgetTouch(Fingerprint key, long sequence) {
        if (compactedTouches != null) {
            var touch = compactedTouches.find(key);
            if (touch != null && touch.location() < (NUMBER | sequence)) {
                compactedTouches.remove(key);
            }
        }
    }

    private void clearOnDisk(LogRecord record) {
        clearSequenceOnDisk = Math.max(clearSequenceOnDisk, record.sequence());
        clear(record.sequence());
    }

    /** Lets nothing with a lesser sequence number count. All written records that were added before have one. */
    void clear(long sequence) {
        clearSequence = Math.max(clearSequence, sequence);
        index.clear();
    }

    /** Returns the greatest sequence number of a CLEAR record, 0 if there was none. */
    long clearSequenceOnDisk() {
        return clearSequenceOnDisk;
    }

    /** Returns what counts and has not expired. Nothing may be added any more. */
    Index finish(long nowMillis) {
        if (compacted != null) {
            var slots = compacted.scan();
            while (slots.next()) {
                long sequence = sequences.of(slots.location());
                if (sequence >= clearSequence && isThere(slots.expiresAtMillis())) {
                    index.put(slots.fingerprint(), slots.location(), deadlineOf(slots));
                }
            }
            compacted = null;
        }
        if (compactedTouches != null) {
            touchWritten(compactedTouches.scan());
            compactedTouches = null;
        }
        index.removeWhere((location, expiresAtMillis) -> expiresAtMillis <= Math.max(nowMillis, sinceMillis));
        return index;
    }

    private long deadlineOf(IndexScan slot) {
        var touch = compactedTouches == null ? null : compactedTouches.find(slot.fingerprint());
        return touch != null && touch.location() > (NUMBER | sequences.touchedUpTo(slot.location()))
                ? touch.expiresAtMillis()
                : slot.expiresAtMillis();
    }

    /** What is left of these touches is later than every written version of its key. */
    private void touchWritten(IndexScan touches) {
        while (touches.next()) {
            var slot = index.find(touches.fingerprint());
            if (slot != null
                    && (touches.location() & ~NUMBER) > clearSequence
                    && !sequences.has(slot.location())
                    && isThere(slot.expiresAtMillis())) {
                index.touchIf(touches.fingerprint(), slot.location(), touches.expiresAtMillis());
            }
        }
    }

    private boolean isThere(long expiresAtMillis) {
        return expiresAtMillis > sinceMillis;
    }

    private long deadline(LogRecord record) {
        return switch (record.type()) {
            // What expired before the store was made is there all the same: a later TOUCH may be about it.
            case PUT, TOUCH -> Math.max(record.expiresAtMillis(), sinceMillis + 1);
            default -> REMOVED;
        };
    }
}
