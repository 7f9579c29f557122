package io.coffer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The part of a segment that a scan holds in memory. Reads ahead, so that small records do not cost a read each. One thread at a time. */
final class SegmentWindow {
    private final SegmentBytes bytes;
    private final long end;
    private final int windowBytes;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    /** Offset in the segment of the buffer's first byte. */
    private long start;

    SegmentWindow(SegmentBytes bytes, long end, int windowBytes) {
        this.bytes = bytes;
        this.end = end;
        this.windowBytes = windowBytes;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Makes sure that so many bytes from an offset on are in the buffer, and returns where. The caller knows that the segment has them. */
    int indexOf(long offset, int length) throws IOException {
        if (!holds(offset, length)) {
            fill(offset, length);
        }
        return index(offset);
    }

    /** Whether so many bytes from an offset on are in the buffer. */
    boolean holds(long offset, int length) {
        return offset >= start && offset + length <= start + buffer.limit();
    }

    /** Returns where in the buffer an offset is that it {@link #holds}. */
    int index(long offset) {
        return (int) (offset - start);
    }

    private void fill(long offset, int length) throws IOException {
        int wanted = (int) Math.min(end - offset, Math.max(windowBytes, length));
        if (buffer.capacity() < wanted) {
            buffer = ByteBuffer.allocate(wanted);
        }
        start = offset;
        buffer.clear().limit(wanted);
        bytes.read(buffer, offset);
        buffer.rewind();
    }

    /** Returns where the zeros begin that go on to the end; not before an offset. */
    long blankFrom(long offset) throws IOException {
        long at = end;
        while (at > offset) {
            long from = Math.max(offset, at - windowBytes);
            int length = (int) (at - from);
            int index = indexOf(from, length);
            int left = Zeros.trimmed(buffer, index, length);
            if (left > 0) {
                return from + left;
            }
            at = from;
        }
        return offset;
    }
}
