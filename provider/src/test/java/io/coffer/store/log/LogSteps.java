package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.store.CrashStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes down what a log store does step by step, and what its entries are then. One for each run. */
final class LogSteps {
    private static final String FILLING = "x".repeat(90);

    private final LogSubject subject;
    private final List<CrashStep<LogSession>> steps = new ArrayList<>();

    LogSteps(LogSubject subject) {
        this.subject = subject;
    }

    List<CrashStep<LogSession>> steps() {
        return List.copyOf(steps);
    }

    LogSteps put(String key, String value) {
        return change("put " + key, session -> session.put(key, value), entries -> entries.put(key, value));
    }

    /** Puts a value that takes most of a small segment with two others. */
    LogSteps putLarge(String key, String value) {
        return put(key, value + FILLING);
    }

    LogSteps put(String key, String value, long timeToLiveMillis) {
        return change(
                "put " + key + " for a while",
                session -> session.put(key, value, deadline(timeToLiveMillis)),
                entries -> entries.put(key, LogSession.shown(value, deadline(timeToLiveMillis))));
    }

    private long deadline(long timeToLiveMillis) {
        return subject.clock().millis() + timeToLiveMillis;
    }

    LogSteps putAll(String... keysAndValues) {
        Map<String, String> all = new LinkedHashMap<>();
        List<Consumer<Map<String, String>>> effects = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            var key = keysAndValues[i];
            var value = keysAndValues[i + 1];
            all.put(key, value);
            effects.add(entries -> entries.put(key, value));
        }
        steps.add(new CrashStep<>(
                "put all of " + all.keySet(), calling(session -> session.putAll(all)), effects, syncsAlways()));
        return this;
    }

    LogSteps remove(String key) {
        return change("remove " + key, session -> session.remove(key), entries -> entries.remove(key));
    }

    LogSteps invalidate(String key) {
        return change("invalidate " + key, session -> session.invalidate(key), entries -> entries.remove(key));
    }

    LogSteps touch(String key, long timeToLiveMillis) {
        return change(
                "touch " + key,
                session -> session.touch(key, deadline(timeToLiveMillis)),
                entries -> entries.computeIfPresent(
                        key,
                        (same, shown) ->
                                LogSubject.deadline(shown) > subject.clock().millis()
                                        ? LogSession.shown(shown.replaceFirst("@.*", ""), deadline(timeToLiveMillis))
                                        : shown));
    }

    LogSteps clear() {
        return change("clear", session -> session.store().clear(), Map::clear);
    }

    /** Lets time pass, without a tick. */
    LogSteps pass(long millis) {
        steps.add(CrashStep.of("pass " + millis + " ms", session -> subject.pass(millis)));
        return this;
    }

    /** Lets the sync interval pass, and the store do what it does from time to time. */
    LogSteps tick() {
        CrashStep<LogSession> step = CrashStep.of("tick", calling(session -> {
            subject.pass(LogSubject.SYNC_INTERVAL_MILLIS);
            session.store().tick();
        }));
        steps.add(subject.durability() == Durability.INTERVAL ? step.synced() : step);
        return this;
    }

    LogSteps sync() {
        steps.add(CrashStep.<LogSession>of(
                        "sync", calling(session -> session.store().sync()))
                .synced());
        return this;
    }

    LogSteps reopen() {
        steps.add(
                CrashStep.<LogSession>of("reopen", calling(LogSession::reopen)).synced());
        return this;
    }

    /** The process dies, and another one opens what it has left: recovery is a part of the trace. */
    LogSteps kill() {
        steps.add(CrashStep.of("kill", calling(LogSession::kill)));
        return this;
    }

    private LogSteps change(String name, Consumer<LogSession> action, Consumer<Map<String, String>> effect) {
        var step = CrashStep.of(name, calling(action), effect);
        steps.add(syncsAlways() ? step.synced() : step);
        return this;
    }

    private boolean syncsAlways() {
        return subject.durability() == Durability.ALWAYS;
    }

    private static CrashStep.Action<LogSession> calling(Consumer<LogSession> action) {
        return session -> LogSubject.asIoException(() -> {
            action.accept(session);
            return session;
        });
    }
}
