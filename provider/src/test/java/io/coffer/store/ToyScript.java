package io.coffer.store;

import io.coffer.store.ToyLog.Flaw;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The toy log as a subject of crashes and failures, and what it has to do meanwhile. */
record ToyScript(Flaw flaw) implements CrashSubject<ToyLog> {
    @Override
    public ToyLog open(Files files) throws IOException {
        return ToyLog.open(files, flaw);
    }

    @Override
    public Map<String, String> contents(ToyLog store) {
        return store.entries();
    }

    @Override
    public void putDurably(ToyLog store, String key, String value) throws IOException {
        store.put(key, value);
        store.sync();
    }

    /** Puts, overwrites and removes, some of them synced, around two checkpoints. */
    static final List<CrashStep<ToyLog>> STEPS = List.of(
            put("a", "1"),
            sync(),
            put("b", "2"),
            put("a", "3"),
            remove("b"),
            sync(),
            put("c", "4"),
            checkpoint(),
            put("a", "5"),
            sync(),
            put("d", "a value that is longer than the others"),
            remove("a"),
            put("a", "6"),
            checkpoint(),
            put("e", "7"),
            put("e", "8"),
            sync(),
            remove("e"));

    private static CrashStep<ToyLog> put(String key, String value) {
        return CrashStep.of("put " + key, store -> store.put(key, value), entries -> entries.put(key, value));
    }

    private static CrashStep<ToyLog> remove(String key) {
        return CrashStep.of("remove " + key, store -> store.remove(key), entries -> entries.remove(key));
    }

    private static CrashStep<ToyLog> sync() {
        return CrashStep.<ToyLog>of("sync", ToyLog::sync).synced();
    }

    private static CrashStep<ToyLog> checkpoint() {
        return CrashStep.<ToyLog>of("checkpoint", ToyLog::checkpoint).synced();
    }
}
