package io.coffer.store.log;

import io.coffer.store.CrashStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each entry of a log store may be while calls of its disk fail: as the store shows it, after the death of the process, and after
 * a power failure. What is told apart:
 *
 * <ul>
 *   <li>A change that has thrown is not shown. After a restart it may be there, unless the disk was full.
 *   <li>A sync that has failed may cost whatever was not synced before: it may be absent then, never older. After a restart it may be older.
 *       If the disk does not tell what that was, everything may be absent.
 *   <li>What was invalidated is not shown any more, and is gone from disk as soon as the disk has accepted anything.
 * </ul>
 */
final class LogAccount {
    /** All that an entry may be at a moment, beside the others of its kind; a key that is not there is absent. */
    private static final class Possible {
        private final Map<String, Set<Optional<String>>> values = new HashMap<>();

        Set<Optional<String>> of(String key) {
            return values.getOrDefault(key, Set.of(Optional.empty()));
        }

        void set(String key, Set<Optional<String>> possible) {
            values.put(key, new HashSet<>(possible));
        }

        void add(String key, Set<Optional<String>> possible) {
            Set<Optional<String>> all = new HashSet<>(of(key));
            all.addAll(possible);
            values.put(key, all);
        }
    }

    private static final Set<Optional<String>> ABSENT = Set.of(Optional.empty());

    private final LogSubject subject;
    private final Possible live = new Possible();
    private final Possible killed = new Possible();
    private final Possible durable = new Possible();
    private final Set<String> invalidLater = new HashSet<>();
    private final List<String> history = new ArrayList<>();

    LogAccount(LogSubject subject) {
        this.subject = subject;
    }

    void note(String event) {
        history.add(event);
    }

    /** A step has returned; {@code failed} if some of its calls have failed all the same. */
    void acknowledge(CrashStep<LogSession> step, boolean failed) {
        note(step.name() + (failed ? " (in spite of a failure)" : ""));
        boolean invalidates = step.name().startsWith("invalidate");
        for (var key : affected(step)) {
            var after = after(step, key, killed.of(key));
            boolean mayVanish = step.name().startsWith("touch") && live.of(key).contains(Optional.<String>empty());
            if (mayVanish) {
                after.addAll(killed.of(key)); // what is not shown is not touched
            }
            live.set(key, after(step, key, live.of(key)));
            if (mayVanish) {
                live.add(key, ABSENT);
            }
            if (invalidates && failed) {
                killed.add(key, ABSENT);
                invalidLater.add(key);
            } else {
                killed.set(key, after);
                invalidLater.remove(key);
            }
            durable.add(key, after);
        }
        if (!failed && accepts(step)) {
            invalidLater.forEach(key -> killed.set(key, live.of(key)));
            invalidLater.clear();
        }
        if (step.syncs() && !(failed && step.name().equals("tick"))) {
            keys().forEach(key -> durable.set(key, killed.of(key)));
        }
    }

    /** Whether the disk is certain to have accepted something. */
    private static boolean accepts(CrashStep<LogSession> step) {
        return !step.effects().isEmpty()
                        && !step.name().startsWith("invalidate")
                        && !step.name().startsWith("touch")
                || step.name().equals("reopen");
    }

    /** A step has thrown. */
    void fail(CrashStep<LogSession> step, boolean full) {
        note(step.name() + (full ? " found the disk full" : " failed"));
        if (!full) {
            for (var key : affected(step)) {
                killed.add(key, after(step, key, killed.of(key)));
                durable.add(key, killed.of(key));
            }
        }
        if (step.name().equals("reopen") || step.name().equals("kill")) {
            keys().forEach(key -> live.add(key, killed.of(key)));
        }
    }

    /**
     * A sync has failed: what was not synced may be lost.
     *
     * @param all whether nobody could read what that is: then everything may
     */
    void loseUnsynced(boolean all) {
        for (var key : keys()) {
            if (all || !durable.of(key).equals(live.of(key)) || durable.of(key).size() > 1) {
                live.add(key, ABSENT);
                killed.add(key, durable.of(key));
                killed.add(key, ABSENT);
                durable.add(key, ABSENT);
            }
        }
    }

    /** The store was opened again. What it has then it keeps. */
    void reopened(Map<String, String> found, String where) {
        require(killed, found, where + ", opened again");
        for (var key : keys()) {
            var value = Set.of(Optional.ofNullable(found.get(key)));
            live.set(key, value);
            killed.set(key, value);
            durable.add(key, value);
        }
        invalidLater.clear();
    }

    void requireLive(Map<String, String> found, String where) {
        require(live, found, where + ", running");
    }

    void requireKilled(Map<String, String> found, String where) {
        require(killed, found, where + ", killed");
    }

    void requireDurable(Map<String, String> found, String where) {
        require(durable, found, where + ", power failed");
    }

    private void require(Possible possible, Map<String, String> found, String where) {
        Set<String> keys = keys();
        keys.addAll(found.keySet());
        for (var key : keys) {
            var value = Optional.ofNullable(found.get(key));
            var alive = new HashSet<Optional<String>>();
            possible.of(key).forEach(each -> alive.add(subject.alive(each)));
            if (!alive.contains(value)) {
                throw new AssertionError(where + ": entry " + key + " is " + value + ", expected one of " + alive
                        + ", after " + history);
            }
        }
    }

    private Set<String> keys() {
        Set<String> keys = new TreeSet<>(live.values.keySet());
        keys.addAll(killed.values.keySet());
        return keys;
    }

    /** The keys whose entries a step may change. */
    private Set<String> affected(CrashStep<LogSession> step) {
        Set<String> affected = new TreeSet<>();
        for (var key : LogSession.KEYS) {
            for (var before : List.of(Optional.<String>empty(), Optional.of("any"))) {
                if (!Objects.equals(before, after(step, key, before))) {
                    affected.add(key);
                }
            }
        }
        return affected;
    }

    private static Set<Optional<String>> after(CrashStep<LogSession> step, String key, Set<Optional<String>> before) {
        Set<Optional<String>> after = new HashSet<>();
        before.forEach(each -> after.add(after(step, key, each)));
        return after;
    }

    private static Optional<String> after(CrashStep<LogSession> step, String key, Optional<String> before) {
        Map<String, String> entries = new HashMap<>();
        before.ifPresent(value -> entries.put(key, value));
        step.effects().forEach(effect -> effect.accept(entries));
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public String toString() {
        return history.toString();
    }
}
