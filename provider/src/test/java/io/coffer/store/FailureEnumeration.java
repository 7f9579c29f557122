package io.coffer.store;

import io.coffer.store.Faults.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Runs a script on a store again and again, and lets another of its calls fail each time: the first, the second, and so on until
 * the script is through without a failure; each call once, and then together with all after it. A step may throw IOException and
 * is then not acknowledged. Whatever fails, each entry is what the {@link FailureAccount} allows: while the store runs, after the
 * process has died, and after the power has failed.
 *
 * @param <S> the store while it is open
 */
public final class FailureEnumeration<S> {
    private static final int CALLS_MAX = 100_000;
    private static final int DISKS = 4;

    private final CrashSubject<S> subject;
    private final FailureAccount.Rule rule;
    private final CrashMode mode;
    private final long seed;

    /**
     * Begins with an empty disk for each run.
     *
     * @param rule what an entry may be when the operation that should change it has failed
     */
    public FailureEnumeration(CrashSubject<S> subject, FailureAccount.Rule rule, CrashMode mode, long seed) {
        this.subject = subject;
        this.rule = rule;
        this.mode = mode;
        this.seed = seed;
    }

    /** Returns how many runs it took. Throws AssertionError at the first entry that may not be. */
    public int run(List<CrashStep<S>> script, Failure failure) {
        int runs = 0;
        for (boolean forEver : new boolean[] {false, true}) {
            int n = 1;
            while (hits(script, failure, n, forEver)) {
                n++;
                if (n > CALLS_MAX) {
                    throw new AssertionError("The script makes more than " + CALLS_MAX + " calls");
                }
            }
            runs += n;
        }
        return runs;
    }

    /** Runs the script, and says whether it came to the call that was to fail. */
    private boolean hits(List<CrashStep<S>> script, Failure failure, int n, boolean forEver) {
        var where = failure + (forEver ? " from call " : " at call ") + n + ", seed " + seed;
        var files = new SimulatedFiles(DiskImage.EMPTY, seed);
        var account = new FailureAccount(rule);
        if (forEver) {
            files.faults().fromAny(n, failure);
        } else {
            files.faults().onceAny(n, failure);
        }
        try {
            steps(script, subject.open(files), files, account, where);
        } catch (IOException e) {
            account.note("open failed");
        } catch (RuntimeException e) {
            throw new AssertionError(where + ": a failure that is no IOException, " + account, e);
        }
        boolean hit = files.faults().total() >= n;
        files.faults().none();
        die(files, account, new SplittableRandom(seed + n), where);
        return hit;
    }

    /** Lets the process die, and then the power fail, for some disks; the store goes on. */
    private void die(SimulatedFiles files, FailureAccount account, SplittableRandom random, String where) {
        var crash = files.crash();
        account.requireLive(reopened(crash.killed(), where), where + ", killed");
        account.requireDurable(reopened(crash.unsyncedLost(), where), where + ", power failed");
        for (int i = 0; i < DISKS; i++) {
            account.requireDurable(reopened(crash.random(mode, random), where), where + ", power failed");
        }
    }

    private void steps(List<CrashStep<S>> script, S store, SimulatedFiles files, FailureAccount account, String where) {
        for (var step : script) {
            try {
                step.action().run(store);
                account.acknowledge(step);
            } catch (IOException e) {
                account.fail(step);
            }
            try {
                account.requireLive(subject.contents(store), where);
            } catch (IOException e) {
                account.note("could not be read");
            }
            die(files, account, new SplittableRandom(seed), where);
        }
    }

    private Map<String, String> reopened(DiskImage image, String where) {
        try {
            return subject.contents(subject.open(new SimulatedFiles(image, seed)));
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(where + ": cannot be opened again, " + image, e);
        }
    }
}
