package io.coffer.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.cache.event.EventType;

/** What {@link KnownDifference}s correct of calls on one entry after the other. */
final class Corrections {

    private Corrections() {}

    static Outcome bornExpiredPutIfAbsent(Step step, Outcome reference) {
        boolean bornExpired = step.is(Verb.PUT_IF_ABSENT)
                && !step.wasLive(step.call().key())
                && reference.result().equals("false");
        return bornExpired ? reference.withCounts(counts -> counts.plus(-1, 1, 0, 0)) : reference;
    }

    static Outcome nullKeyLoadedByNobody(Step step, Outcome reference) {
        boolean unchecked = step.is(Verb.LOAD_ALL)
                && step.call().namesNullKey()
                && step.scenario().loading() == Scenario.Loading.NONE;
        return unchecked ? reference.withResult("NullPointerException") : reference;
    }

    static Outcome policyAskedBeforeWriter(Step step, Outcome reference) {
        boolean asked = step.is(Verb.PUT)
                && reference.result().startsWith("CacheWriterException")
                && !step.wasLive(step.call().key());
        return asked ? reference.withPolicyCalls(new TreeMap<>()) : reference;
    }

    static Outcome expiredUnderIterator(Step step, Outcome reference) {
        return step.is(Verb.ITERATE) ? withoutRemovalsOfNothing(step, reference) : reference;
    }

    /** Every other call throws once it is carried out; see {@link World#throwSparedFailure()}. */
    static Outcome failingListener(Step step, Outcome reference) {
        if (!step.is(Verb.INVOKE_ALL) || !step.reference().translations().contains(KnownDifference.FAILING_LISTENER)) {
            return reference;
        }
        SortedMap<String, String> results = new TreeMap<>(reference.results());
        for (Event event : reference.events()) {
            results.put(event.key(), "EntryProcessorException <- CacheEntryListenerException <- IllegalStateException");
        }
        return reference.withResults(results);
    }

    static Outcome oldValueOffered(Step step, Outcome reference) {
        if (step.scenario().listening() != Scenario.Listening.PLAIN) {
            return reference;
        }
        return reference.withEvents(reference.events().stream()
                .map(event -> event.offering(step.before().get(event.key())))
                .toList());
    }

    /** Takes back the removals that the reference announced and counted although there was nothing to remove. */
    static Outcome withoutRemovalsOfNothing(Step step, Outcome reference) {
        List<Event> events = new ArrayList<>(reference.events());
        events.removeIf(event -> event.type() == EventType.REMOVED && step.hasNothingToRemove(event.key()));
        long ofNothing = step.reference().announcedRemovals().stream()
                .filter(step::hasNothingToRemove)
                .count();
        return reference.withEvents(events).withCounts(counts -> counts.plus(0, 0, 0, -ofNothing));
    }
}
