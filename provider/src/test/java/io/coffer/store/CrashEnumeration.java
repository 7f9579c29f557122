package io.coffer.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Runs a script on a store and lets the power fail after each call that changes something, and after each acknowledgement. On
 * every disk that this can leave the store is opened, and its entries are held against the invariants. Then recovery itself is
 * tried: opened again, and crashed after each of its own calls, it comes to the same entries (I4); and the store is of use, so
 * that what is put then survives the next power failure. If only the process dies, nothing acknowledged may be missing; and the
 * power may fail while the next one opens what it has left, or afterwards.
 *
 * <p>The crashes are looked at inside the running call: the store under test goes on afterwards and knows nothing. So a script
 * of n calls runs once, not n times.
 *
 * @param <S> the store while it is open
 */
public final class CrashEnumeration<S> {
    /**
     * How much is tried.
     *
     * @param exhaustiveMax up to how many pending operations all their subsets are tried
     * @param samples how many disks are tried by chance at each crash
     * @param tears at how many of its bytes the last write is torn
     * @param recoverySamples how many disks are tried by chance after each call of a recovery, in the mean
     * @param probes whether an entry is put after each recovery and has to survive the next power failure
     */
    public record Effort(
            CrashMode mode,
            int exhaustiveMax,
            int samples,
            int tears,
            double recoverySamples,
            boolean probes,
            long seed) {
        /** What a build can afford. */
        public static Effort of(CrashMode mode, long seed) {
            return new Effort(mode, 10, 32, 128, 1, true, seed);
        }

        /** Returns the same without probes. */
        public Effort withoutProbes() {
            return new Effort(mode, exhaustiveMax, samples, tears, recoverySamples, false, seed);
        }
    }

    /** How much was tried: moments of a crash, different disks, and openings of the store. */
    public record Tried(int crashes, int images, int recoveries) {}

    private final CrashSubject<S> subject;
    private final List<CrashInvariant> invariants;
    private final Effort effort;

    private final List<Map<String, String>> states = new ArrayList<>();
    private final Set<DiskImage> checked = new HashSet<>();
    private final SplittableRandom random;
    private final SplittableRandom inheritedRandom;
    private SimulatedFiles files = new SimulatedFiles();
    private String step = "open";
    private int acknowledged;
    private int synced;
    private int crashes;
    private int images;
    private int recoveries;

    /** For one script. */
    public CrashEnumeration(CrashSubject<S> subject, List<CrashInvariant> invariants, Effort effort) {
        this.subject = subject;
        this.invariants = invariants;
        this.effort = effort;
        random = new SplittableRandom(effort.seed);
        inheritedRandom = new SplittableRandom(~effort.seed);
    }

    /** Runs the script on an empty disk. Throws AssertionError at the first disk from which the store does not recover. */
    public Tried run(List<CrashStep<S>> script) throws IOException {
        return run(DiskImage.EMPTY, Map.of(), script);
    }

    /** Runs the script on a store that is already there. */
    public Tried run(DiskImage disk, Map<String, String> entries, List<CrashStep<S>> script) throws IOException {
        states.add(entries);
        files = new SimulatedFiles(disk, effort.seed);
        files.afterEachChange(this::crash);
        var store = subject.open(files);
        for (var next : script) {
            begin(next.name());
            next.follow(states);
            next.action().run(store);
            begin("after " + next.name());
            acknowledged = states.size() - 1;
            if (next.syncs()) {
                synced = acknowledged;
            }
            crash();
        }
        return new Tried(crashes, images, recoveries);
    }

    /** How many disks to try after a call of a recovery: the fraction by chance. */
    private int sampled(SplittableRandom by) {
        double fraction = effort.recoverySamples % 1;
        return (int) effort.recoverySamples + (fraction > 0 && fraction > by.nextDouble() ? 1 : 0);
    }

