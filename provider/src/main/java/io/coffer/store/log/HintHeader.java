package io.coffer.store.log;

import java.nio.ByteBuffer;

/**
 * The first bytes of a hint file: which segment it is about, and how much there is in it. All but the counts is also in the manifest, or in
 * the store's identity; a hint file in which anything of that is different is about another segment, or an earlier one of the same name.
 *
 * @param id of the segment
 * @param storeTag the first eight bytes of the store's id
 * @param salt of the segment
 * @param segmentBytes how long the sealed segment is
 * @param footerChecksum of the segment's footer, on which all its records hang
 * @param hints how many there are, one for each change
 * @param others how many records the segment has before its footer that are no changes
 */
record HintHeader(long id, long storeTag, int salt, int segmentBytes, int footerChecksum, int hints, int others) {

    private static final String ENDING = ".hint";
    private static final int HINT_BYTES_AT = 14;
    private static final int ID_AT = 16;
    private static final int STORE_AT = 24;
    private static final int SALT_AT = 32;
    private static final int SEGMENT_BYTES_AT = 36;
    private static final int FOOTER_AT = 40;
    private static final int HINTS_AT = 44;
    private static final int OTHERS_AT = 48;
    private static final int ZERO_AT = 52;

    /** Returns what the file about a sealed segment must say. */
    static HintHeader of(ManifestLine sealed, long storeTag, int hints, int others) {
        return new HintHeader(
                sealed.id(), storeTag, sealed.salt(), sealed.length(), sealed.footerChecksum(), hints, others);
    }

    /** Returns the name of the file about a segment. */
    static String fileName(long id) {
        return String.format("%012x", id) + ENDING;
    }

    /** Whether a file is one of these, by its name. */
    static boolean isHint(String name) {
        return name.endsWith(ENDING);
    }

    /** Returns the length of the file. */
    long fileBytes() {
        return fileBytes(hints);
    }

    /** Returns the length of a file of so many hints. */
    static long fileBytes(int hints) {
        return LogFormat.HEADER_BYTES + (long) LogFormat.HINT_BYTES * hints + LogFormat.CHECKSUM_BYTES;
    }

    byte[] encode() {
        var head = ByteBuffer.allocate(LogFormat.HEADER_BYTES);
        LittleEndian.putShort(head, HINT_BYTES_AT, LogFormat.HINT_BYTES);
        LittleEndian.putLong(head, ID_AT, id);
        LittleEndian.putLong(head, STORE_AT, storeTag);
        LittleEndian.putInt(head, SALT_AT, salt);
        LittleEndian.putInt(head, SEGMENT_BYTES_AT, segmentBytes);
        LittleEndian.putInt(head, FOOTER_AT, footerChecksum);
        LittleEndian.putInt(head, HINTS_AT, hints);
        LittleEndian.putInt(head, OTHERS_AT, others);
        FileHead.seal(head, LogFormat.HINT_MAGIC);
        return head.array();
    }

    /** Reads the first bytes of a file; those after the header do not matter. */
    static HintHeader decode(byte[] bytes, String file) throws DamagedFileException, NewerFormatException {
        var head = ByteBuffer.wrap(bytes);
        FileHead.check(head, LogFormat.HINT_MAGIC, file);
        FileHead.checkLength(head, LogFormat.HEADER_BYTES, file);
        FileHead.expect(
                file,
                HINT_BYTES_AT,
                "length of a hint",
                LogFormat.HINT_BYTES,
                LittleEndian.getUnsignedShort(head, HINT_BYTES_AT));
        FileHead.expect(file, ZERO_AT, "zero", 0, LittleEndian.getLong(head, ZERO_AT));
        return new HintHeader(
                LittleEndian.getLong(head, ID_AT),
                LittleEndian.getLong(head, STORE_AT),
                LittleEndian.getInt(head, SALT_AT),
                LittleEndian.getInt(head, SEGMENT_BYTES_AT),
                LittleEndian.getInt(head, FOOTER_AT),
                LittleEndian.getInt(head, HINTS_AT),
                LittleEndian.getInt(head, OTHERS_AT));
    }

    /** Refuses a file that is about anything but this segment as it was sealed. */
    void expectAbout(ManifestLine sealed, long expectedStoreTag, String file) throws DamagedFileException {
        FileHead.expectHex(file, ID_AT, "segment", sealed.id(), id);
        FileHead.expectHex(file, STORE_AT, "store", expectedStoreTag, storeTag);
        FileHead.expectHex(file, SALT_AT, "salt", sealed.salt(), salt);
        FileHead.expect(file, SEGMENT_BYTES_AT, "length of the segment", sealed.length(), segmentBytes);
        FileHead.expectHex(file, FOOTER_AT, "footer", sealed.footerChecksum(), footerChecksum);
    }
}
