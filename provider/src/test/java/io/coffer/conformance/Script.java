package io.coffer.conformance;

import java.util.Optional;
import javax.cache.expiry.Duration;

/**
 * What the callbacks answer: a function of the seed, the call, the question and the key. Both sides therefore hear the
 * same answers however often and in whichever order they ask, and a side that asks once more does not shift the rest.
 */
final class Script {

    /** How a writer treats the collection of a batch that it wrote without an error. */
    enum Residue {
        NOTHING,
        EVERYTHING,
        SOMETHING
    }

    private final long seed;

    Script(long seed) {
        this.seed = seed;
    }

    /** The policy's answer; empty stands for {@code null}. */
    Optional<Duration> duration(int index, String method) {
        int draw = pick(index, method, "", 10);
        if (draw == 9) {
            throw new IllegalStateException("scripted: " + method);
        } else if (draw == 8) {
            return Optional.empty();
        } else if (draw >= 6) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(draw == 5 ? Duration.ONE_HOUR : Duration.ETERNAL);
    }

    /** The policy's answer for an access; empty also if it throws. */
    Optional<Duration> accessDuration(int index) {
        try {
            return duration(index, ScriptedPolicy.ACCESS);
        } catch (IllegalStateException scripted) {
            return Optional.empty();
        }
    }

    boolean loadFails(int index, String key) {
        return pick(index, "load fails", "", 10) < 3 && pick(index, "load fails for", key, 2) == 0;
    }

    /** The number of the value that is loaded, or {@link Storing#NULL}. */
    int loaded(int index, String key) {
        return pick(index, "loads", key, 5) == 0 ? Storing.NULL : pick(index, "loaded", key, Storing.VALUES);
    }

    /** Whether loading several leaves a key out of the map, rather than mapping it to null. */
    boolean omitsUnloaded(int index, String key) {
        return pick(index, "omits", key, 2) == 0;
    }

    boolean writeFails(int index, String key) {
        return pick(index, "write fails", key, 6) == 0;
    }

    boolean batchFails(int index) {
        return pick(index, "batch fails", "", 3) == 0;
    }

    /** Whether a batch that fails has written this key before it did. */
    boolean wroteBeforeFailure(int index, String key) {
        return pick(index, "wrote", key, 2) == 0;
    }

    Residue residue(int index) {
        return Residue.values()[pick(index, "residue", "", Residue.values().length)];
    }

    /** Whether a failing callback throws one of JCache's exceptions, which need no wrapping. */
    boolean failsInTheTermsOfTheSpecification(int index) {
        return pick(index, "terms", "", 3) == 0;
    }

    boolean filterPasses(int index, String key) {
        return pick(index, "passes", key, 3) != 0;
    }

    boolean filterFails(int index, String key) {
        return pick(index, "filter fails", key, 8) == 0;
    }

    boolean listenerFails(int index) {
        return pick(index, "listener fails", "", 4) == 0;
    }

    int pick(int index, String question, String key, int bound) {
        long bits = seed * 0x9E3779B97F4A7C15L + index;
        bits = scrambled(bits) + question.hashCode();
        bits = scrambled(bits) + key.hashCode();
        return (int) Long.remainderUnsigned(scrambled(bits), bound);
    }

    /** The finaliser of MurmurHash3: every bit of the input reaches every bit of the output. */
    private static long scrambled(long bits) {
        long mixed = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
