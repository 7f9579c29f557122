package io.coffer.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.FakeClock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the tests of {@link EntryStoreContract} are made of: a store, the means to open it again, and short names for its calls. */
interface StoreUnderTest {
    /** A store may call a change lost though nobody has written, but not so often in a row. */
    int LOST_IN_A_ROW_MAX = 100;

    Storage storage();

    /** Returns the store that is open now. */
    EntryStore store();

    /** Closes the store and opens it again. */
    EntryStore reopen();

    /** Returns what the store was opened with. */
    StoreOptions options();

    /** Returns the wall clock of the store. */
    FakeClock clock();

    /** Returns what makes the writes of the store fail, or null if nothing can. */
    @Nullable
    FailingWrites failingWrites();

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes an entry without a deadline, whatever there is. */
    default long put(String key, String value) {
        return put(key, value, EntryStore.ETERNAL);
    }

    /** Writes an entry, whatever there is. */
    default long put(String key, String value, long expiresAtMillis) {
        return notLost(() -> store().write(bytes(key), EntryStore.ANY, bytes(value), expiresAtMillis));
    }

    /** Removes an entry, whatever there is. */
    default void remove(String key) {
        agreed(() -> store().remove(bytes(key), EntryStore.ANY));
    }

    /** Gives the present version of an entry another deadline. */
    default void touch(String key, long expiresAtMillis) {
        agreed(() -> store().touch(bytes(key), state(key).stamp(), expiresAtMillis));
    }

    /** Calls a change until it is not lost. */
    static long notLost(LongSupplier change) {
        for (int i = 0; i < LOST_IN_A_ROW_MAX; i++) {
            long stamp = change.getAsLong();
            if (stamp != EntryStore.LOST) {
                return stamp;
            }
        }
        throw new AssertionError("Lost " + LOST_IN_A_ROW_MAX + " times in a row, though nobody else writes");
    }

    /** Calls a change until it says true. */
    static void agreed(BooleanSupplier change) {
        notLost(() -> change.getAsBoolean() ? 1 : EntryStore.LOST);
    }

    /** Returns what {@link EntryStore#find} says of an entry that must be there. */
    default StoredState state(String key) {
        var state = store().find(bytes(key));
        assertThat(state).as("find of " + key).isNotNull();
        return state;
    }

    /** Reads an entry that must be there. */
    default StoredEntry entry(String key) {
        var entry = store().read(bytes(key));
        assertThat(entry).as("read of " + key).isNotNull();
        return entry;
    }

    /** Expects an entry to be shown by all methods alike, and returns it. */
    default StoredEntry expect(String key, String value) {
        var entry = entry(key);
        assertThat(text(entry.key())).isEqualTo(key);
        assertThat(text(entry.value())).as("value of " + key).isEqualTo(value);
        assertThat(state(key)).isEqualTo(new StoredState(entry.stamp(), entry.expiresAtMillis()));
        var scanned = scanned(store()).get(key);
        assertThat(scanned).as("scan for " + key).isNotNull();
        assertThat(text(scanned.value())).as("value of " + key + " in a scan").isEqualTo(value);
        assertThat(new StoredState(scanned.stamp(), scanned.expiresAtMillis())).isEqualTo(state(key));
        return entry;
    }

    /** Expects that no method shows an entry. */
    default void expectAbsent(String key) {
        assertThat(store().find(bytes(key))).as("find of " + key).isNull();
        assertThat(store().read(bytes(key))).as("read of " + key).isNull();
        assertThat(scanned(store())).doesNotContainKey(key);
    }

    /** Goes through all entries; none may come twice. */
    static Map<String, StoredEntry> scanned(EntryStore store) {
        Map<String, StoredEntry> found = new HashMap<>();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                assertThat(found.put(text(entry.key()), entry))
                        .as("scanned before: " + text(entry.key()))
                        .isNull();
            }
        }
        return found;
    }

    /** A write of a text without a deadline. */
    static StoreWrite write(String key, long expectedStamp, String value) {
        return new StoreWrite(bytes(key), expectedStamp, bytes(value), EntryStore.ETERNAL);
    }

    /** Writes several entries at once, whatever there is. */
    default void putAll(StoreWrite... writes) {
        notLost(() -> {
            for (long stamp : store().writeAll(List.of(writes))) {
                if (stamp == EntryStore.LOST) {
                    return EntryStore.LOST;
                }
            }
            return 1;
        });
    }
}
