package io.coffer.conformance;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@link KnownDifference}s correct of invoke and invokeAll. */
final class ProcessorCorrections {

    private static final String WRAPPED = "EntryProcessorException <- ";

    private ProcessorCorrections() {}

    static Outcome absentRemoved(Step step, Outcome reference) {
        return step.call().verb().runsProcessor() ? Corrections.withoutRemovalsOfNothing(step, reference) : reference;
    }

    static Outcome failureCounted(Step step, Outcome reference) {
        if (failsBeforeCommit(step, reference)) {
            return withoutLookup(reference, step.wasLive(step.call().key()));
        }
        Outcome corrected = reference;
        if (step.is(Verb.INVOKE_ALL)) {
            for (Map.Entry<String, String> result : reference.results().entrySet()) {
                if (result.getValue().contains("Exception")) {
                    corrected = withoutLookup(corrected, step.wasLive(result.getKey()));
                }
            }
        }
        return corrected;
    }

    /** What a listener throws, it throws when all is done. */
    private static boolean failsBeforeCommit(Step step, Outcome reference) {
        return step.is(Verb.INVOKE)
                && reference.isFailure()
                && !step.call().namesNullKey()
                && !reference.result().startsWith("CacheEntryListenerException");
    }

    private static Outcome withoutLookup(Outcome reference, boolean hit) {
        return reference.withCounts(counts -> hit ? counts.plus(-1, 0, 0, 0) : counts.plus(0, -1, 0, 0));
    }

    static Outcome failureUnwrapped(Step step, Outcome reference) {
        boolean unwrapped =
                failsBeforeCommit(step, reference) && !reference.result().startsWith(WRAPPED);
        return unwrapped ? reference.withResult(WRAPPED + reference.result()) : reference;
    }

    static Outcome failureWrappedTwice(Step step, Outcome reference) {
        if (!step.is(Verb.INVOKE_ALL)) {
            return reference;
        }
        SortedMap<String, String> results = new TreeMap<>(reference.results());
        results.replaceAll(
                (key, result) -> result.startsWith(WRAPPED + WRAPPED) ? result.substring(WRAPPED.length()) : result);
        return reference.withResults(results);
    }

    static Outcome nullKeyProcessed(Step step, Outcome reference) {
        if (!step.is(Verb.INVOKE_ALL) || !step.call().namesNullKey()) {
            return reference;
        }
        return new Outcome(
                "NullPointerException",
                new TreeMap<>(),
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                Counts.ZERO,
                step.before());
    }
}
