package io.coffer.conformance;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cache under test must show: what the reference implementation showed, corrected where the two are known to
 * differ.
 *
 * @param differences those that made a difference to this call
 */
record Expectation(Outcome outcome, Set<KnownDifference> differences) {

    static Expectation of(Step step, Outcome reference, Set<KnownDifference> accepted) {
        Outcome expected = reference;
        Set<KnownDifference> differences = EnumSet.noneOf(KnownDifference.class);
        differences.addAll(step.reference().translations());
        for (KnownDifference difference : accepted) {
            Outcome corrected = difference.correct(step, expected);
            if (!corrected.equals(expected)) {
                differences.add(difference);
            }
            expected = corrected;
        }
        return new Expectation(expected, differences);
    }

    /** One line each on why this is not what the reference implementation showed. */
    String reasons() {
        return differences.stream()
                .map(difference -> "\n  as of " + difference + ": " + difference.reason())
                .collect(Collectors.joining());
    }
}
