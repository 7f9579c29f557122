package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.lock.WaitGraph;
import io.coffer.testing.FakeClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private static final long TICK_MILLIS = 256;

    private final FakeClock clock = new FakeClock();
    private final EntryTable<Integer, String> table = new EntryTable<>(
            "c",
            new ByReference<>(),
            new ByReference<>(),
            new Limits<>(Limits.NONE, Limits.NONE, null),
            clock,
            new WaitGraph());
    private final TimerWheel<Integer, String> wheel = new TimerWheel<>(clock.millis());

    /** What the wheel must do, by going through a list. A tick that has been reached cannot be waited for: then the next. */
    private static final class Model {
        private final Map<Integer, Long> ticks = new HashMap<>();
        private final Map<Integer, Long> expected = new HashMap<>();
        private long reached;

        Model(long now) {
            this.reached = Math.floorDiv(now, TICK_MILLIS);
        }

        /** Ticks are rounded up, or an entry could be looked at before its time. */
        void set(int key, long deadline) {
            ticks.put(key, Math.floorDiv(deadline, TICK_MILLIS) + 1);
            expected.put(key, Math.max(ticks.get(key), reached + 1));
        }

        void retry(int key) {
            expected.put(key, reached + 1);
        }

        void remove(int key) {
            ticks.remove(key);
            expected.remove(key);
        }

        /** What the wheel does about time that it has seen before is its own business, as long as nothing is early. */
        void check(long now, Set<Integer> found, String description) {
            long tick = Math.floorDiv(now, TICK_MILLIS);
            assertThat(found)
                    .as(description + ": early")
                    .allMatch(key -> ticks.getOrDefault(key, Long.MAX_VALUE) <= tick);
            if (tick > reached) {
                reached = tick;
                var due = new HashSet<>(expected.keySet());
                due.removeIf(key -> expected.get(key) > tick);
                assertThat(found).as(description).isEqualTo(due);
            }
        }
    }

    @Test
    void due_deadlineNotReached_findsNothing() {
        schedule(entry(1), clock.millis() + 10_000);

        clock.advance(Duration.ofMillis(9_999));

        assertThat(wheel.due(clock.millis())).isEmpty();
    }

    @Test
    void due_tickAfterTheDeadline_findsTheEntryOnce() {
        var entry = entry(1);
        schedule(entry, clock.millis() + 10_000);

        clock.advance(Duration.ofMillis(10_000 + TICK_MILLIS));

        assertThat(wheel.due(clock.millis())).containsExactly(entry);
        assertThat(wheel.due(clock.millis())).isEmpty();
    }

    @Test
    void due_cancelled_findsNothing() {
        var entry = entry(1);
        schedule(entry, clock.millis() + 10_000);

        wheel.cancel(entry);
        clock.advance(Duration.ofDays(1));

        assertThat(wheel.due(clock.millis())).isEmpty();
    }

    @Test
    void retry_entryThatWasDue_isDueAtTheNextTick() {
        var entry = entry(1);
        schedule(entry, clock.millis() + 1_000);
        clock.advance(Duration.ofSeconds(5));
        wheel.due(clock.millis());

        wheel.retry(entry);

        assertThat(wheel.due(clock.millis())).isEmpty();
        clock.advance(Duration.ofMillis(TICK_MILLIS));
        assertThat(wheel.due(clock.millis())).containsExactly(entry);
    }

    @Test
    void isLate_deadlineMovedToALaterTime_isFalse() {
        var entry = entry(1);
        schedule(entry, clock.millis() + 1_000);

        set(entry, clock.millis() + 60_000);

        assertThat(isLate(entry)).isFalse();
    }

    @Test
    void isLate_deadlineMovedForward_isTrueUntilScheduled() {
        var entry = entry(1);
        schedule(entry, clock.millis() + 60_000);

        set(entry, clock.millis() + 1_000);

        assertThat(isLate(entry)).isTrue();
        schedule(entry);
        assertThat(isLate(entry)).isFalse();
    }

    @Test
    void isLate_eternal_isFalseWithoutATimer() {
        var entry = entry(1);
        set(entry, Expirable.ETERNAL);

        assertThat(isLate(entry)).isFalse();
        assertThat(entry.timer()).isNull();
    }

    @Test
    void isLate_wasDueAndSeenTo_isTrueAgain() {
        var entry = entry(1);
        schedule(entry, clock.millis() + 1_000);
        clock.advance(Duration.ofSeconds(5));
        wheel.due(clock.millis());
        set(entry, clock.millis() + 60_000);

        wheel.disarm(entry);

        assertThat(isLate(entry)).isTrue();
    }

    @Test
    void due_clockWasFarAheadForAMoment_findsWhatExpiresNow() {
        clock.advance(Duration.ofDays(3_650));
        wheel.due(clock.millis());
        clock.advance(Duration.ofDays(-3_650));
        wheel.due(clock.millis());
        var entry = entry(1);

        schedule(entry, clock.millis() + 1_000);
        clock.advance(Duration.ofSeconds(2));

        assertThat(wheel.due(clock.millis())).containsExactly(entry);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void wheel_randomDeadlinesAndSteps_behavesAsAList(long seed) {
        var random = new Random(seed);
        var entries = new HashMap<Integer, Entry<Integer, String>>();
        var model = new Model(clock.millis());
        for (int step = 0; step < 8_000; step++) {
            int key = random.nextInt(200);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    var entry = entries.computeIfAbsent(key, this::entry);
                    set(entry, clock.millis() + randomMillis(random) - (random.nextInt(8) == 0 ? 5_000 : 0));
                    if (isLate(entry)) {
                        schedule(entry);
                        model.set(key, deadlineOf(entry));
                    }
                }
                case 2 -> {
                    if (entries.containsKey(key)) {
                        wheel.cancel(entries.get(key));
                        model.remove(key);
                    }
                }
                default -> advance(random, entries, model, "seed " + seed + ", step " + step);
            }
        }
    }

    private void advance(Random random, Map<Integer, Entry<Integer, String>> entries, Model model, String description) {
        boolean isBack = random.nextInt(10) == 0;
        clock.advance(Duration.ofMillis(isBack ? -(1 + random.nextInt(100_000)) : randomMillis(random)));
        var found = new HashSet<Integer>();
        for (var entry : wheel.due(clock.millis())) {
            assertThat(found.add(entry.key())).as(description + ": due twice").isTrue();
        }
        model.check(clock.millis(), found, description);

        for (int key : found) {
            see(random, entries.get(key), model);
        }
    }

    /** Whoever is due is either locked, and to be tried again, or seen to: it lives on, or goes. */
    private void see(Random random, Entry<Integer, String> entry, Model model) {
        switch (random.nextInt(3)) {
            case 0 -> {
                wheel.retry(entry);
                model.retry(entry.key());
            }
            case 1 -> {
                wheel.disarm(entry);
                set(entry, clock.millis() + randomMillis(random));
                schedule(entry);
                model.set(entry.key(), deadlineOf(entry));
            }
            default -> {
                wheel.cancel(entry);
                model.remove(entry.key());
            }
        }
    }

    /** From a millisecond to decades, each order of magnitude as often as any other. */
    private static long randomMillis(Random random) {
        return 1 + (random.nextLong() >>> (1 + 23 + random.nextInt(40)));
    }

    private Entry<Integer, String> entry(int key) {
        return new Entry<>(key, table);
    }

    private static void set(Entry<Integer, String> entry, long deadline) {
        entry.set(entry.current(), new SharedValue<>("v", deadline));
    }

    private void schedule(Entry<Integer, String> entry, long deadline) {
        set(entry, deadline);
        schedule(entry);
    }

    private void schedule(Entry<Integer, String> entry) {
        wheel.schedule(entry, entry.current());
    }

    private boolean isLate(Entry<Integer, String> entry) {
        return wheel.isLate(entry.timer(), entry.current());
    }

    private static long deadlineOf(Entry<Integer, String> entry) {
        return entry.current().expiresAtMillis();
    }
}
