package io.coffer.store.log;

import org.jspecify.annotations.Nullable;

/** What the manifest says of a segment. */
enum SegmentState {
    /** Was being written when the manifest was: its length and its numbers are not known yet. */
    OPEN(0),
    /** Synced and closed by a footer: every damage in it is rot, never a torn write. */
    SEALED(1);

    final int code;

    SegmentState(int code) {
        this.code = code;
    }

    /** Returns the state with a code, null if there is none. */
    static @Nullable SegmentState of(int code) {
        return code == OPEN.code ? OPEN : code == SEALED.code ? SEALED : null;
    }
}
