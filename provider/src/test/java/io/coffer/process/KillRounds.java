package io.coffer.process;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.spi.StoredEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Kills process after process while each writes to the same store, and holds what is left against the account. Half of the time it looks
 * at a copy of the folder, so that the next process finds it as the killed one has left it.
 */
final class KillRounds {
    private static final int DELAY_MILLIS_MIN = 5;
    private static final int OPENING_MILLIS_MAX = 40;

    private final String storage;
    private final Path folder;
    private final Path errors;
    private final Path copy;
    private final long seed;
    private final SplittableRandom random;
    private final int delayMillisMax;
    private final int callsMin;
    private final Damage damage;

    /** What is in the store, by {@link Account#id}. */
    private Map<Integer, Expected> content = new HashMap<>();

    private long calls;
    private int round;

    /** Something that is done to the folder of a killed process, to see that it is found. */
    @FunctionalInterface
    interface Damage {
        /** No damage. */
        Damage NONE = folder -> {};

        void inflict(Path folder) throws IOException;
    }

    /**
     * Begins with an empty folder.
     *
     * @param callsMin how many calls each process makes before it is killed, if not while it opens: what is to be found must not hang on
     *     how many a slow machine comes to
     */
    KillRounds(String storage, Path parent, long seed, int delayMillisMax, int callsMin, Damage damage) {
        this.storage = storage;
        folder = parent.resolve("store");
        copy = parent.resolve("copy");
        errors = parent.resolve("errors");
        this.seed = seed;
        random = new SplittableRandom(seed);
        this.delayMillisMax = delayMillisMax;
        this.callsMin = callsMin;
        this.damage = damage;
    }

    /** Returns how many calls had returned before the process was killed, over all rounds. */
    long calls() {
        return calls;
    }

    /**
     * Plays some rounds.
     *
     * @throws AssertionError if something is lost, or back, or was never put
     */
    void play(int rounds, Durability durability) throws IOException {
        var next = new Killer(errors, Victim.class);
        try {
            for (int i = 0; i < rounds; i++) {
                var victim = next;
                long roundSeed = random.nextLong();
                long startMillis = System.currentTimeMillis();
                victim.order(storage, durability, roundSeed, startMillis, folder);
                next = new Killer(errors, Victim.class);
                boolean whileOpening = i > 0 && random.nextInt(6) == 0; // the first makes calls, whatever the seed
                var delay = Duration.ofMillis(
                        whileOpening
                                ? random.nextInt(OPENING_MILLIS_MAX)
                                : random.nextInt(DELAY_MILLIS_MIN, delayMillisMax));
                var account = new Account(content);
                account.add(victim.kill(whileOpening ? 0 : callsMin, delay), roundSeed, startMillis, Victim.KINDS);
                calls += account.calls();
                look(account, durability);
                round++;
            }
        } finally {
            next.close();
        }
    }

    private void look(Account account, Durability durability) throws IOException {
        damage.inflict(folder);
        boolean atCopy = random.nextBoolean() && Files.exists(folder);
        if (atCopy) {
            copy();
        }
        try (var store = Stores.open(storage, Stores.options(atCopy ? copy : folder, durability))) {
            content = content(store, account, where(durability, atCopy));
            if (store.counters().damagedEntries() > 0) {
                throw new AssertionError(where(durability, atCopy) + store.counters());
            }
        } catch (RuntimeException e) {
            throw new AssertionError(where(durability, atCopy) + e, e);
        }
    }

    private String where(Durability durability, boolean atCopy) {
        return "Seed " + seed + ", " + durability + ", round " + round + (atCopy ? " in a copy: " : ": ");
    }

    private static Map<Integer, Expected> content(EntryStore store, Account account, String where) {
        var content = new HashMap<Integer, Expected>();
        var wrong = new ArrayList<String>();
        for (int thread = 0; thread < Victim.THREADS; thread++) {
            for (int number : Script.numbers()) {
                int id = Account.id(thread, number);
                var key = Script.key(thread, number);
                var found = store.read(key);
                if (!account.allows(id, found, store.clock().millis())) {
                    wrong.add("key " + number + " of thread " + thread + " has " + describe(found) + ", possible are "
                            + account.candidates(id));
                }
                account.candidates(id).stream()
                        .filter(entry -> found != null && Expected.isSame(entry, found))
                        .findFirst()
                        .ifPresent(entry -> content.put(id, entry));
                requireSameState(store, key, found, where);
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(where + wrong.size() + " keys are wrong; " + String.join("\n", wrong));
        }
        requireScanned(store, content, where);
        return content;
    }

    private static void requireSameState(EntryStore store, byte[] key, @Nullable StoredEntry found, String where) {
        var state = store.find(key);
        boolean isSame = state == null || found == null
                ? state == null
                        && (found == null
                                || found.expiresAtMillis() <= store.clock().millis())
                : state.expiresAtMillis() == found.expiresAtMillis(); // a compaction may have moved it meanwhile
        if (!isSame) {
            throw new AssertionError(where + "found " + state + ", read " + describe(found));
        }
    }

    /** A scan shows each entry once, as it was read, and no others; those that expire meanwhile may be missing. */
    private static void requireScanned(EntryStore store, Map<Integer, Expected> content, String where) {
        var scanned = new HashMap<ByteBuffer, StoredEntry>();
        try (var cursor = store.scan()) {
            for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
                if (scanned.put(ByteBuffer.wrap(entry.key()), entry) != null) {
                    throw new AssertionError(where + "scanned twice");
                }
            }
        }
        content.forEach((id, expected) -> {
            var key = Script.key(id / Script.KEYS, id % Script.KEYS);
            var found = scanned.remove(ByteBuffer.wrap(key));
            boolean expired = expected.expiresAtMillis() <= store.clock().millis();
            if (!Expected.isSame(expected, found) && !(found == null && expired)) {
                throw new AssertionError(where + "scanned " + describe(found) + " instead of " + expected);
            }
        });
        if (!scanned.isEmpty()) {
            throw new AssertionError(where + "scanned " + scanned.size() + " entries that cannot be read");
        }
    }

    private static String describe(@Nullable StoredEntry found) {
        if (found == null) {
            return "nothing";
        }
        var value = ByteBuffer.wrap(found.value());
        return found.value().length < 3 * Integer.BYTES + Long.BYTES
                ? found.toString()
                : new Expected(value.getLong(), value.getInt(), value.getInt(), value.getInt(), found.expiresAtMillis())
                        .toString();
    }

    private void copy() throws IOException {
        if (Files.exists(copy)) {
            delete(copy);
        }
        try (var all = Files.walk(folder)) {
            for (var file : (Iterable<Path>) all::iterator) {
                Files.copy(file, copy.resolve(folder.relativize(file)));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var file : (Iterable<Path>) all.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
