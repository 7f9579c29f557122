package io.coffer.store.log;

import java.nio.ByteBuffer;

/**
 * What a change means to the index, without key and value, so that a store can be opened without reading these. A record tells it, or a
 * line of a hint file.
 *
 * @param type of a change
 * @param shadow whether it replaced a version with a later deadline
 * @param key what the index keeps of the key; {@link #NO_KEY} of a CLEAR
 * @param sequence its place in the order of all changes
 * @param expiresAtMillis of PUT and TOUCH the deadline or {@link LogFormat#ETERNAL}; of the others the store's clock
 * @param offset where its record lies in the segment
 * @param frameBytes how long the record is
 */
record Hint(
        RecordType type,
        boolean shadow,
        Fingerprint key,
        long sequence,
        long expiresAtMillis,
        long offset,
        int frameBytes) {

    /** Of a change that is about no key. */
    static final Fingerprint NO_KEY = new Fingerprint(0, 0);

    private static final int TAIL_AT = 8;
    private static final int PLACE_AT = 12;
    private static final int SEQUENCE_AT = 16;
    private static final int EXPIRES_AT = 22;
    private static final int LENGTH_AT = 28;
    /** The place has the offset in 28 bits, then the type in 3, then shadow. */
    private static final int TYPE_SHIFT = 28;

    private static final int OFFSET_MASK = (1 << TYPE_SHIFT) - 1;
    private static final int TYPE_MASK = 7;
    private static final int KEY_BYTES_USUAL = 64;

    /** Returns what a change says that lies at an offset. */
    static Hint of(LogRecord change, long offset, Fingerprints fingerprints) {
        return new Hint(
                change.type(),
                change.shadow(),
                print(change, fingerprints),
                change.sequence(),
                change.expiresAtMillis(),
                offset,
                change.frameBytes());
    }

    /** Returns what the index keeps of the key that a change is about; {@link #NO_KEY} if it is about none. */
    static Fingerprint print(LogRecord change, Fingerprints fingerprints) {
        return change.type() == RecordType.CLEAR ? NO_KEY : fingerprints.of(change);
    }

    /** What the record takes without its value; of a PUT, whose key's length is not known here, by an estimate. */
    int bytesWithoutValue() {
        return type == RecordType.PUT
                ? Math.min(frameBytes, LogFormat.RECORD_HEADER_BYTES + KEY_BYTES_USUAL)
                : frameBytes;
    }

    void encode(ByteBuffer target, int index) {
        LittleEndian.putLong(target, index, key.head());
        LittleEndian.putInt(target, index + TAIL_AT, key.tail());
        int place = (int) offset | (type.code << TYPE_SHIFT) | (shadow ? Integer.MIN_VALUE : 0);
        LittleEndian.putInt(target, index + PLACE_AT, place);
        LittleEndian.put48(target, index + SEQUENCE_AT, sequence);
        LittleEndian.put48(target, index + EXPIRES_AT, LogFormat.deadlineToDisk(expiresAtMillis));
        LittleEndian.putInt(target, index + LENGTH_AT, frameBytes);
    }

    /** Reads a line, and refuses one that cannot be of any record. */
    static Hint decode(ByteBuffer source, int index, long position, String file) throws DamagedFileException {
        int place = LittleEndian.getInt(source, index + PLACE_AT);
        var type = RecordType.of((place >>> TYPE_SHIFT) & TYPE_MASK);
        boolean shadow = place < 0;
        if (type == null || !type.isChange() || (shadow && type != RecordType.PUT)) {
            throw new DamagedFileException(
                    file, position + PLACE_AT, "a change, shadow only for PUT", Integer.toString(place >>> TYPE_SHIFT));
        }
        long head = LittleEndian.getLong(source, index);
        int tail = LittleEndian.getInt(source, index + TAIL_AT);
        boolean isKeyed = type != RecordType.CLEAR;
        if (isKeyed ? head == 0 : (head | tail) != 0) {
            throw new DamagedFileException(
                    file, position, "a fingerprint for all but CLEAR", "0x" + Long.toHexString(head));
        }
        return new Hint(
                type,
                shadow,
                isKeyed ? new Fingerprint(head, tail) : NO_KEY,
                LittleEndian.getUnsigned48(source, index + SEQUENCE_AT),
                LogFormat.deadlineFromDisk(LittleEndian.getUnsigned48(source, index + EXPIRES_AT)),
                place & OFFSET_MASK,
                LittleEndian.getInt(source, index + LENGTH_AT));
    }
}
