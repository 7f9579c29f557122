package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a scan gets a segment's bytes from. */
@FunctionalInterface
interface SegmentBytes {
    /** Fills what remains of a buffer with the bytes from an offset on; all of them are there. */
    void read(ByteBuffer target, long offset) throws IOException;
}
