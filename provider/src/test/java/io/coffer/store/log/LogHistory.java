package io.coffer.store.log;

import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log that was written, and its entries after each change: what a test compares with. */
final class LogHistory {
    final SimulatedFiles files = new SimulatedFiles();
    final TinyLog log;
    private final List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
    private int synced;

    LogHistory() throws IOException {
        log = TinyLog.open(files);
    }

    /** A store of two sealed segments and two heads, the first of them synced as far as it goes, the other one half. */
    static LogHistory sample() throws IOException {
        var history = new LogHistory();
        history.put("removed", "old");
        history.put("replaced", "old");
        history.put("kept", "1");
        history.log.roll();
        history.remove("removed");
        history.put("replaced", "2");
        history.put("touched", "3");
        history.log.touch("touched", TinyLog.LATER);
        history.state(Map.of());
        history.sync();
        history.put("other", "old");
        history.log.roll();
        history.log.seal();
        history.put("other", "4");
        history.remove("kept");
        history.put("kept", "5");
        history.log.roll();
        history.put("late", "old");
        history.put("late", "6");
        history.sync();
        history.put("unsynced", "7");
        history.remove("late");
        return history;
    }

    void put(String key, String value) throws IOException {
        log.put(key, value);
        state(Map.of(key, value));
    }

    void remove(String key) throws IOException {
        log.remove(key);
        var next = new HashMap<>(last());
        next.remove(key);
        states.add(next);
    }

    private void state(Map<String, String> changes) {
        var next = new HashMap<>(last());
        next.putAll(changes);
        states.add(next);
    }

    void sync() throws IOException {
        log.sync();
        synced = states.size() - 1;
    }

    Map<String, String> last() {
        return states.get(states.size() - 1);
    }

    DiskImage image() {
        return files.crash().killed();
    }

    /** Whether entries are those of a moment since the last sync, some perhaps missing. */
    boolean allowsMissing(Map<String, String> found) {
        return states.subList(synced, states.size()).stream()
                .anyMatch(state -> state.entrySet().containsAll(found.entrySet()));
    }

    /** Likewise, but of any moment. */
    boolean allowsEarlier(Map<String, String> found) {
        return states.stream().anyMatch(state -> state.entrySet().containsAll(found.entrySet()));
    }
}
