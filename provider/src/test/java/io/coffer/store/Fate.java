package io.coffer.store;

import java.util.SplittableRandom;

/** What becomes of one pending operation when the power fails. All but the first two are for writes. */
enum Fate {
    DONE,
    LOST,
    /** Some first bytes are there. */
    TORN,
    /** Some sectors are there; in place of the others is what was there before, or zeros beyond the old end. */
    SECTORS,
    /** The file has grown, but what should be there is zeros. */
    ZEROS,
    /** Some sectors are there, in place of the others is anything. */
    GARBAGE;

    private static final Fate[] ALL = values();

    static Fate any(SplittableRandom random) {
        return ALL[random.nextInt(ALL.length)];
    }

    /** Does to a file what this fate makes of a write. Bytes outside of the write never change. */
    void apply(Pending.Write write, Content content, SplittableRandom random) {
        int length = write.bytes().length;
        switch (this) {
            case DONE -> content.write(write.position(), write.bytes(), 0, length);
            case LOST -> {}
            case TORN -> tear(write, content, random.nextInt(Math.max(1, length)));
            case SECTORS -> sectors(write, content, random, false);
            case ZEROS -> content.grow(write.position() + length);
            case GARBAGE -> sectors(write, content, random, true);
        }
    }

    /** Leaves the first bytes of a write. */
    static void tear(Pending.Write write, Content content, int length) {
        if (length > 0) {
            content.write(write.position(), write.bytes(), 0, length);
        }
    }

    private static void sectors(Pending.Write write, Content content, SplittableRandom random, boolean garbage) {
        int sector = random.nextBoolean() ? 512 : 4096;
        int end = write.position() + write.bytes().length;
        if (garbage || random.nextBoolean()) {
            content.grow(end);
        }
        int next;
        for (int at = write.position(); at < end; at = next) {
            next = Math.min(end, (at / sector + 1) * sector);
            if (random.nextBoolean()) {
                content.write(at, write.bytes(), at - write.position(), next - at);
            } else if (garbage) {
                var noise = new byte[next - at];
                random.nextBytes(noise);
                content.write(at, noise, 0, noise.length);
            }
        }
    }
}
