package io.coffer.concurrency;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives the processor away now and then. It is called where the cache calls its user (hashes, equals, codecs, policies), so
 * that calls overlap there, even on a machine with a single core.
 */
final class Turbulence {
    private static final int ONE_IN = 8;

    private Turbulence() {}

    /** Returns at once, or after other threads have run. */
    static void pass() {
        if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
            Thread.yield();
        }
    }
}
