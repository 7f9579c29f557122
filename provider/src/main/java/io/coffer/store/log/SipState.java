package io.coffer.store.log;

/**
 * The four words that SipHash-2-4 stirs. Lives for one hash and never leaves the method that made it, so that the compiler keeps the
 * words in registers and allocates nothing.
 */
final class SipState {
    private static final long WIDE = 0xEE;
    private static final long SECOND_HALF = 0xDD;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    SipState(long seedLow, long seedHigh) {
        v0 = seedLow ^ 0x736F_6D65_7073_6575L;
        v1 = seedHigh ^ 0x646F_7261_6E64_6F6DL ^ WIDE;
        v2 = seedLow ^ 0x6C79_6765_6E65_7261L;
        v3 = seedHigh ^ 0x7465_6462_7974_6573L;
    }

    /** Takes in eight bytes: two rounds. */
    void absorb(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    /** Returns the first 64 bits, after the last word was absorbed: four rounds. */
    long firstHalf() {
        v2 ^= WIDE;
        return finish();
    }

    /** Returns the second 64 bits, after the first: four more. */
    long secondHalf() {
        v1 ^= SECOND_HALF;
        return finish();
    }

    private long finish() {
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        long a = v0 + v1;
        long c = v2 + v3;
        long b = Long.rotateLeft(v1, 13) ^ a;
        long d = Long.rotateLeft(v3, 16) ^ c;
        a = Long.rotateLeft(a, 32) + d;
        c += b;
        v0 = a;
        v1 = Long.rotateLeft(b, 17) ^ c;
        v2 = Long.rotateLeft(c, 32);
        v3 = Long.rotateLeft(d, 21) ^ a;
    }
}
