package io.coffer.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Which calls of a simulated file system shall fail, and how. Counts calls, so that a test can let each of them fail in turn. */
public final class Faults {
    /** A kind of call. */
    public enum Call {
        CREATE,
        OPEN,
        LIST,
        DELETE,
        RENAME,
        SYNC_DIRECTORY,
        FREE_BYTES,
        WRITE,
        RESERVE,
        SYNC,
        TRUNCATE,
        READ,
        SIZE
    }

    /** A way to fail. One that makes no sense for a call is an I/O error there. */
    public enum Failure {
        /** Nothing happens but an exception. What was to be synced stays as it was. */
        IO_ERROR,
        /** The first half of the bytes is written, then the disk is full. Nothing else happens. */
        NO_SPACE,
        /** The first half of the bytes is written, then the disk fails. */
        SHORT_WRITE,
        /** The sync fails, and what it was to sync is forgotten: it can be read, a later sync succeeds, a crash loses it. */
        SYNC_LOSES,
        /** One bit that is read is wrong. */
        FLIPPED_BIT,
        /** The bytes come from another place of the file. */
        MISDIRECTED,
        /** The bytes are those of the last sync. */
        STALE,
        /** The calling thread is interrupted inside; the call succeeds. */
        INTERRUPT
    }

    private record Rule(Call call, int first, int last, Failure failure) {}

    private final List<Rule> rules = new ArrayList<>();
    private final Map<Call, Integer> counts = new EnumMap<>(Call.class);
    private final SplittableRandom random;
    private final Set<Call> failed = EnumSet.noneOf(Call.class);
    private int total;
    private int failures;

    Faults(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Lets the n-th call of a kind from now fail, counted from 1. */
    public void once(Call call, int n, Failure failure) {
        rules.add(new Rule(call, count(call) + n, count(call) + n, failure));
    }

    /** Lets the n-th call of a kind from now and all later ones fail. */
    public void from(Call call, int n, Failure failure) {
        rules.add(new Rule(call, count(call) + n, Integer.MAX_VALUE, failure));
    }

    /** Lets the n-th call from now fail, whatever kind it is. */
    public void onceAny(int n, Failure failure) {
        rules.add(new Rule(null, total + n, total + n, failure));
    }

    /** Lets the n-th call from now and all later ones fail, whatever kind they are. */
    public void fromAny(int n, Failure failure) {
        rules.add(new Rule(null, total + n, Integer.MAX_VALUE, failure));
    }

    /** Lets all later calls succeed. */
    public void none() {
        rules.clear();
    }

    /** Returns how many calls of a kind there were. */
    public int count(Call call) {
        return counts.getOrDefault(call, 0);
    }

    /** Returns how many calls there were. */
    public int total() {
        return total;
    }

    /** Returns how many calls have failed. */
    public int failures() {
        return failures;
    }

    /** Whether a call of a kind has failed. */
    public boolean hasFailed(Call call) {
        return failed.contains(call);
    }

    /** Counts a call, and says how it fails, or null if it does not. */
    Failure next(Call call) {
        int n = counts.merge(call, 1, Integer::sum);
        total++;
        for (var rule : rules) {
            int index = rule.call == null ? total : n;
            if ((rule.call == null || rule.call == call) && index >= rule.first && index <= rule.last) {
                failures++;
                failed.add(call);
                return rule.failure;
            }
        }
        return null;
    }

    SplittableRandom random() {
        return random;
    }
}
