package io.coffer.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What each entry of a store may be, while some of its operations fail: now, and after a power failure. */
public final class FailureAccount {
    /** What an entry may be when the operation that should change it has failed; empty is absent. */
    @FunctionalInterface
    public interface Rule {
        Set<Optional<String>> possible(Optional<String> before, Optional<String> after);

        /** Not applied, or applied in full. */
        Rule OLD_OR_NEW = (before, after) -> new HashSet<>(List.of(before, after));

        /** Never the old one: what a cache may do with a write that failed. */
        Rule ABSENT_OR_NEW = (before, after) -> new HashSet<>(List.of(Optional.empty(), after));
    }

    private final Rule rule;
    private final List<String> history = new ArrayList<>();
    private final Map<String, Set<Optional<String>>> now = new HashMap<>();

    /** All that an entry has been since the last sync, and at it. */
    private final Map<String, Set<Optional<String>>> sinceSync = new HashMap<>();

    FailureAccount(Rule rule) {
        this.rule = rule;
    }

    void note(String event) {
        history.add(event);
    }

    void acknowledge(CrashStep<?> step) {
        note(step.name());
        for (var key : affected(step)) {
            Set<Optional<String>> after = new HashSet<>();
            possible(now, key).forEach(before -> after.add(after(step, key, before)));
            set(key, after);
        }
        if (step.syncs()) {
            sinceSync.clear();
            now.forEach((key, values) -> sinceSync.put(key, new HashSet<>(values)));
        }
    }

    void fail(CrashStep<?> step) {
        note(step.name() + " failed");
        for (var key : affected(step)) {
            Set<Optional<String>> doubtful = new HashSet<>();
            possible(now, key).forEach(before -> doubtful.addAll(rule.possible(before, after(step, key, before))));
            set(key, doubtful);
        }
    }

    /** Each entry is one that was acknowledged last, or one in doubt. */
    void requireLive(Map<String, String> found, String where) {
        require(now, found, where);
    }

    /** Each entry is one that it has been since the last sync, or at it. */
    void requireDurable(Map<String, String> found, String where) {
        require(sinceSync, found, where);
    }

    private void require(Map<String, Set<Optional<String>>> allowed, Map<String, String> found, String where) {
        Set<String> keys = new HashSet<>(allowed.keySet());
        keys.addAll(found.keySet());
        for (var key : keys) {
            var value = Optional.ofNullable(found.get(key));
            if (!possible(allowed, key).contains(value)) {
                throw new AssertionError(where + ": entry " + key + " is " + value + ", expected one of "
                        + possible(allowed, key) + ", after " + history);
            }
        }
    }

    private void set(String key, Set<Optional<String>> values) {
        sinceSync
                .computeIfAbsent(key, some -> new HashSet<>(possible(now, key)))
                .addAll(values);
        now.put(key, values);
    }

    /** The keys that a step changes, as far as it matters what they are now: all of a clear, one of a put. */
    private Set<String> affected(CrashStep<?> step) {
        Map<String, String> full = new HashMap<>();
        now.keySet().forEach(key -> full.put(key, "\0any"));
        Set<String> keys = new HashSet<>();
        for (var start : List.of(full, new HashMap<String, String>())) {
            var end = new HashMap<>(start);
            step.effects().forEach(effect -> effect.accept(end));
            Set<String> all = new HashSet<>(start.keySet());
            all.addAll(end.keySet());
            all.removeIf(key -> Objects.equals(start.get(key), end.get(key)));
            keys.addAll(all);
        }
        return keys;
    }

    private static Optional<String> after(CrashStep<?> step, String key, Optional<String> before) {
        Map<String, String> entries = new HashMap<>();
        before.ifPresent(value -> entries.put(key, value));
        step.effects().forEach(effect -> effect.accept(entries));
        return Optional.ofNullable(entries.get(key));
    }

    private static Set<Optional<String>> possible(Map<String, Set<Optional<String>>> values, String key) {
        return values.getOrDefault(key, Set.of(Optional.empty()));
    }

    @Override
    public String toString() {
        return history.toString();
    }
}
