package io.coffer.store.log;

import io.coffer.spi.Durability;
import io.coffer.spi.EntryStore;
import io.coffer.store.CrashMode;
import io.coffer.store.DiskImage;
import io.coffer.store.SimulatedFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One sequence of random operations on a log store, and beside it the entries after each change since the last sync. */
final class LogModelRun {
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");
    private static final int RECENT = 30;

    private final Durability durability;
    private final long seed;
    private final SplittableRandom random;
    private final LogSubject subject;
    private final Deque<String> history = new ArrayDeque<>();
    private final List<Map<String, String>> states = new ArrayList<>();
    private LogSession session;
    private long latestMillis;
    private int values;
    private long compactedBytes;

    LogModelRun(Durability durability, long seed) throws IOException {
        this.durability = durability;
        this.seed = seed;
        random = new SplittableRandom(seed);
        int segmentBytes = random.nextInt(3) == 0 ? LogSubject.LARGE : LogSubject.SMALL + random.nextInt(600);
        subject = LogSubject.whole(durability, segmentBytes, seed);
        session = subject.open(new SimulatedFiles(DiskImage.EMPTY, seed));
        states.add(new TreeMap<>());
    }

    /** Throws AssertionError if the store says something else than the model. */
    void operate(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            boolean interrupted = random.nextInt(10) == 0;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            try {
                step();
            } catch (RuntimeException e) {
                throw new AssertionError(where(), e);
            } finally {
                if (Thread.interrupted() != interrupted) {
                    throw new AssertionError(where() + ": an interrupt came or went");
                }
            }
            require(List.of(now()));
        }
    }

    /** Returns how much was compacted between two openings, at most. */
    long compactedBytes() {
        return compactedBytes;
    }

    private void step() throws IOException {
        var key = KEYS.get(random.nextInt(KEYS.size()));
        switch (random.nextInt(22)) {
            case 0, 1, 2, 3 -> put(key, EntryStore.ETERNAL);
            case 4, 5, 6 -> put(key, clock() + random.nextInt(3_000) - 50);
            case 7, 8 -> {
                note("remove " + key);
                session.remove(key);
                changed(entries -> entries.remove(key));
            }
            case 9, 10 -> touch(key, random.nextBoolean() ? EntryStore.ETERNAL : clock() + random.nextInt(6_000) - 50);
            case 11, 12 -> putAll();
            case 13 -> {
                if (random.nextInt(3) == 0) {
                    note("clear");
                    session.store().clear();
                    changed(Map::clear);
                }
            }
            case 14 -> {
                note("invalidate " + key);
                session.invalidate(key);
                changed(entries -> entries.remove(key));
            }
            case 15 -> {
                note("tick");
                subject.pass(LogSubject.SYNC_INTERVAL_MILLIS);
                session.store().tick();
                compactedBytes =
                        Math.max(compactedBytes, session.store().figures().compactedBytes());
                if (durability == Durability.INTERVAL) {
                    synced();
                }
            }
            case 16 -> {
                note("sync");
                session.store().sync();
                synced();
            }
            case 17 -> jump();
            case 18 -> {
                note("reopen");
                session.reopen();
                synced();
            }
            case 19 -> die();
            case 20 -> failPower();
            default -> refuse(key);
        }
    }

    private void put(String key, long deadline) {
        var value = value();
        note("put " + key + "=" + LogSession.shown(value, deadline));
        session.put(key, value, deadline);
        changed(entries -> entries.put(key, LogSession.shown(value, deadline)));
    }

    private void putAll() {
        Map<String, String> all = new LinkedHashMap<>();
        for (var key : KEYS) {
            if (random.nextBoolean()) {
                all.put(key, value());
            }
        }
        note("put " + all);
        session.putAll(all);
        all.forEach((key, value) -> changed(entries -> entries.put(key, value)));
    }

    private String value() {
        return "v" + values++ + "x".repeat(random.nextInt(100));
    }

    private void touch(String key, long deadline) {
        note("touch " + key + " until " + deadline);
        long now = clock();
        session.touch(key, deadline);
        changed(entries -> entries.computeIfPresent(
                key,
                (same, shown) -> LogSubject.deadline(shown) > now
                        ? LogSession.shown(shown.replaceFirst("@.*", ""), deadline)
                        : shown));
    }

    /** Changes that must be lost. */
    private void refuse(String key) {
        note("refused " + key);
        var store = session.store();
        var bytes = LogSession.bytes(key);
        var state = store.find(bytes);
        long wrong = state == null ? 1 + random.nextInt(1_000) : state.stamp() + 1 + random.nextInt(1_000);
        if (store.write(bytes, wrong, bytes, EntryStore.ETERNAL) != EntryStore.LOST
                || store.remove(bytes, wrong)
                || store.touch(bytes, wrong, EntryStore.ETERNAL)
                || state != null
                        && store.write(bytes, EntryStore.ABSENT, bytes, EntryStore.ETERNAL) != EntryStore.LOST) {
            throw new AssertionError(where() + ": a change with another stamp was not lost");
        }
    }

    private void jump() {
        var distance = Duration.ofMillis(random.nextInt(random.nextBoolean() ? 100 : 10_000));
        note("jump " + distance);
        subject.clock().advance(random.nextInt(3) == 0 ? distance.negated() : distance);
    }

    /** What was not synced before, the next process must sync: a power failure then has no older states to choose from. */
    private void die() throws IOException {
        note("kill");
        restart(session.files().crash().inherited(seed), List.of(now()));
    }

    private void failPower() throws IOException {
        note("power fails");
        var mode = CrashMode.values()[random.nextInt(CrashMode.values().length)];
        restart(new SimulatedFiles(session.files().crash().random(mode, random), seed), List.copyOf(states));
    }

    private void restart(SimulatedFiles files, List<Map<String, String>> possible) throws IOException {
        boolean interrupted = Thread.interrupted();
        session = subject.open(files);
        Map<String, String> state = new TreeMap<>(require(possible));
        latestMillis = clock();
        state.values().removeIf(shown -> LogSubject.deadline(shown) > latestMillis);
        state.putAll(subject.contents(session));
        states.clear();
        states.add(state);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(Consumer<Map<String, String>> effect) {
        Map<String, String> next = new TreeMap<>(now());
        effect.accept(next);
        states.add(next);
        if (durability == Durability.ALWAYS) {
            synced();
        }
    }

    private void synced() {
        states.subList(0, states.size() - 1).clear();
    }

    private Map<String, String> now() {
        return states.get(states.size() - 1);
    }

    private long clock() {
        return session.store().clock().millis();
    }

    /**
     * Expects the entries to be those of one of some states, and returns which. What had expired before a crash that took the time with
     * it may be there again or not, if the wall clock was set back.
     */
    private Map<String, String> require(List<Map<String, String>> possible) throws IOException {
        var found = subject.contents(session);
        long now = clock();
        latestMillis = Math.max(latestMillis, now);
        for (int i = possible.size() - 1; i >= 0; i--) {
            var state = possible.get(i);
            if (alive(state, now).entrySet().containsAll(found.entrySet())
                    && found.entrySet().containsAll(alive(state, latestMillis).entrySet())) {
                return state;
            }
        }
        throw new AssertionError(where() + ": found " + found + ", expected one of "
                + possible.stream().map(state -> alive(state, now)).toList());
    }

    private static Map<String, String> alive(Map<String, String> entries, long now) {
        Map<String, String> alive = new TreeMap<>(entries);
        alive.values().removeIf(shown -> LogSubject.deadline(shown) <= now);
        return alive;
    }

    private void note(String operation) {
        if (history.size() == RECENT) {
            history.remove();
        }
        history.add(operation);
    }

    private String where() {
        return durability + ", seed " + seed + ", after " + history;
    }
}
