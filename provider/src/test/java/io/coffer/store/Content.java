package io.coffer.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of one simulated file: they grow and shrink, and are copied only when they change. */
final class Content {
    private byte[] bytes;
    private int size;
    private boolean shared;

    /** Begins with bytes that are not changed. */
    Content(byte[] bytes) {
        this.bytes = bytes;
        size = bytes.length;
        shared = true;
    }

    Content copy() {
        return new Content(frozen());
    }

    int size() {
        return size;
    }

    /** Returns the bytes as they are now, in an array that does not change any more. */
    byte[] frozen() {
        if (bytes.length != size) {
            bytes = Arrays.copyOf(bytes, size);
        }
        shared = true;
        return bytes;
    }

    /** Puts bytes somewhere; a gap before them is zeros. */
    void write(int position, byte[] source, int offset, int length) {
        grow(position + length);
        own(size);
        System.arraycopy(source, offset, bytes, position, length);
    }

    /** Makes it at least so long, with zeros. */
    void grow(int newSize) {
        if (newSize > size) {
            own(newSize);
            Arrays.fill(bytes, size, newSize, (byte) 0);
            size = newSize;
        }
    }

    void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    int read(ByteBuffer target, long position) {
        int count = (int) Math.max(0, Math.min(target.remaining(), size - position));
        if (count > 0) {
            target.put(bytes, (int) position, count);
        }
        return count;
    }

    private void own(int capacity) {
        if (shared || bytes.length < capacity) {
            bytes = Arrays.copyOf(bytes, Math.max(capacity, shared ? size + 64 : 2 * size));
            shared = false;
        }
    }
}
