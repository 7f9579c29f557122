package io.coffer.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Everything that could be seen of one call.
 *
 * @param result what it returned, or the exception's class and, after an arrow, its cause's class
 * @param results the same for each key, where a call answers key by key; empty for the others
 * @param policyCalls how often each method of the ExpiryPolicy was called
 * @param content the live entries afterwards
 */
record Outcome(
        String result,
        SortedMap<String, String> results,
        List<Event> events,
        List<Load> loads,
        List<Write> writes,
        SortedMap<String, Integer> policyCalls,
        Counts counts,
        SortedMap<String, String> content) {

    boolean isFailure() {
        return result.contains("Exception");
    }

    Outcome withResult(String changed) {
        return new Outcome(changed, results, events, loads, writes, policyCalls, counts, content);
    }

    Outcome withResults(SortedMap<String, String> changed) {
        return new Outcome(result, changed, events, loads, writes, policyCalls, counts, content);
    }

    Outcome withEvents(List<Event> changed) {
        return new Outcome(result, results, changed, loads, writes, policyCalls, counts, content);
    }

    Outcome withLoads(List<Load> changed) {
        return new Outcome(result, results, events, changed, writes, policyCalls, counts, content);
    }

    Outcome withWrites(List<Write> changed) {
        return new Outcome(result, results, events, loads, changed, policyCalls, counts, content);
    }

    Outcome withPolicyCalls(SortedMap<String, Integer> changed) {
        return new Outcome(result, results, events, loads, writes, changed, counts, content);
    }

    Outcome withCounts(UnaryOperator<Counts> change) {
        return new Outcome(result, results, events, loads, writes, policyCalls, change.apply(counts), content);
    }

    Outcome withContent(SortedMap<String, String> changed) {
        return new Outcome(result, results, events, loads, writes, policyCalls, counts, changed);
    }

    /** Names what is worth a look: a report prints many outcomes. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of('"' + result + '"'));
        Stream.of(results, events, loads, writes, policyCalls)
                .map(Object::toString)
                .filter(part -> part.length() > "{}".length())
                .forEach(parts::add);
        parts.add(counts.toString());
        parts.add("leaves " + content);
        return String.join(", ", parts);
    }
}
