package io.coffer.store.log;

import io.coffer.spi.WrappedKey;
import io.coffer.store.Files;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The file that an encrypted store has instead of an identity: in the clear its id and the root key as the outer key has wrapped it, and
 * encrypted with the root key all else.
 *
 * @param id of the store, random
 * @param number one more than in the file before
 * @param root the wrapped root key
 * @param sealed what the root key opens
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record KeysFile(UUID id, long number, WrappedKey root, byte[] sealed) {
    static final String NAME = "KEYS";

    private static final int SUITE_AT = 14;
    private static final int ID_AT = 16;
    private static final int NUMBER_AT = 32;
    private static final int KEY_ID_LENGTH_AT = 40;
    private static final int WRAPPED_LENGTH_AT = 44;
    private static final int SEALED_LENGTH_AT = 48;
    private static final int ZERO_AT = 52;
    private static final int KEY_ID_AT = LogFormat.HEADER_BYTES;

    private static final int KEY_ID_BYTES_MAX = 1_024;
    private static final int WRAPPED_BYTES_MAX = 1 << 16;
    /** Less than that many keys take. */
    private static final int SEALED_BYTES_MAX = 64 << 20;

    /** For what is not keys, and some that are not used yet. */
    private static final int OTHER_BYTES = 4 << 10;

    private static final int BYTES_MAX =
            KEY_ID_AT + KEY_ID_BYTES_MAX + WRAPPED_BYTES_MAX + SEALED_BYTES_MAX + LogFormat.CHECKSUM_BYTES;

    /** Returns about how long the file is, if each segment has a key of its own; rather more. */
    static long bytes(int segments) {
        return OTHER_BYTES + (long) RingContents.ENTRY_BYTES * segments;
    }

    /** Returns what is to be associated with what the root key seals: all that is in the clear. */
    static byte[] associated(UUID id, long number, WrappedKey root, int sealedBytes) {
        var keyId = root.keyId().getBytes(StandardCharsets.UTF_8);
        if (keyId.length > KEY_ID_BYTES_MAX || root.bytes().length > WRAPPED_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "A key's id has at most " + KEY_ID_BYTES_MAX + " bytes, and a wrapped key " + WRAPPED_BYTES_MAX
                            + ". Found: " + keyId.length + " and " + root.bytes().length);
        }
        var bytes = ByteBuffer.allocate(KEY_ID_AT + keyId.length + root.bytes().length);
        bytes.put(SUITE_AT, (byte) Suite.SEALED.code);
        LittleEndian.putLong(bytes, ID_AT, Long.reverseBytes(id.getMostSignificantBits()));
        LittleEndian.putLong(bytes, ID_AT + Long.BYTES, Long.reverseBytes(id.getLeastSignificantBits()));
        LittleEndian.putLong(bytes, NUMBER_AT, number);
        LittleEndian.putInt(bytes, KEY_ID_LENGTH_AT, keyId.length);
        LittleEndian.putInt(bytes, WRAPPED_LENGTH_AT, root.bytes().length);
        LittleEndian.putInt(bytes, SEALED_LENGTH_AT, sealedBytes);
        FileHead.seal(bytes, LogFormat.KEYS_MAGIC);
        bytes.put(KEY_ID_AT, keyId);
        bytes.put(KEY_ID_AT + keyId.length, root.bytes());
        return bytes.array();
    }

    byte[] associated() {
        return associated(id, number, root, sealed.length);
    }

    /** Returns the bytes of the whole file. */
    byte[] encode() {
        var clear = associated();
        int end = clear.length + sealed.length;
        var bytes = ByteBuffer.allocate(end + LogFormat.CHECKSUM_BYTES);
        bytes.put(0, clear);
        bytes.put(clear.length, sealed);
        FileHead.sealBody(bytes, end);
        return bytes.array();
    }

    static KeysFile read(Files files) throws IOException, DamagedFileException, NewerFormatException {
        return decode(WholeFile.read(files, NAME, BYTES_MAX + 1), NAME);
    }

    /** Reads the whole file. */
    static KeysFile decode(byte[] file, String name) throws DamagedFileException, NewerFormatException {
        var bytes = ByteBuffer.wrap(file);
        FileHead.check(bytes, LogFormat.KEYS_MAGIC, name);
        FileHead.expectSuite(Suite.SEALED, bytes.get(SUITE_AT), SUITE_AT, name);
        FileHead.checkLength(bytes, LogFormat.HEADER_BYTES, name);
        FileHead.expect(name, SUITE_AT + 1, "zero", 0, bytes.get(SUITE_AT + 1));
        FileHead.expect(name, ZERO_AT, "zero", 0, LittleEndian.getLong(bytes, ZERO_AT));
        int keyIdBytes = length(bytes, KEY_ID_LENGTH_AT, KEY_ID_BYTES_MAX, name);
        int wrappedBytes = length(bytes, WRAPPED_LENGTH_AT, WRAPPED_BYTES_MAX, name);
        int sealedBytes = length(bytes, SEALED_LENGTH_AT, SEALED_BYTES_MAX, name);
        int wrappedAt = KEY_ID_AT + keyIdBytes;
        int sealedAt = wrappedAt + wrappedBytes;
        FileHead.checkBody(bytes, sealedAt + sealedBytes, name);
        return new KeysFile(
                new UUID(
                        Long.reverseBytes(LittleEndian.getLong(bytes, ID_AT)),
                        Long.reverseBytes(LittleEndian.getLong(bytes, ID_AT + Long.BYTES))),
                LittleEndian.getLong(bytes, NUMBER_AT),
                new WrappedKey(
                        FileHead.text(bytes.slice(KEY_ID_AT, keyIdBytes), name, KEY_ID_AT, "id of a key"),
                        Arrays.copyOfRange(file, wrappedAt, sealedAt)),
                Arrays.copyOfRange(file, sealedAt, sealedAt + sealedBytes));
    }

    private static int length(ByteBuffer bytes, int at, int most, String name) throws DamagedFileException {
        int length = LittleEndian.getInt(bytes, at);
        FileHead.expectWithin(name, at, "length", 0, most, length);
        return length;
    }

    /** Overwrites and deletes all files of keys, so that what they have opened cannot be read any more. */
    static void destroy(Files files, List<String> names) throws IOException {
        boolean found = false;
        for (var name : names) {
            if (name.equals(NAME) || name.equals(NAME + WholeFile.UNFINISHED)) {
                overwrite(files, name);
                files.delete(name);
                found = true;
            }
        }
        if (found) {
            files.syncDirectory();
        }
    }

    private static void overwrite(Files files, String name) throws IOException {
        int length;
        try (var file = files.openForReading(name)) {
            length = (int) Math.min(file.size(), BYTES_MAX);
        }
        try (var file = files.openForWriting(name)) {
            file.write(0, new byte[length], 0, length);
            file.sync();
        }
    }

    /** Without any bytes. */
    @Override
    public String toString() {
        return NAME + " of store " + id;
    }
}
