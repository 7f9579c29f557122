package io.coffer.crypto;

import java.nio.ByteBuffer;

/**
 * What one guess of a passphrase costs: the parameters of Argon2id (RFC 9106 section 3.1). Those on disk may come from anybody, so they are
 * checked before any work is done for them.
 *
 * @param memoryKib kibibytes of memory, 19 MiB to 1 GiB
 * @param passes over the memory, 2 to 10
 * @param lanes that a machine with as many cores may compute at once, 1 to 16
 */
record Argon2Costs(int memoryKib, int passes, int lanes) implements java.io.Serializable {
    /** The second recommendation of RFC 9106 section 4, for where memory is scarce. */
    static final Argon2Costs RECOMMENDED = new Argon2Costs(64 << 10, 3, 4);

    /** How many bytes they take on disk. */
    static final int BYTES = 6;

    private static final int MEMORY_KIB_MIN = 19 << 10; // the least that OWASP recommends, with 2 passes
    private static final int MEMORY_KIB_MAX = 1 << 20;
    private static final int PASSES_MIN = 2;
    private static final int PASSES_MAX = 10;
    private static final int LANES_MAX = 16;

    /** Checks the bounds. */
    Argon2Costs {
        check("memory in KiB", MEMORY_KIB_MIN, memoryKib, MEMORY_KIB_MAX);
        check("passes", PASSES_MIN, passes, PASSES_MAX);
        check("lanes", 1, lanes, LANES_MAX);
    }

    private static void check(String what, int least, int value, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "Argon2id: " + what + " is " + value + "; right is a number from " + least + " to " + most);
        }
    }

    /** Reads them from disk; refuses what {@link Passphrase} would not have written. */
    static Argon2Costs read(ByteBuffer from) {
        try {
            return new Argon2Costs(from.getInt(), from.get(), from.get());
        } catch (IllegalArgumentException e) {
            throw KeyFailure.of("the file with the wrapped key was changed: " + e.getMessage(), e);
        }
    }

    void write(ByteBuffer to) {
        to.putInt(memoryKib).put((byte) passes).put((byte) lanes);
    }
}
