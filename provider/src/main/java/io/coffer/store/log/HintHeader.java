package io.coffer.store.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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
 * @param keySalt of the key that the hints are encrypted with, null if they are in the clear
 */
record HintHeader(
        long id,
        long storeTag,
        int salt,
        int segmentBytes,
        int footerChecksum,
        int hints,
        int others,
        @Nullable Salt keySalt) {

    private static final String ENDING = ".hint";
    private static final int HINT_BYTES_AT = 14;
    private static final int ID_AT = 16;
    private static final int STORE_AT = 24;
    private static final int SALT_AT = 32;
    private static final int SEGMENT_BYTES_AT = 36;
    private static final int FOOTER_AT = 40;
    private static final int HINTS_AT = 44;
    private static final int OTHERS_AT = 48;
    private static final int SUITE_AT = 52;
    private static final int ZERO_AT = 56;
    /** Of the sealed suite only. */
    private static final int KEY_SALT_AT = LogFormat.HEADER_BYTES;

    /** Returns what the file about a sealed segment must say. */
    static HintHeader of(ManifestLine sealed, long storeTag, int hints, int others, @Nullable Salt keySalt) {
        return new HintHeader(
                sealed.id(), storeTag, sealed.salt(), sealed.length(), sealed.footerChecksum(), hints, others, keySalt);
    }

    private Suite suite() {
        return keySalt == null ? Suite.PLAIN : Suite.SEALED;
    }

    /** Returns where the first hint lies. */
    int headerBytes() {
        return headerBytes(suite());
    }

    static int headerBytes(Suite suite) {
        return switch (suite) {
            case PLAIN -> LogFormat.HEADER_BYTES;
            case SEALED -> KEY_SALT_AT + Salt.BYTES;
        };
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
        return fileBytes(hints, suite());
    }

    /** Returns the length of a file of so many hints. */
    static long fileBytes(int hints, Suite suite) {
        long sealBytes = switch (suite) {
            case PLAIN -> 0;
            case SEALED -> HintSeal.sealBytes(hints);
        };
        return headerBytes(suite) + (long) LogFormat.HINT_BYTES * hints + sealBytes + LogFormat.CHECKSUM_BYTES;
    }

    byte[] encode() {
        var head = ByteBuffer.allocate(headerBytes());
        LittleEndian.putShort(head, HINT_BYTES_AT, LogFormat.HINT_BYTES);
        LittleEndian.putLong(head, ID_AT, id);
        LittleEndian.putLong(head, STORE_AT, storeTag);
        LittleEndian.putInt(head, SALT_AT, salt);
        LittleEndian.putInt(head, SEGMENT_BYTES_AT, segmentBytes);
        LittleEndian.putInt(head, FOOTER_AT, footerChecksum);
        LittleEndian.putInt(head, HINTS_AT, hints);
        LittleEndian.putInt(head, OTHERS_AT, others);
        head.put(SUITE_AT, (byte) suite().code);
        FileHead.seal(head, LogFormat.HINT_MAGIC);
        if (keySalt != null) {
            keySalt.put(head, KEY_SALT_AT);
        }
        return head.array();
    }

    /** Reads the first bytes of a file; those after the header do not matter. */
    static HintHeader decode(byte[] bytes, String file) throws DamagedFileException, NewerFormatException {
        var head = ByteBuffer.wrap(bytes);
        FileHead.check(head, LogFormat.HINT_MAGIC, file);
        FileHead.expect(
                file,
                HINT_BYTES_AT,
                "length of a hint",
                LogFormat.HINT_BYTES,
                LittleEndian.getUnsignedShort(head, HINT_BYTES_AT));
        FileHead.expect(file, ZERO_AT, "zero", 0, LittleEndian.getInt(head, ZERO_AT));
        FileHead.expect(file, SUITE_AT + 1, "zero", 0, LittleEndian.getInt(head, SUITE_AT) >>> Byte.SIZE);
        var suite = FileHead.checkSuite(head.get(SUITE_AT), file);
        if (bytes.length < headerBytes(suite)) {
            throw new DamagedFileException(file, bytes.length, "a salt", "the end");
        }
        return new HintHeader(
                LittleEndian.getLong(head, ID_AT),
                LittleEndian.getLong(head, STORE_AT),
                LittleEndian.getInt(head, SALT_AT),
                LittleEndian.getInt(head, SEGMENT_BYTES_AT),
                LittleEndian.getInt(head, FOOTER_AT),
                LittleEndian.getInt(head, HINTS_AT),
                LittleEndian.getInt(head, OTHERS_AT),
                suite == Suite.PLAIN ? null : Salt.of(head, KEY_SALT_AT));
    }

    /** Refuses a file that is about anything but this segment as it was sealed. */
    void expectAbout(ManifestLine sealed, long expectedStoreTag, String file) throws DamagedFileException {
        FileHead.expect(file, SUITE_AT, "suite", sealed.suite().code, suite().code);
        FileHead.expectHex(file, ID_AT, "segment", sealed.id(), id);
        FileHead.expectHex(file, STORE_AT, "store", expectedStoreTag, storeTag);
        FileHead.expectHex(file, SALT_AT, "salt", sealed.salt(), salt);
        FileHead.expect(file, SEGMENT_BYTES_AT, "length of the segment", sealed.length(), segmentBytes);
        FileHead.expectHex(file, FOOTER_AT, "footer", sealed.footerChecksum(), footerChecksum);
    }
}
