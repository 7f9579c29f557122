package io.coffer.concurrency;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.coffer.testing.FakeClock;
import io.coffer.testing.ManualSweeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;

/** Short rounds of random calls by several threads on an empty cache; the history of each is held against a model. */
final class ConcurrentRounds {
    /** How many rounds a test plays: raise it for a longer run. */
    static final int ROUNDS = Integer.getInteger("coffer.rounds", 5_000);

    private static final int CALLS = 6;
    private static final int KEYS = 2;
    private static final long ROUND_MILLIS_MAX = 200; // twenty times what a round on disk takes

    private final Cache<TurbulentKey, Amount> cache;
    private final KeyModel model;
    private final FakeClock clock;
    private final ManualSweeper sweeper;
    private final long seed;
    private final List<Player> players = new ArrayList<>();
    private final YieldingBarrier barrier;
    private int round;

    /**
     * Gets everything ready.
     *
     * @param kinds what the players may call
     * @param seen the clock that the cache goes by, which follows the other
     * @param clock passes time
     */
    ConcurrentRounds(
            Cache<TurbulentKey, Amount> cache,
            KeyModel model,
            List<Call.Kind> kinds,
            NotedLoader loader,
            InstantSource seen,
            FakeClock clock,
            ManualSweeper sweeper,
            long seed) {
        this.cache = cache;
        this.model = model;
        this.clock = clock;
        this.sweeper = sweeper;
        this.seed = seed;
        var random = new Random(seed);
        var moments = new AtomicLong();
        for (int i = 3 + random.nextInt(2); i > 0; i--) {
            players.add(new Player(i, kinds, cache, loader, moments, seen::millis));
        }
        this.barrier = new YieldingBarrier(players.size() + (model.liveMillis() > 0 ? 1 : 0), this::judge);
    }

    /**
     * Plays some rounds.
     *
     * @throws AssertionError if one has a history that the model does not explain
     */
    void play(int rounds) {
        var threads = Executors.newCachedThreadPool();
        try {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < players.size(); i++) {
                var player = players.get(i);
                var random = new Random(seed + i);
                running.add(threads.submit(() -> repeat(rounds, () -> player.play(random, CALLS, KEYS))));
            }
            if (model.liveMillis() > 0) {
                var random = new Random(~seed);
                running.add(threads.submit(() -> repeat(rounds, () -> passTime(random))));
            }
            for (var thread : running) {
                thread.get(rounds * ROUND_MILLIS_MAX, TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("Seed " + seed + ", round " + round + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("Seed " + seed + ", round " + round + " does not end", e);
        } finally {
            barrier.breakUp(); // who still waits for one that hangs would take the processor from all tests to come
            threads.shutdownNow();
        }
    }

    private void repeat(int rounds, Runnable part) {
        boolean completed = false;
        try {
            for (int i = 0; i < rounds; i++) {
                part.run();
                if (!barrier.meet()) {
                    return;
                }
            }
            completed = true;
        } finally {
            if (!completed) {
                barrier.breakUp(); // or the others would wait for ever
            }
        }
    }

    private void passTime(Random random) {
        for (int i = 0; i < CALLS; i++) {
            clock.advance(Duration.ofMillis(random.nextLong(model.liveMillis())));
            for (int j = random.nextInt(CALLS); j > 0; j--) {
                Thread.yield();
            }
            if (random.nextInt(CALLS) == 0) {
                sweeper.sweep();
            }
        }
    }

    private void judge() {
        var calls = new ArrayList<Call>();
        players.forEach(player -> calls.addAll(player.takeCalls()));
        calls.stream().collect(groupingBy(Call::key)).forEach((key, history) -> {
            if (!LinearizabilityChecker.isLinearizable(model, history)) {
                throw new AssertionError("not linearizable by " + model + ":\n" + listing(history));
            }
        });
        for (int i = 0; i < KEYS; i++) {
            cache.remove(new TurbulentKey(i));
        }
        round++;
    }

    private static String listing(List<Call> history) {
        return history.stream()
                .sorted(comparingLong(Call::began))
                .map(Call::toString)
                .collect(joining("\n"));
    }
}
