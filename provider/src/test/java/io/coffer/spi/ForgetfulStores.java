package io.coffer.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The stores of {@link ContractMutant} that need more than a line to break a promise. */
final class ForgetfulStores {
    private ForgetfulStores() {}

    /** Makes of the entries of a scan what it likes. */
    static StoreCursor scan(EntryStore store, UnaryOperator<List<StoredEntry>> change) {
        List<StoredEntry> entries = new ArrayList<>();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                entries.add(entry);
            }
        }
        Iterator<StoredEntry> changed = change.apply(entries).iterator();
        return new StoreCursor() {
            @Override
            public @Nullable StoredEntry next() {
                return changed.hasNext() ? changed.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    /** Begins again with the same stamps after some. */
    static final class SameStampsAgain extends ForwardingStore {
        private static final int DIFFERENT = 20;

        SameStampsAgain(EntryStore store) {
            super(store);
        }

        @Override
        public @Nullable StoredState find(byte[] key) {
            var state = right().find(key);
            return state == null ? null : new StoredState(out(state.stamp()), state.expiresAtMillis());
        }

        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            var state = right().find(key);
            boolean same = state != null && expectedStamp == out(state.stamp());
            return out(right().write(key, same ? state.stamp() : expectedStamp, value, expiresAtMillis));
        }

        private static long out(long stamp) {
            return stamp <= 0 ? stamp : 1 + stamp % DIFFERENT;
        }
    }

    /** Hands out the same arrays to all who read. */
    static final class SharesReadArrays extends ForwardingStore {
        private final Map<Long, StoredEntry> handedOut = new HashMap<>();

        SharesReadArrays(EntryStore store) {
            super(store);
        }

        @Override
        public @Nullable StoredEntry read(byte[] key) {
            var entry = right().read(key);
            return entry == null ? null : handedOut.computeIfAbsent(entry.stamp(), stamp -> entry);
        }
    }

    /** Keeps the arrays it was given. */
    static final class KeepsGivenArrays extends ForwardingStore {
        private final Map<Long, byte[]> given = new HashMap<>();

        KeepsGivenArrays(EntryStore store) {
            super(store);
        }

        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            long stamp = right().write(key, expectedStamp, value, expiresAtMillis);
            given.put(stamp, value);
            return stamp;
        }

        @Override
        public @Nullable StoredEntry read(byte[] key) {
            var entry = right().read(key);
            return entry == null
                    ? null
                    : new StoredEntry(
                            entry.key(),
                            given.getOrDefault(entry.stamp(), entry.value()).clone(),
                            entry.stamp(),
                            entry.expiresAtMillis());
        }
    }

    /** Shows whatever has a deadline as expired. */
    static final class ShowsTooMuchAsExpired extends ForwardingStore {
        ShowsTooMuchAsExpired(EntryStore store) {
            super(store);
        }

        @Override
        public List<byte[]> expired(int most) {
            List<byte[]> keys = new ArrayList<>();
            ForgetfulStores.scan(right(), entries -> {
                entries.stream()
                        .filter(entry -> entry.expiresAtMillis() != ETERNAL)
                        .limit(most)
                        .forEach(entry -> keys.add(entry.key()));
                return entries;
            });
            return keys;
        }
    }

    /** Hides keys for as long as it is open, instead of removing them; what is written again is shown again. */
    static final class HidesInvalidOnes extends ForwardingStore {
        private final Set<String> hidden = new HashSet<>();

        HidesInvalidOnes(EntryStore store) {
            super(store);
        }

        @Override
        public void invalidate(byte[] key) {
            hidden.add(Arrays.toString(key));
        }

        @Override
        public @Nullable StoredState find(byte[] key) {
            return hidden.contains(Arrays.toString(key)) ? null : right().find(key);
        }

        @Override
        public @Nullable StoredEntry read(byte[] key) {
            return hidden.contains(Arrays.toString(key)) ? null : right().read(key);
        }

        @Override
        public StoreCursor scan() {
            return ForgetfulStores.scan(
                    right(),
                    entries -> entries.stream()
                            .filter(entry -> !hidden.contains(Arrays.toString(entry.key())))
                            .toList());
        }
    }

    /** Drops what has expired, and shows what was there before. */
    static final class UncoversOlderOnes extends ForwardingStore {
        private final Map<String, StoredEntry> older;

        /** @param older what survives closing */
        UncoversOlderOnes(EntryStore store, Map<String, StoredEntry> older) {
            super(store);
            this.older = older;
        }

        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            var before = right().read(key);
            if (before != null && before.expiresAtMillis() > expiresAtMillis) {
                older.put(Arrays.toString(key), before);
            }
            return right().write(key, expectedStamp, value, expiresAtMillis);
        }

        @Override
        public @Nullable StoredEntry read(byte[] key) {
            var entry = right().read(key);
            return entry != null && entry.expiresAtMillis() <= right().clock().millis()
                    ? older.getOrDefault(Arrays.toString(key), entry)
                    : entry;
        }
    }

    /** Writes to the right one at once, but forgets when it is closed what happened since it was opened. */
    static final class UndoesOnClose extends ForwardingStore {
        private final List<StoredEntry> atOpening = new ArrayList<>();

        UndoesOnClose(EntryStore store) {
            super(store);
            ForgetfulStores.scan(store, entries -> {
                atOpening.addAll(entries);
                return entries;
            });
        }

        /** Only what was removed comes back; what was written stays. */
        @Override
        public void close() {
            try {
                for (var entry : atOpening) {
                    right().write(entry.key(), ABSENT, entry.value(), entry.expiresAtMillis());
                }
            } catch (IllegalStateException closedBefore) {
                atOpening.clear();
            }
            super.close();
        }
    }
}
