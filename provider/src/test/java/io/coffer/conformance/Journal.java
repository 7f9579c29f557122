package io.coffer.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the callbacks of one side hear during a call. Callbacks may run on any thread. Between calls nothing is
 * recorded and every callback is harmless, so that the content can be looked at.
 */
final class Journal {

    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Queue<Load> loads = new ConcurrentLinkedQueue<>();
    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Queue<String> policyCalls = new ConcurrentLinkedQueue<>();
    private final Queue<String> announcedRemovals = new ConcurrentLinkedQueue<>();
    private final Queue<KnownDifference> translations = new ConcurrentLinkedQueue<>();

    /** Set by the thread that a listener runs on. */
    private volatile boolean sparesFailure;

    /** Set by the thread that makes the calls, read by the threads of the callbacks. */
    private volatile Step step;

    /** Starts recording. */
    void open(Step opened) {
        List.of(events, loads, writes, policyCalls, announcedRemovals, translations)
                .forEach(Queue::clear);
        sparesFailure = false;
        step = opened;
    }

    /** Ends recording. */
    void close() {
        step = null;
    }

    boolean isOpen() {
        return step != null;
    }

    Step step() {
        return step;
    }

    int index() {
        return step.call().index();
    }

    void add(Event event) {
        events.add(event);
    }

    void add(Load load) {
        loads.add(load);
    }

    void add(Write write) {
        writes.add(write);
    }

    void addPolicyCall(String method) {
        policyCalls.add(method);
    }

    void addAnnouncedRemoval(String key) {
        announcedRemovals.add(key);
    }

    /** Notes that a callback spared this side a question that it is known to answer differently. */
    void addTranslation(KnownDifference difference) {
        translations.add(difference);
    }

    /** Notes that a listener would have thrown, were this side not spared it. */
    void spareFailure() {
        sparesFailure = true;
    }

    /** Whether a listener would have thrown; only once. */
    boolean takeSparedFailure() {
        boolean spared = sparesFailure;
        sparesFailure = false;
        return spared;
    }

    List<Event> events() {
        return new ArrayList<>(events);
    }

    List<Load> loads() {
        return new ArrayList<>(loads);
    }

    List<Write> writes() {
        return new ArrayList<>(writes);
    }

    SortedMap<String, Integer> policyCalls() {
        SortedMap<String, Integer> counted = new TreeMap<>();
        policyCalls.forEach(method -> counted.merge(method, 1, Integer::sum));
        return counted;
    }

    List<String> announcedRemovals() {
        return List.copyOf(announcedRemovals);
    }

    Set<KnownDifference> translations() {
        Set<KnownDifference> distinct = EnumSet.noneOf(KnownDifference.class);
        distinct.addAll(translations);
        return distinct;
    }

    /** For a side that is made to forget on purpose. */
    void dropEvents() {
        events.clear();
    }
}
