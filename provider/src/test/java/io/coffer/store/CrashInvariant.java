package io.coffer.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Something that must be true of what a store recovers after a crash. */
@FunctionalInterface
public interface CrashInvariant {
    /**
     * What was known at the moment of the crash.
     *
     * @param states the entries after each effect of the script, in order, up to those of the step that was under way
     * @param synced the index of the first state that the crash may leave; after a power failure, that of the last sync
     */
    record Known(List<Map<String, String>> states, int synced) {
        /** The states that the crash may leave. */
        List<Map<String, String>> possible() {
            return states.subList(synced, states.size());
        }
    }

    /** Returns what is wrong, or null. */
    String violation(Known known, Map<String, String> recovered);

    /** I1: an entry that was synced and not changed since is there, as it was. */
    CrashInvariant SYNCED_IS_THERE = (known, recovered) -> {
        for (var key : known.states.get(known.synced).keySet()) {
            if (known.possible().stream().noneMatch(state -> Objects.equals(state.get(key), recovered.get(key)))) {
                return "synced entry " + key + " is lost";
            }
        }
        return null;
    };

    /** I2: a value was put for the key under which it is found. */
    CrashInvariant ONLY_WHAT_WAS_PUT = (known, recovered) -> {
        for (var entry : recovered.entrySet()) {
            if (known.states.stream().noneMatch(state -> Objects.equals(state.get(entry.getKey()), entry.getValue()))) {
                return "entry " + entry + " was never put";
            }
        }
        return null;
    };

    /** I3: the entries are those after some first operations, and everything synced is among these. */
    CrashInvariant IS_A_PREFIX =
            (known, recovered) -> known.possible().contains(recovered) ? null : "no prefix of the operations";

    /** The three that every store keeps. */
    List<CrashInvariant> ALL = List.of(SYNCED_IS_THERE, ONLY_WHAT_WAS_PUT, IS_A_PREFIX);
}
