package io.coffer.conformance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;

/**
 * One run: the same random calls on a cache of the reference implementation and on a cache under test, in one
 * scenario, compared after every call.
 */
final class Duel implements AutoCloseable {

    private static final int CALLS_REMEMBERED = 10;

    private final Scenario scenario;
    private final long seed;
    private final Set<KnownDifference> accepted;
    private final Script script;
    private final Calls calls;
    private final Side reference;
    private final Side subject;
    private final Deque<String> recent = new ArrayDeque<>();
    private final Set<KnownDifference> seen = EnumSet.noneOf(KnownDifference.class);

    Duel(Contender reference, Contender subject, Scenario scenario, long seed, Set<KnownDifference> accepted) {
        this.scenario = scenario;
        this.seed = seed;
        this.accepted = accepted;
        // Another sequence in every scenario, and the same one in every JVM.
        long ownSeed = seed * 31 + scenario.toString().hashCode();
        this.script = new Script(ownSeed);
        this.calls = new Calls(ownSeed);
        this.reference = new Side(reference, "reference", new World(scenario, script, accepted));
        this.subject = new Side(subject, "subject", new World(scenario, script, EnumSet.noneOf(KnownDifference.class)));
    }

    /** Runs so many calls. Throws a {@link Disagreement} at the first difference that is not an accepted one. */
    Set<KnownDifference> run(int count) {
        SortedMap<String, String> before = reference.content();
        for (int i = 0; i < count; i++) {
            before = run(calls.next(), before);
        }
        return seen;
    }

    private SortedMap<String, String> run(Call call, SortedMap<String, String> before) {
        Step step = new Step(scenario, script, call, before, reference.journal());
        Outcome referred = reference.perform(step);
        Outcome actual = subject.perform(step);
        Expectation expectation = Expectation.of(step, referred, accepted);
        remember(call, before, actual);

        if (!expectation.outcome().equals(actual)) {
            throw new Disagreement(report(step, referred, expectation, actual));
        }
        seen.addAll(expectation.differences());
        if (!actual.content().equals(referred.content())) {
            reference.reset(actual.content());
            subject.reset(actual.content());
        }
        return actual.content();
    }

    private void remember(Call call, SortedMap<String, String> before, Outcome actual) {
        if (recent.size() == CALLS_REMEMBERED) {
            recent.removeFirst();
        }
        recent.addLast("  on " + before + " " + call + "\n    -> " + actual);
    }

    private String report(Step step, Outcome referred, Expectation expectation, Outcome actual) {
        return "seed " + seed + ", call " + step.call().index() + ", " + scenario
                + "\nbefore:    " + step.before()
                + "\ncall:      " + step.call()
                + "\nreference: " + referred
                + "\nexpected:  " + expectation.outcome() + expectation.reasons()
                + "\nactual:    " + actual
                + "\nthe last calls:\n" + String.join("\n", recent);
    }

    @Override
    public void close() {
        reference.close();
        subject.close();
    }
}
