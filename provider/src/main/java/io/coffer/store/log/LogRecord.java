package io.coffer.store.log;

import java.nio.ByteBuffer;

/**
 * A record that was read and checked. Key and value stay in the buffer until somebody asks for them.
 *
 * @param type what it says
 * @param shadow whether it replaced a version with a later deadline
 * @param sequence its place in the order of all changes; of SYNC and FOOTER the last one given out
 * @param expiresAtMillis of PUT and TOUCH the deadline or {@link LogFormat#ETERNAL}; of the others the store's clock
 * @param checksum as it stands on disk
 * @param frameBytes how long it is on disk
 * @param content what holds key and value, the key directly before the value
 * @param keyIndex where the key begins
 * @param keyBytes its length
 * @param valueBytes length of the value
 */
record LogRecord(
        RecordType type,
        boolean shadow,
        long sequence,
        long expiresAtMillis,
        int checksum,
        int frameBytes,
        ByteBuffer content,
        int keyIndex,
        int keyBytes,
        int valueBytes) {

    /** Whether it is about a key. */
    boolean hasKey(byte[] key) {
        if (key.length != keyBytes) {
            return false;
        }
        int at = 0;
        for (; at <= keyBytes - Long.BYTES; at += Long.BYTES) {
            if (LittleEndian.getLong(key, at) != LittleEndian.getLong(content, keyIndex + at)) {
                return false;
            }
        }
        for (; at < keyBytes; at++) {
            if (key[at] != content.get(keyIndex + at)) {
                return false;
            }
        }
        return true;
    }

    /** Returns a copy of the key. */
    byte[] key() {
        return copy(keyIndex, keyBytes);
    }

    /** Returns a copy of the value. */
    byte[] value() {
        return copy(valueIndex(), valueBytes);
    }

    int valueIndex() {
        return keyIndex + keyBytes;
    }

    /** Returns up to which offset a SYNC says the segment was synced. */
    long syncedOffset() {
        return LittleEndian.getLong(content, valueIndex());
    }

    private byte[] copy(int index, int length) {
        var bytes = new byte[length];
        content.get(index, bytes);
        return bytes;
    }

    /** Without what the entry holds. */
    @Override
    public String toString() {
        return type + " #" + sequence + ", " + frameBytes + " bytes";
    }
}