    /** From now on other states are possible, so that a disk is worth a second look. */
    private void begin(String name) {
        step = name;
        checked.clear();
    }

    private void crash() {
        crashes++;
        var crash = files.crash();
        check(crash.killed(), acknowledged);
        inherit(crash);
        for (var image :
                crash.images(effort.mode, effort.exhaustiveMax, effort.samples, effort.tears, random.nextLong())) {
            check(image, synced);
        }
    }

    /** Opens the store on a disk, and expects at least the entries of a state. */
    private void check(DiskImage image, int first) {
        if (!checked.add(image)) {
            return;
        }
        images++;
        Set<DiskImage> inRecovery = new HashSet<>();
        var found = new SimulatedFiles(image, effort.seed);
        found.afterEachChange(() -> {
            for (int left = sampled(random); left > 0; left--) {
                inRecovery.add(found.crash().random(effort.mode, random));
            }
        });
        var store = open(found, image, "");
        var recovered = contents(store, image, "");
        requireInvariants(first, recovered, image, "");
        found.afterEachChange(() -> {});
        inRecovery.add(found.crash().killed());
        for (var again : inRecovery) {
            expect(recovered, again, " after a crash of its recovery");
        }
        if (effort.probes) {
            putDurably(store, image);
            var more = new HashMap<>(recovered);
            more.put("probe", "value");
            expect(more, found.crash().unsyncedLost(), " with one entry put after its recovery");
        }
    }

    private void requireInvariants(int first, Map<String, String> recovered, DiskImage image, String when) {
        for (var invariant : invariants) {
            var violation = invariant.violation(new CrashInvariant.Known(states, first), recovered);
            if (violation != null) {
                var possible = states.subList(first, states.size());
                throw failure(violation + when + "; recovered " + recovered + ", possible " + possible, image, null);
            }
        }
    }

    /**
     * The process dies, and when the next one opens the store, or after it has, the power fails as well: then both have left something
     * that was not synced.
     */
    private void inherit(Crash crash) {
        Set<DiskImage> later = new HashSet<>();
        var inherited = crash.inherited(effort.seed);
        inherited.afterEachChange(() -> {
            for (int left = sampled(inheritedRandom); left > 0; left--) {
                later.add(inherited.crash().random(effort.mode, inheritedRandom));
            }
        });
        var image = crash.killed();
        open(inherited, image, " by the next process");
        later.add(inherited.crash().unsyncedLost());
        for (var lost : later) {
            images++;
            var when = " when the power fails after a process has died";
            var found = contents(open(new SimulatedFiles(lost, effort.seed), lost, when), lost, when);
            requireInvariants(synced, found, lost, when);
        }
    }

    private void expect(Map<String, String> expected, DiskImage image, String when) {
        var found = contents(open(new SimulatedFiles(image, effort.seed), image, when), image, when);
        if (!found.equals(expected)) {
            throw failure("recovered " + found + when + ", expected " + expected, image, null);
        }
    }

    private S open(SimulatedFiles disk, DiskImage image, String when) {
        recoveries++;
        try {
            return subject.open(disk);
        } catch (IOException | RuntimeException e) {
            throw failure("cannot be opened" + when, image, e);
        }
    }

    private Map<String, String> contents(S store, DiskImage image, String when) {
        try {
            return subject.contents(store);
        } catch (IOException | RuntimeException e) {
            throw failure("cannot be read" + when, image, e);
        }
    }

    private void putDurably(S store, DiskImage image) {
        try {
            subject.putDurably(store, "probe", "value");
        } catch (IOException | RuntimeException e) {
            throw failure("cannot be written after its recovery", image, e);
        }
    }

    private AssertionError failure(String what, DiskImage image, Exception cause) {
        return new AssertionError(
                "Crash " + crashes + " (" + step + "), disk " + images + " " + image + ": " + what + "; after "
                        + files.recentCalls() + "; " + effort,
                cause);
    }
}
