package io.coffer.store.log;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreWrite;
import io.coffer.spi.StoredEntry;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A log store on a simulated directory, with texts for keys and values, that may be closed and opened again. An entry with a deadline
 * is shown as {@code value@deadline}, so that a wrong deadline is a wrong value. For one thread.
 */
final class LogSession {
    /** The keys that tests use; each of them is read whenever the entries are looked at. */
    static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f", "g", "h", "probe");

    private final LogSubject subject;
    private final SimulatedFiles files;
    private @Nullable LogStore store;

    LogSession(LogSubject subject, SimulatedFiles files) {
        this.subject = subject;
        this.files = files;
    }

    /** Returns the store, which is opened if it is not. */
    LogStore store() {
        var open = store;
        if (open == null) {
            open = subject.openStore(files);
            store = open;
        }
        return open;
    }

    /** Goes on with a store that somebody has opened. */
    void take(LogStore opened) {
        store = opened;
    }

    SimulatedFiles files() {
        return files;
    }

    void put(String key, String value) {
        store().write(bytes(key), EntryStore.ANY, bytes(value), EntryStore.ETERNAL);
    }

    void put(String key, String value, long expiresAtMillis) {
        store().write(bytes(key), EntryStore.ANY, bytes(value), expiresAtMillis);
    }

    void putAll(Map<String, String> entries) {
        List<StoreWrite> writes = new ArrayList<>();
        entries.forEach((key, value) ->
                writes.add(new StoreWrite(bytes(key), EntryStore.ANY, bytes(value), EntryStore.ETERNAL)));
        store().writeAll(writes);
    }

    void remove(String key) {
        store().remove(bytes(key), EntryStore.ANY);
    }

    /** Touches an entry that is there and has not expired. It may vanish meanwhile, if a sync had failed before. */
    void touch(String key, long expiresAtMillis) {
        var state = store().find(bytes(key));
        boolean alive =
                state != null && state.expiresAtMillis() > store().clock().millis();
        if (alive && !store().touch(bytes(key), state.stamp(), expiresAtMillis) && store().find(bytes(key)) != null) {
            throw new IllegalStateException("The touch was lost though nobody else writes");
        }
    }

    void invalidate(String key) {
        store().invalidate(bytes(key));
    }

    void reopen() {
        var closing = store;
        store = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } finally {
            files.reopen();
        }
        store();
    }

    /** Lets the process die, and another one open the directory. */
    void kill() {
        store = null;
        files.reopen();
        store();
    }

    /** Returns the entries that have not expired. All ways to read must agree; what is damaged is a miss. */
    Map<String, String> contents() throws IOException {
        Map<String, String> found = new TreeMap<>();
        long now = store().clock().millis();
        try (var cursor = store().scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                if (entry.expiresAtMillis() > now) {
                    var before = found.put(text(entry.key()), shown(text(entry.value()), entry.expiresAtMillis()));
                    if (before != null) {
                        throw new IOException("Entry " + text(entry.key()) + " was scanned twice");
                    }
                }
            }
        }
        for (var key : KEYS) {
            StoredEntry entry;
            try {
                entry = store().read(bytes(key));
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.DAMAGED || found.containsKey(key)) {
                    throw e;
                }
                continue;
            }
            var read = entry == null || entry.expiresAtMillis() <= now
                    ? null
                    : shown(text(entry.value()), entry.expiresAtMillis());
            if (!Objects.equals(read, found.get(key))) {
                throw new IOException("Entry " + key + ": read " + read + ", scanned " + found.get(key));
            }
            var state = store().find(bytes(key));
            long deadline = state == null ? Long.MIN_VALUE : state.expiresAtMillis();
            long expected = entry == null ? Long.MIN_VALUE : entry.expiresAtMillis();
            if (deadline != expected && (deadline > now || expected > now)) {
                throw new IOException("Entry " + key + ": found deadline " + deadline + ", read " + expected);
            }
        }
        return found;
    }

    /** Tells an entry as {@link #contents()} does. */
    static String shown(String value, long expiresAtMillis) {
        return expiresAtMillis == EntryStore.ETERNAL ? value : value + "@" + expiresAtMillis;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
