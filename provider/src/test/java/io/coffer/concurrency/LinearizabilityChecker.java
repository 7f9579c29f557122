package io.coffer.concurrency;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a history is linearizable: whether there is one order of all its calls that keeps every call before those
 * that began after it had returned, and in which each call has the outcome the model gives it (Herlihy and Wing 1990).
 *
 * <p>Operations on one key do not touch another, and linearizability is local, so the history of each key is judged alone.
 */
final class LinearizabilityChecker {
    /*
     * The search of Wing and Gong (1993): put first any call that no other one must precede, and go on with the rest. It
     * is exponential only if it meets the same rest in the same state more than once, so those that led nowhere are kept
     * (Lowe 2017, "Testing for linearizability").
     */
    private static final int CALLS_MAX = Long.SIZE;

    private final KeyModel model;
    private final List<Call> calls;
    private final boolean[] alone;
    private final Set<Dead> dead = new HashSet<>();

    /** A set of calls that are done, a bit each, and the state they have left, from which there was no way on. */
    private record Dead(long done, KeyState state) {}

    private LinearizabilityChecker(KeyModel model, List<Call> calls) {
        this.model = model;
        this.calls = calls;
        this.alone = new boolean[calls.size()];
        for (int i = 0; i < alone.length; i++) {
            var call = calls.get(i);
            alone[i] = call.beganMillis() == call.endedMillis()
                    && calls.stream().noneMatch(other -> other != call && overlap(call, other));
        }
    }

    private static boolean overlap(Call call, Call other) {
        return call.began() < other.ended() && other.began() < call.ended();
    }

    /** Judges the calls on one key, absent at first. */
    static boolean isLinearizable(KeyModel model, List<Call> calls) {
        if (calls.size() > CALLS_MAX) {
            throw new IllegalArgumentException("Calls at most: " + CALLS_MAX + ", actual: " + calls.size());
        }
        return new LinearizabilityChecker(model, calls).leadsToEnd(0, KeyState.ABSENT);
    }

    private boolean leadsToEnd(long done, KeyState state) {
        if (Long.bitCount(done) == calls.size()) {
            return true;
        }
        if (dead.contains(new Dead(done, state))) {
            return false;
        }
        long firstEnd = firstEnd(done);
        for (int i = 0; i < calls.size(); i++) {
            if (!isDone(done, i) && calls.get(i).began() < firstEnd) {
                for (var next : model.after(state, calls.get(i), alone[i])) {
                    if (leadsToEnd(done | 1L << i, next)) {
                        return true;
                    }
                }
            }
        }
        dead.add(new Dead(done, state));
        return false;
    }

    /** The first return among the calls that are not done: what began after it cannot come first. */
    private long firstEnd(long done) {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < calls.size(); i++) {
            if (!isDone(done, i)) {
                first = Math.min(first, calls.get(i).ended());
            }
        }
        return first;
    }

    private static boolean isDone(long done, int call) {
        return (done >>> call & 1) == 1;
    }
}
