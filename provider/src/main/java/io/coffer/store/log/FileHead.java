package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The first 64 bytes, whose frame all files and all versions of the format have in common: a magic number, the version, the length
 * of the header, and a checksum over the 60 bytes before it. So a later version is told from damage.
 */
final class FileHead {
    private static final int MAGIC_AT = 0;
    private static final int MAJOR_AT = 8;
    private static final int MINOR_AT = 10;
    private static final int LENGTH_AT = 12;
    private static final int CHECKSUM_AT = LogFormat.HEADER_BYTES - LogFormat.CHECKSUM_BYTES;

    private FileHead() {}

    /** Fills in the frame around fields that stand in their places. */
    static void seal(ByteBuffer head, long magic) {
        seal(head, magic, LogFormat.HEADER_BYTES);
    }

    /** Likewise of a header that is longer. */
    static void seal(ByteBuffer head, long magic, int headerBytes) {
        LittleEndian.putLong(head, MAGIC_AT, magic);
        LittleEndian.putShort(head, MAJOR_AT, LogFormat.MAJOR);
        LittleEndian.putShort(head, MINOR_AT, LogFormat.MINOR);
        LittleEndian.putShort(head, LENGTH_AT, headerBytes);
        LittleEndian.putInt(head, CHECKSUM_AT, Checksum.of(head, 0, CHECKSUM_AT));
    }

    /** Checks magic number, checksum and version. The fields are to be believed afterwards. */
    static void check(ByteBuffer head, long magic, String file) throws DamagedFileException, NewerFormatException {
        if (head.limit() < LogFormat.HEADER_BYTES) {
            throw new DamagedFileException(
                    file, head.limit(), "at least " + LogFormat.HEADER_BYTES + " bytes", head.limit() + " bytes");
        }
        expectHex(file, MAGIC_AT, "magic", magic, LittleEndian.getLong(head, MAGIC_AT));
        expectHex(
                file,
                CHECKSUM_AT,
                "checksum of the header",
                Checksum.of(head, 0, CHECKSUM_AT) & 0xFFFF_FFFFL,
                LittleEndian.getUnsignedInt(head, CHECKSUM_AT));
        int major = LittleEndian.getUnsignedShort(head, MAJOR_AT);
        if (major > LogFormat.MAJOR) {
            throw new NewerFormatException(file, "format", major, LogFormat.MAJOR);
        }
        expect(file, MAJOR_AT, "format", LogFormat.MAJOR, major);
    }

    /**
     * Refuses a suite that this version does not know.
     *
     * @param code what the header says
     */
    static Suite checkSuite(int code, String file) throws NewerFormatException {
        var suite = Suite.of(code);
        if (suite == null) {
            throw new NewerFormatException(file, "suite", code & 0xFF, Suite.SEALED.code);
        }
        return suite;
    }

    /** Refuses another suite than the one that the file must have. */
    static void expectSuite(Suite expected, int code, int at, String file)
            throws DamagedFileException, NewerFormatException {
        var suite = checkSuite(code, file);
        expect(file, at, "suite", expected.code, suite.code);
    }

    /** Refuses a header of another length than it has in the suite. */
    static void checkLength(ByteBuffer head, int headerBytes, String file) throws DamagedFileException {
        expect(file, LENGTH_AT, "length of the header", headerBytes, LittleEndian.getUnsignedShort(head, LENGTH_AT));
    }

    /** Writes the checksum of what stands between the header and the end, directly behind it. */
    static void sealBody(ByteBuffer bytes, int end) {
        LittleEndian.putInt(bytes, end, bodyChecksum(bytes, end));
    }

    /** Checks that nothing but the body and its checksum follow the header, and that the body belongs to the header. */
    static void checkBody(ByteBuffer bytes, int end, String file) throws DamagedFileException {
        expect(file, bytes.limit(), "length of the file", end + LogFormat.CHECKSUM_BYTES, bytes.limit());
        expectHex(
                file,
                end,
                "checksum",
                bodyChecksum(bytes, end) & 0xFFFF_FFFFL,
                LittleEndian.getUnsignedInt(bytes, end));
    }

    /**
     * The header's checksum goes in by itself: a CRC over header and body would be the same for every header, since a CRC over anything
     * with its own CRC behind it is a constant.
     */
    private static int bodyChecksum(ByteBuffer bytes, int end) {
        return Checksum.of(bytes, LogFormat.HEADER_BYTES, end) ^ checksum(bytes);
    }

    /** Returns the header's own checksum, with which that of a body goes into the file xored. */
    static int checksum(ByteBuffer head) {
        return LittleEndian.getInt(head, CHECKSUM_AT);
    }

    /** Reads a text to the end of a buffer. What is no UTF-8 is refused, or it would be another one when it is written again. */
    @SuppressWarnings("UnusedException") // its message tells nothing
    static String text(ByteBuffer bytes, String file, long offset, String what) throws DamagedFileException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new DamagedFileException(file, offset, what + " in UTF-8", "other bytes");
        }
    }

    static void expect(String file, long offset, String what, long expected, long found) throws DamagedFileException {
        if (expected != found) {
            throw new DamagedFileException(file, offset, what + " " + expected, Long.toString(found));
        }
    }

    static void expectHex(String file, long offset, String what, long expected, long found)
            throws DamagedFileException {
        if (expected != found) {
            throw new DamagedFileException(
                    file, offset, what + " 0x" + Long.toHexString(expected), "0x" + Long.toHexString(found));
        }
    }

    /** Checks that a number lies within limits, both inclusive. */
    static void expectWithin(String file, long offset, String what, long least, long most, long found)
            throws DamagedFileException {
        if (found < least || found > most) {
            throw new DamagedFileException(file, offset, what + " from " + least + " to " + most, Long.toString(found));
        }
    }
}
