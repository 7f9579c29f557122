package io.coffer.store.log;

/**
 * Makes the fingerprints of one store: SipHash-2-4 with 128 bits (Aumasson, Bernstein), keyed with the store's random seed, so that
 * nobody can choose keys that collide. Immutable, safe for use by several threads.
 */
final class Fingerprints {
    private static final int WORD = Long.BYTES;

    private final long seedLow;
    private final long seedHigh;

    Fingerprints(long seedLow, long seedHigh) {
        this.seedLow = seedLow;
        this.seedHigh = seedHigh;
    }

    /** Returns the fingerprint of a whole array. */
    Fingerprint of(byte[] key) {
        return of(key, 0, key.length);
    }

    /** Returns the fingerprint of a record's key, without copying the key if the record lies on the heap. */
    Fingerprint of(LogRecord record) {
        var content = record.content();
        return content.hasArray()
                ? of(content.array(), content.arrayOffset() + record.keyIndex(), record.keyBytes())
                : of(record.key());
    }

    /** Returns the fingerprint of a part of an array. */
    Fingerprint of(byte[] bytes, int start, int length) {
        var state = new SipState(seedLow, seedHigh);
        int end = start + length;
        int at = start;
        for (; at <= end - WORD; at += WORD) {
            state.absorb(LittleEndian.getLong(bytes, at));
        }
        state.absorb(lastWord(bytes, at, end, length));
        long head = state.firstHalf();
        return new Fingerprint(head == 0 ? 1 : head, state.secondHalf());
    }

    /** What is left of the bytes, with the length in the highest byte. */
    private static long lastWord(byte[] bytes, int start, int end, int length) {
        long word = (long) length << 56;
        for (int at = start; at < end; at++) {
            word |= (bytes[at] & 0xFFL) << ((at - start) * 8);
        }
        return word;
    }
}
