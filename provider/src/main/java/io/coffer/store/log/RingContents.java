package io.coffer.store.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the file of keys holds in secret: the keys of the store, and what the identity of a store in the clear says. Immutable, but for
 * keys that were wiped.
 *
 * @param identity of the store
 * @param activeEpoch which key the manifest is encrypted with; so are new segments, unless each has one of its own
 * @param nextEpoch greater than every epoch that was given out
 * @param currentFrom segments with keys before this one are to be moved
 * @param takesPlain whether the store was in the clear and its manifest may still be
 * @param keys by their epochs
 */
record RingContents(
        StoreIdentity identity,
        int activeEpoch,
        int nextEpoch,
        int currentFrom,
        boolean takesPlain,
        SortedMap<Integer, byte[]> keys) {
    private static final int SEED_HIGH_AT = 8;
    private static final int CREATED_AT = 16;
    private static final int ACTIVE_AT = 24;
    private static final int NEXT_AT = 28;
    private static final int CURRENT_AT = 32;
    private static final int PLAIN_AT = 36;
    private static final int COUNT_AT = 40;
    private static final int DESCRIPTION_LENGTH_AT = 44;
    private static final int KEYS_AT = 48;
    private static final int KEY_BYTES = 32;
    static final int ENTRY_BYTES = Integer.BYTES + KEY_BYTES;

    RingContents {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    /** Returns the same without some keys and with others. */
    RingContents with(Collection<Integer> kept, SortedMap<Integer, byte[]> added) {
        var all = new TreeMap<>(keys);
        all.keySet().retainAll(kept);
        all.putAll(added);
        int next = added.isEmpty() ? nextEpoch : Math.max(nextEpoch, added.lastKey() + 1);
        return new RingContents(identity, activeEpoch, next, currentFrom, takesPlain, all);
    }

    /** Returns the same with another key as the active one, and with all segments to be moved. */
    RingContents renewed(byte[] key) {
        var all = new TreeMap<>(keys);
        all.put(nextEpoch, key);
        return new RingContents(identity, nextEpoch, nextEpoch + 1, nextEpoch, takesPlain, all);
    }

    RingContents with(StoreIdentity described) {
        return new RingContents(described, activeEpoch, nextEpoch, currentFrom, takesPlain, keys);
    }

    RingContents takingPlain(boolean plain) {
        return new RingContents(identity, activeEpoch, nextEpoch, currentFrom, plain, keys);
    }

    /** Returns its bytes, which the caller wipes. */
    byte[] encode() {
        var text = identity.description().getBytes(StandardCharsets.UTF_8);
        int textAt = KEYS_AT + keys.size() * ENTRY_BYTES;
        var bytes = ByteBuffer.allocate(textAt + text.length);
        LittleEndian.putLong(bytes, 0, identity.seedLow());
        LittleEndian.putLong(bytes, SEED_HIGH_AT, identity.seedHigh());
        LittleEndian.putLong(bytes, CREATED_AT, identity.createdAtMillis());
        LittleEndian.putInt(bytes, ACTIVE_AT, activeEpoch);
        LittleEndian.putInt(bytes, NEXT_AT, nextEpoch);
        LittleEndian.putInt(bytes, CURRENT_AT, currentFrom);
        LittleEndian.putInt(bytes, PLAIN_AT, takesPlain ? 1 : 0);
        LittleEndian.putInt(bytes, COUNT_AT, keys.size());
        LittleEndian.putInt(bytes, DESCRIPTION_LENGTH_AT, text.length);
        int at = KEYS_AT;
        for (var entry : keys.entrySet()) {
            LittleEndian.putInt(bytes, at, entry.getKey());
            bytes.put(at + Integer.BYTES, entry.getValue());
            at += ENTRY_BYTES;
        }
        bytes.put(textAt, text);
        return bytes.array();
    }

    /** Reads what {@link #encode} has written; what was authenticated is only held against itself. */
    static RingContents decode(byte[] contents, UUID id, String name) throws DamagedFileException {
        var bytes = ByteBuffer.wrap(contents);
        FileHead.expectWithin(name, 0, "length of the contents", KEYS_AT, Integer.MAX_VALUE, contents.length);
        int count = LittleEndian.getInt(bytes, COUNT_AT);
        FileHead.expectWithin(name, COUNT_AT, "number of keys", 1, LogFormat.KEYS_MAX, count);
        int textAt = KEYS_AT + count * ENTRY_BYTES;
        int textBytes = LittleEndian.getInt(bytes, DESCRIPTION_LENGTH_AT);
        FileHead.expectWithin(
                name, DESCRIPTION_LENGTH_AT, "length of a text", 0, LogFormat.DESCRIPTION_BYTES_MAX, textBytes);
        FileHead.expect(name, 0, "length of the contents", (long) textAt + textBytes, contents.length);
        int next = LittleEndian.getInt(bytes, NEXT_AT);
        var keys = new TreeMap<Integer, byte[]>();
        for (int i = 0; i < count; i++) {
            int at = KEYS_AT + i * ENTRY_BYTES;
            int keyAt = at + Integer.BYTES;
            int epoch = LittleEndian.getInt(bytes, at);
            FileHead.expectWithin(name, at, "epoch", keys.isEmpty() ? 1 : keys.lastKey() + 1, next - 1L, epoch);
            keys.put(epoch, Arrays.copyOfRange(contents, keyAt, keyAt + KEY_BYTES));
        }
        int active = LittleEndian.getInt(bytes, ACTIVE_AT);
        FileHead.expect(name, ACTIVE_AT, "active key", 1, keys.containsKey(active) ? 1 : 0);
        int plain = LittleEndian.getInt(bytes, PLAIN_AT);
        FileHead.expectWithin(name, PLAIN_AT, "manifest in the clear", 0, 1, plain);
        return new RingContents(
                new StoreIdentity(
                        id,
                        LittleEndian.getLong(bytes, 0),
                        LittleEndian.getLong(bytes, SEED_HIGH_AT),
                        LittleEndian.getLong(bytes, CREATED_AT),
                        FileHead.text(bytes.slice(textAt, textBytes), name, textAt, "description")),
                active,
                next,
                LittleEndian.getInt(bytes, CURRENT_AT),
                plain != 0,
                keys);
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return keys.size() + " keys of " + identity;
    }
}
