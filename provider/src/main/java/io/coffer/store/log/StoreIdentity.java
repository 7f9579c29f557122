package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Which store a folder holds. Written when the store is made; only its description may change, and that while it has no segment.
 *
 * @param id random
 * @param seedLow first half of the random seed of all fingerprints
 * @param seedHigh second half
 * @param createdAtMillis the store's clock when it was made; all deadlines before are the same
 * @param description what the store's user wants to find unchanged when it is opened again: the types and codecs of its entries
 */
record StoreIdentity(UUID id, long seedLow, long seedHigh, long createdAtMillis, String description) {
    private static final int SUITE_AT = 14;
    private static final int ID_AT = 16;
    private static final int SEED_AT = 32;
    private static final int CREATED_AT = 48;
    private static final int DESCRIPTION_LENGTH_AT = 56;
    private static final int DESCRIPTION_AT = LogFormat.HEADER_BYTES;

    /** Makes up a new store. */
    static StoreIdentity random(RandomGenerator random, long nowMillis, String description) {
        return new StoreIdentity(
                new UUID(random.nextLong(), random.nextLong()),
                random.nextLong(),
                random.nextLong(),
                nowMillis,
                description);
    }

    /** The first eight bytes of the id as they stand on disk, which all files of the store repeat. */
    long tag() {
        return Long.reverseBytes(id.getMostSignificantBits());
    }

    /** What the index counts deadlines from: a moment before all deadlines, so that it can tell what expired early from what was removed. */
    long deadlinesSinceMillis() {
        return createdAtMillis - 1;
    }

    /** Returns the same store with another description. */
    StoreIdentity described(String other) {
        return new StoreIdentity(id, seedLow, seedHigh, createdAtMillis, other);
    }

    Fingerprints fingerprints() {
        return new Fingerprints(seedLow, seedHigh);
    }

    /** Returns the bytes of the whole file. */
    byte[] encode() {
        var text = description.getBytes(StandardCharsets.UTF_8);
        if (text.length > LogFormat.DESCRIPTION_BYTES_MAX) {
            throw new IllegalArgumentException("The description of a store has at most "
                    + LogFormat.DESCRIPTION_BYTES_MAX + " bytes, found " + text.length);
        }
        int end = DESCRIPTION_AT + text.length;
        var bytes = ByteBuffer.allocate(end + LogFormat.CHECKSUM_BYTES);
        bytes.put(SUITE_AT, (byte) Suite.PLAIN.code);
        LittleEndian.putLong(bytes, ID_AT, tag());
        LittleEndian.putLong(bytes, ID_AT + Long.BYTES, Long.reverseBytes(id.getLeastSignificantBits()));
        LittleEndian.putLong(bytes, SEED_AT, seedLow);
        LittleEndian.putLong(bytes, SEED_AT + Long.BYTES, seedHigh);
        LittleEndian.putLong(bytes, CREATED_AT, createdAtMillis);
        LittleEndian.putInt(bytes, DESCRIPTION_LENGTH_AT, text.length);
        FileHead.seal(bytes, LogFormat.STORE_MAGIC);
        bytes.put(DESCRIPTION_AT, text);
        FileHead.sealBody(bytes, end);
        return bytes.array();
    }

    /** Reads the whole file. */
    static StoreIdentity decode(byte[] file, String name) throws DamagedFileException, NewerFormatException {
        var bytes = ByteBuffer.wrap(file);
        FileHead.check(bytes, LogFormat.STORE_MAGIC, name);
        FileHead.expectSuite(Suite.PLAIN, bytes.get(SUITE_AT), SUITE_AT, name);
        FileHead.checkLength(bytes, LogFormat.HEADER_BYTES, name);
        FileHead.expect(name, SUITE_AT + 1, "zero", 0, bytes.get(SUITE_AT + 1));
        int length = LittleEndian.getInt(bytes, DESCRIPTION_LENGTH_AT);
        FileHead.expectWithin(
                name, DESCRIPTION_LENGTH_AT, "length of the description", 0, LogFormat.DESCRIPTION_BYTES_MAX, length);
        int end = DESCRIPTION_AT + length;
        FileHead.checkBody(bytes, end, name);
        return new StoreIdentity(
                new UUID(
                        Long.reverseBytes(LittleEndian.getLong(bytes, ID_AT)),
                        Long.reverseBytes(LittleEndian.getLong(bytes, ID_AT + Long.BYTES))),
                LittleEndian.getLong(bytes, SEED_AT),
                LittleEndian.getLong(bytes, SEED_AT + Long.BYTES),
                LittleEndian.getLong(bytes, CREATED_AT),
                FileHead.text(bytes.slice(DESCRIPTION_AT, length), name, DESCRIPTION_AT, "a description"));
    }

    /** Without the seed: who knows it can make keys collide. */
    @Override
    public String toString() {
        return "store " + id;
    }
}
