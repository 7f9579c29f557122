package io.coffer.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@link KnownDifference}s correct of calls that load or write several entries at once. */
final class BatchCorrections {

    private BatchCorrections() {}

    static Outcome failureSwallowed(Step step, Outcome reference) {
        int index = step.call().index();
        boolean swallowed = step.is(Verb.PUT_ALL, Verb.REMOVE_KEYS, Verb.REMOVE_ALL)
                && !reference.writes().isEmpty()
                && !reference.result().startsWith("CacheWriterException")
                && step.script().batchFails(index)
                && step.script().failsInTheTermsOfTheSpecification(index);
        return swallowed ? reference.withResult("CacheWriterException") : reference;
    }

    static Outcome emptyWritten(Step step, Outcome reference) {
        boolean empty = step.is(Verb.PUT_ALL, Verb.REMOVE_KEYS)
                && step.call().keys().isEmpty()
                && !reference.writes().isEmpty();
        return empty ? reference.withWrites(List.of()).withResult("") : reference;
    }

    static Outcome expiredDeleted(Step step, Outcome reference) {
        if (!step.is(Verb.REMOVE_ALL) || reference.writes().isEmpty()) {
            return reference;
        }
        Write write = reference.writes().get(0);
        SortedMap<String, String> live = new TreeMap<>(write.entries());
        live.keySet().retainAll(step.before().keySet());
        return live.isEmpty()
                ? reference.withWrites(List.of()).withResult("")
                : reference.withWrites(List.of(new Write(write.method(), live)));
    }

    static Outcome expiredCounted(Step step, Outcome reference) {
        int removed = step.reference().announcedRemovals().size();
        return step.is(Verb.REMOVE_KEYS)
                ? reference.withCounts(counts -> counts.plus(0, 0, 0, removed - counts.removals()))
                : reference;
    }

    static Outcome emptyLoaded(Step step, Outcome reference) {
        List<Load> loads = new ArrayList<>(reference.loads());
        loads.removeIf(load -> step.is(Verb.LOAD_ALL) && load.keys().isEmpty());
        return reference.withLoads(loads);
    }

    static Outcome loadedOneByOne(Step step, Outcome reference) {
        if (!step.is(Verb.GET_ALL) || reference.loads().isEmpty()) {
            return reference;
        }
        SortedSet<String> missing = new TreeSet<>(step.call().keys());
        missing.removeAll(step.before().keySet());
        Outcome loadedTogether = reference.withLoads(List.of(new Load("loadAll", missing)));
        return reference.result().startsWith("CacheLoaderException")
                ? nothingLoaded(step, loadedTogether, missing)
                : loadedTogether;
    }

    /** What is found has been found, counted and touched even if nothing can be loaded. */
    private static Outcome nothingLoaded(Step step, Outcome reference, SortedSet<String> missing) {
        SortedSet<String> found = new TreeSet<>(step.call().keys());
        found.removeAll(missing);
        SortedMap<String, Integer> policyCalls = new TreeMap<>();
        if (!found.isEmpty() && step.asksPolicy()) {
            policyCalls.put(ScriptedPolicy.ACCESS, found.size());
        }
        SortedMap<String, String> content = new TreeMap<>(step.before());
        if (step.expiresOnAccess()) {
            content.keySet().removeAll(found);
        }
        return reference
                .withEvents(List.of())
                .withPolicyCalls(policyCalls)
                .withCounts(counts -> new Counts(found.size(), missing.size(), 0, 0, 0))
                .withContent(content);
    }
}
