package io.coffer.store.log;

import org.jspecify.annotations.Nullable;

/** Whose records a segment holds. */
enum SegmentKind {
    /** What callers wrote, in their order: sequence numbers rise without a gap, also from one such segment to the next. */
    WRITTEN(0),
    /** What compaction copied: older sequence numbers in any order. Counts only if the manifest lists it. */
    COMPACTED(1);

    final int code;

    SegmentKind(int code) {
        this.code = code;
    }

    /** Returns the kind with a code, null if there is none. */
    static @Nullable SegmentKind of(int code) {
        return code == WRITTEN.code ? WRITTEN : code == COMPACTED.code ? COMPACTED : null;
    }
}
