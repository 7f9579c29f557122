package io.coffer.store.log;

import java.io.IOException;

/** Writes removals that the disk has refused before. Guarded by the append lock. */
final class Tombstones {
    private final Appender appender;
    private final Index index;
    private final Fingerprints fingerprints;
    private final SegmentTable segments;
    private final StoreClock clock;
    private final PendingTombstones pending;

    Tombstones(
            Appender appender,
            Index index,
            Fingerprints fingerprints,
            SegmentTable segments,
            StoreClock clock,
            PendingTombstones pending) {
        this.appender = appender;
        this.index = index;
        this.fingerprints = fingerprints;
        this.segments = segments;
        this.clock = clock;
        this.pending = pending;
    }

    boolean arePending() {
        return !pending.isEmpty();
    }

    /** Keeps a key in mind until it can be written that it is absent. */
    void postpone(byte[] key) {
        pending.add(key);
    }

    /** Writes what is pending and forgets it. */
    void writePending() throws IOException {
        appendPending();
        settle();
    }

    /** Writes what is pending, and keeps it in mind. */
    void appendPending() throws IOException {
        if (pending.isAll()) {
            appendClear();
            return;
        }
        var keys = pending.keys();
        if (keys.isEmpty()) {
            return;
        }
        int bytes = 0;
        for (var key : keys) {
            bytes += appender.tombstoneBytes(key);
        }
        long now = clock.millis();
        try {
            appender.begin(bytes);
            for (var key : keys) {
                appender.add(RecordType.REMOVE, false, now, fingerprints.of(key), key, AppendBatch.NOTHING);
            }
            appender.commit();
        } finally {
            appender.abort();
        }
    }

    /** What is pending was written and need not be kept in mind. */
    void settle() {
        if (pending.isAll()) {
            forgetAll();
        }
        pending.clear();
    }

    /** Writes that nothing before has a value, and forgets everything. */
    void clear() throws IOException {
        appender.rollFrom(ROLL_BYTES);
        appendClear();
        forgetAll();
        pending.clear();
    }

    /** A head with so many bytes is left to be dropped as a whole when all is cleared. */
    private static final int ROLL_BYTES = 256 << 10;

    private void appendClear() throws IOException {
        appender.append(RecordType.CLEAR, false, clock.millis(), Hint.NO_KEY, AppendBatch.NOTHING, AppendBatch.NOTHING);
    }

    private void forgetAll() {
        index.clear();
        segments.loseAll();
        segments.cleared(appender.head().maxSequence);
    }
}
