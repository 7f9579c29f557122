package io.coffer.store.log;

import java.util.List;
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
    private final Index index;
    private final Warming warming;
    private final CompactedSequences sequences = new CompactedSequences();
    private @Nullable Index compacted;
    private @Nullable Index compactedTouches;
    private long clearSequence;
    private long clearSequenceOnDisk;

    Winners(StoreIdentity identity) {
        sinceMillis = identity.deadlinesSinceMillis();
        index = new Index(sinceMillis);
        warming = new Warming(index);
    }

    /** Begins a compacted segment; the records that are added next are its own. */
    void beginCompacted(int segment, long createdSequence) {
        sequences.begin(segment, createdSequence);
    }

    /** Makes room for so many changes. Called before the first is added. */
    void expect(long compactedChanges, long writtenChanges) {
        index.expect(compactedChanges + writtenChanges);
        if (compactedChanges > 0) {
            compacted = new Index(sinceMillis);
            compacted.expect(compactedChanges);
        }
    }

    /** Gets ready for some changes, which come next. */
    void expect(List<Hint> changes) {
        for (var change : changes) {
            warming.warm(change.key());
        }
    }

    /** Takes a change of a compacted segment. All of these come before all others. */
    void addCompacted(Hint change, int segment) {
        switch (change.type()) {
            case PUT, REMOVE -> putCompacted(change, segment);
            case TOUCH -> touchCompacted(change);
            case CLEAR -> clearOnDisk(change);
            case SYNC, FOOTER -> {}
        }
    }

    private void putCompacted(Hint change, int segment) {
        var slots = compacted == null ? new Index(sinceMillis) : compacted;
        compacted = slots;
        sequences.add(segment, change.offset(), change.sequence());
        var key = change.key();
        var previous = slots.put(key, Location.of(segment, change.offset(), change.frameBytes()), deadline(change));
        if (previous != null && sequences.of(previous.location()) > change.sequence()) {
            slots.put(key, previous.location(), previous.expiresAtMillis());
        }
    }

    private void touchCompacted(Hint change) {
        var touches = compactedTouches == null ? new Index(sinceMillis) : compactedTouches;
        compactedTouches = touches;
        var key = change.key();
        var previous = touches.put(key, NUMBER | change.sequence(), deadline(change));
        if (previous != null && previous.location() > (NUMBER | change.sequence())) {
            touches.put(key, previous.location(), previous.expiresAtMillis());
        }
    }

    /** Takes a change of another segment. */
    void addWritten(Hint change, int segment) {
        if (change.sequence() < clearSequence) {
            return;
        }
        switch (change.type()) {
            case PUT, REMOVE -> put(change, segment);
            case TOUCH -> touch(change);
            case CLEAR -> clearOnDisk(change);
            case SYNC, FOOTER -> {}
        }
    }

    private void put(Hint change, int segment) {
        var key = change.key();
        if (compacted != null) {
            var other = compacted.find(key);
            if (other != null && sequences.of(other.location()) > change.sequence()) {
                return;
            }
            if (other != null) {
                compacted.remove(key);
            }
        }
        forgetTouch(key, change.sequence());
        index.put(key, Location.of(segment, change.offset(), change.frameBytes()), deadline(change));
    }

    private void touch(Hint change) {
        var key = change.key();
        forgetTouch(key, change.sequence());
        var slots = index;
        var touched = slots.find(key);
        if (touched == null && compacted != null) {
            slots = compacted;
            touched = slots.find(key);
            if (touched != null && sequences.touchedUpTo(touched.location()) >= change.sequence()) {
                return;
            }
        }
        if (touched != null && isThere(touched.expiresAtMillis())) {
            slots.touchIf(key, touched.location(), deadline(change));
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

    private void clearOnDisk(Hint change) {
        clearSequenceOnDisk = Math.max(clearSequenceOnDisk, change.sequence());
        clear(change.sequence());
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

    /** Returns what counts; what is removed or has expired is still among it. Nothing may be added any more. */
    Index finish() {
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

    private long deadline(Hint change) {
        return switch (change.type()) {
            // What expired before the store was made is there all the same: a later TOUCH may be about it.
            case PUT, TOUCH -> Math.max(change.expiresAtMillis(), sinceMillis + 1);
            default -> REMOVED;
        };
    }
}
