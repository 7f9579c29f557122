package io.coffer.store.log;

import io.coffer.store.CrashMode;
import io.coffer.store.CrashStep;
import io.coffer.store.DiskImage;
import io.coffer.store.Faults.Call;
import io.coffer.store.Faults.Failure;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Runs a trace again and again and lets another of the disk's calls fail each time, once or together with all after it, until no call is
 * left. Each entry must be what the {@link LogAccount} allows, at any time; then the disk heals, and the store must be of use.
 */
final class LogFailures {
    private static final int CALLS_MAX = 10_000;

    /** How many steps after a failure the process dies, for somebody who looks. */
    private static final int LOOKS = 2;

    private static final int DISKS = 1;

    private final LogTrace trace;
    private final Supplier<LogSubject> subjects;
    private final int every;
    private final long seed;
    private int runs;
    private int disks;

    /**
     * Tries each call, or each so many-th.
     *
     * @param subjects makes the same subject each time
     */
    LogFailures(LogTrace trace, Supplier<LogSubject> subjects, int every, long seed) {
        this.every = every;
        this.trace = trace;
        this.subjects = subjects;
        this.seed = seed;
    }

    int runs() {
        return runs;
    }

    int disks() {
        return disks;
    }

    /** Steps after which another object has the directory open. */
    private static final Set<String> OPENINGS = Set.of("reopen", "kill");

    /** Throws AssertionError at the first entry that may not be. */
    void run(Failure failure, boolean forEver) {
        int first = 1 + (trace.ordinal() + failure.ordinal() + (forEver ? 1 : 0)) % every;
        for (int n = first; new Run(failure, n, forEver).hits(); n += every) {
            runs++;
            if (n > CALLS_MAX) {
                throw new AssertionError("The trace makes more than " + CALLS_MAX + " calls");
            }
        }
    }

    /** One time through the trace. */
    private final class Run {
        private final String where;
        private final LogSubject subject = subjects.get();
        private final SimulatedFiles files = new SimulatedFiles(DiskImage.EMPTY, seed);
        private final LogAccount account = new LogAccount(subject);
        private final SplittableRandom random;
        private final LogSession session = new LogSession(subject, files);
        private final boolean forEver;
        private final Failure failure;
        private boolean healed;
        /** Whether a store was opened after a sync that had forgotten what it was given: a limit that the README tells. */
        private boolean isForgotten;

        private int looks;

        Run(Failure failure, int n, boolean forEver) {
            where = trace + ", " + subject.durability() + ", " + failure + (forEver ? " from call " : " at call ") + n
                    + ", seed " + seed;
            this.forEver = forEver;
            this.failure = failure;
            random = new SplittableRandom(seed + n);
            if (failure == Failure.SYNC_LOSES) {
                session.store(); // a store that is half made is not worth such a failure
            }
            if (forEver) {
                files.faults().fromAny(n, failure);
            } else {
                files.faults().onceAny(n, failure);
            }
        }

        /** Runs, and says whether the call was made that was to fail. */
        boolean hits() {
            try {
                open();
                for (var step : trace.steps(subject)) {
                    follow(step);
                }
                boolean hit = files.faults().failures() > 0;
                heal();
                return hit;
            } catch (RuntimeException e) {
                throw new AssertionError(where + ": a failure that is not documented, " + account, e);
            }
        }

        private void open() {
            try {
                LogSubject.asIoException(session::store);
            } catch (IOException e) {
                account.note("open failed");
            }
        }

        private boolean follow(CrashStep<LogSession> step) {
            boolean done = false;
            int before = files.faults().failures();
            boolean syncFailed = hasSyncFailed();
            try {
                step.action().run(session);
                account.acknowledge(step, files.faults().failures() > before || isDown());
                done = true;
            } catch (IOException e) {
                account.fail(step, "FULL".equals(e.getMessage()));
            }
            isForgotten |= failure == Failure.SYNC_LOSES && hasSyncFailed() && OPENINGS.contains(step.name());
            if (hasSyncFailed() || syncFailed) {
                account.loseUnsynced(hasFailed(Call.READ) || hasFailed(Call.OPEN));
            }
            try {
                var found = subject.contents(session);
                if (OPENINGS.contains(step.name())) {
                    account.reopened(found, where);
                }
                account.requireLive(found, where);
            } catch (IOException e) {
                account.note("could not be read");
            }
            if (files.faults().failures() > 0 && looks++ < LOOKS) {
                die();
            }
            return done;
        }

        /** Whether the disk has begun to refuse everything; the store need not ask it each time. */
        private boolean isDown() {
            return forEver && !healed && files.faults().failures() > 0;
        }

        private boolean hasSyncFailed() {
            return hasFailed(Call.SYNC) || hasFailed(Call.SYNC_DIRECTORY);
        }

        private boolean hasFailed(Call call) {
            return files.faults().hasFailed(call);
        }

        /** Lets the process die, and then the power fail, for some disks; the store goes on. */
        private void die() {
            var crash = files.crash();
            account.requireKilled(opened(crash.killed()), where);
            if (isForgotten) {
                return; // what nobody remembers, and the disk does not have, cannot be repaired
            }
            account.requireDurable(opened(crash.unsyncedLost()), where);
            for (int i = 0; i < DISKS; i++) {
                account.requireDurable(opened(crash.random(CrashMode.ADVERSARIAL, random)), where);
            }
        }

        private Map<String, String> opened(DiskImage image) {
            disks++;
            try {
                return subject.contents(subject.open(new SimulatedFiles(image, seed)));
            } catch (IOException | RuntimeException e) {
                throw new AssertionError(where + ": cannot be opened again, " + image + ", after " + account, e);
            }
        }

        /** The disk works again, and so does the store after a second. */
        private void heal() {
            files.faults().none();
            healed = true;
            account.note("healed");
            subject.pass(2_000);
            require(new LogSteps(subject).tick());
            require(new LogSteps(subject).put("probe", "1").sync());
            die();
            require(new LogSteps(subject).reopen().put("probe", "2").sync());
            die();
        }

        private void require(LogSteps steps) {
            for (var step : steps.steps()) {
                if (!follow(step)) {
                    throw new AssertionError(where + ": of no use after the disk has healed, " + account);
                }
            }
        }
    }
}
