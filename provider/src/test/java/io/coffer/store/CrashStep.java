package io.coffer.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One step of the script that a store is crashed on.
 *
 * @param name for messages
 * @param action what the store does; when it returns, the step is acknowledged
 * @param effects how that changes the entries; several, if a crash may leave the first of them only
 * @param syncs whether an acknowledgement means that this step and all before it survive a power failure
 * @param <S> the store while it is open
 */
public record CrashStep<S>(String name, Action<S> action, List<Consumer<Map<String, String>>> effects, boolean syncs) {
    /** What the store does. */
    @FunctionalInterface
    public interface Action<S> {
        void run(S store) throws IOException;
    }

    /** A step that changes entries. */
    public static <S> CrashStep<S> of(String name, Action<S> action, Consumer<Map<String, String>> effect) {
        return new CrashStep<>(name, action, List.of(effect), false);
    }

    /** A step that changes no entry: a sync, a new segment, a compaction. */
    public static <S> CrashStep<S> of(String name, Action<S> action) {
        return new CrashStep<>(name, action, List.of(), false);
    }

    /** Returns the same step, acknowledged only when a power failure cannot undo it. */
    public CrashStep<S> synced() {
        return new CrashStep<>(name, action, effects, true);
    }

    /** Appends the states that this step leads through. */
    void follow(List<Map<String, String>> states) {
        for (var effect : effects) {
            var next = new HashMap<>(states.get(states.size() - 1));
            effect.accept(next);
            states.add(next);
        }
    }
}
