package io.coffer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoreClockTest {
    private final FakeClock wall = new FakeClock();
    /** Near its overflow: the JVM's timer may show anything. */
    private final AtomicLong timer = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    private StoreClock clock(long atLeastMillis) {
        return new StoreClock(wall, timer::get, atLeastMillis);
    }

    private void pass(Duration duration) {
        wall.advance(duration);
        timer.addAndGet(duration.toNanos());
    }

    @Test
    void millis_bothClocksRun_isTheWallClock() {
        var clock = clock(0);

        for (int i = 0; i < 100; i++) {
            assertThat(clock.millis()).isEqualTo(wall.millis());
            pass(Duration.ofMillis(37));
        }
        assertThat(clock.aheadMillis()).isZero();
    }

    /** A thread that has looked at the wall clock is overtaken by one that looks later. */
    @Test
    void millis_anotherThreadSeesALaterTimeMeanwhile_doesNotGoBack() {
        List<Long> seen = new ArrayList<>();
        var clock = new AtomicReference<StoreClock>();
        InstantSource overtaken = () -> {
            if (seen.isEmpty()) {
                seen.add(0L);
                seen.add(clock.get().millis());
                return Instant.ofEpochMilli(1_000);
            }
            return Instant.ofEpochMilli(2_000);
        };
        clock.set(new StoreClock(overtaken, timer::get, 0));

        assertThat(clock.get().millis()).isEqualTo(2_000);
        assertThat(seen).containsExactly(0L, 2_000L);
    }

    @Test
    void millis_wallClockJumpsForward_follows() {
        var clock = clock(0);

        wall.advance(Duration.ofDays(3));

        assertThat(clock.millis()).isEqualTo(wall.millis());
    }

    @Test
    void millis_wallClockJumpsBack_goesOnAtTheTimersPace() {
        var clock = clock(0);
        long before = clock.millis();

        wall.advance(Duration.ofDays(-1));
        assertThat(clock.millis()).isEqualTo(before);
        pass(Duration.ofSeconds(5));

        assertThat(clock.millis()).isEqualTo(before + 5_000);
        assertThat(clock.aheadMillis()).isEqualTo(Duration.ofDays(1).toMillis());
    }

    @Test
    void millis_wallClockCatchesUp_isFollowedAgain() {
        var clock = clock(0);
        clock.millis();
        wall.advance(Duration.ofHours(-1));
        clock.millis();

        wall.advance(Duration.ofHours(2));

        assertThat(clock.millis()).isEqualTo(wall.millis());
        assertThat(clock.aheadMillis()).isZero();
    }

    @Test
    void millis_restartWithAnEarlierWallClock_beginsAtWhatWasKnown() {
        long known = wall.millis() + 1_234;
        var clock = clock(known);

        assertThat(clock.millis()).isEqualTo(known);
        pass(Duration.ofMillis(1_000));
        assertThat(clock.millis()).isEqualTo(known + 1_000);
        pass(Duration.ofMillis(1_000));
        assertThat(clock.millis()).isEqualTo(known + 2_000);
        assertThat(clock.instant().toEpochMilli()).isEqualTo(known + 2_000);
    }

    @Test
    void millis_manySmallSteps_loseNothing() {
        var clock = clock(wall.millis() + 1_000_000);
        long begin = clock.millis();

        for (int i = 0; i < 10_000; i++) {
            timer.addAndGet(TimeUnit.MICROSECONDS.toNanos(100));
            clock.millis();
        }

        assertThat(clock.millis()).isEqualTo(begin + 1_000);
    }

    @Test
    void millis_randomJumpsAndRestarts_neverGoesBackAndNeverLagsTheWall() {
        for (long seed = 1; seed <= 50; seed++) {
            var random = new Random(seed);
            var clock = clock(0);
            long last = clock.millis();
            for (int step = 0; step < 500; step++) {
                switch (random.nextInt(4)) {
                    case 0 -> wall.advance(Duration.ofMillis(random.nextInt(200_000) - 100_000));
                    case 1 -> clock = clock(last);
                    case 2 -> timer.addAndGet(random.nextInt(5_000_000));
                    default -> pass(Duration.ofMillis(random.nextInt(1_000)));
                }
                long now = clock.millis();
                assertThat(now)
                        .as("seed %d, step %d", seed, step)
                        .isGreaterThanOrEqualTo(Math.max(last, wall.millis()));
                last = now;
            }
        }
    }

    @Test
    void millis_severalThreadsWhileTheWallClockJumps_neverGoesBackForOneOfThem() throws Exception {
        var clock = new StoreClock(wall, System::nanoTime, 0);
        var ready = new CountDownLatch(3);
        var pool = Executors.newFixedThreadPool(3);
        try {
            var readers = Stream.of(1, 2)
                    .map(i -> pool.submit(() -> {
                        ready.countDown();
                        ready.await();
                        long last = 0;
                        for (int step = 0; step < 200_000; step++) {
                            long now = clock.millis();
                            assertThat(now).isGreaterThanOrEqualTo(last);
                            last = now;
                        }
                        return null;
                    }))
                    .toList();
            ready.countDown();
            ready.await();
            for (int i = 0; i < 100_000; i++) {
                wall.advance(Duration.ofMillis(i % 2 == 0 ? 3 : -2));
            }
            for (Future<?> reader : readers) {
                reader.get(120, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
