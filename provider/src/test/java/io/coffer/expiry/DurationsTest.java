package io.coffer.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.FakeClock;
import io.coffer.tier.Expirable;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the durations of a policy become: zero, for ever, enormous ones and tiny ones. */
class DurationsTest {
    /** The deadline before an access. */
    private static final long BEFORE = 42;

    private final FakeClock clock = new FakeClock();
    private final long now = clock.millis();

    private ExpiryTimes times(ExpiryPolicy policy) {
        return new ExpiryTimes("c", policy, Jitter.NONE, clock);
    }

    private ExpiryTimes times(Duration duration) {
        return times(new AnsweringPolicy(() -> duration));
    }

    private static Duration seconds(long amount) {
        return new Duration(TimeUnit.SECONDS, amount);
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeUnit.class,
            names = {"MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS"})
    void deadlines_zeroOfAnyUnit_isPast(TimeUnit unit) {
        var times = times(new Duration(unit, 0));

        assertThat(times.forCreation("k")).isEqualTo(Expirable.PAST);
        assertThat(times.forUpdate("k")).isEqualTo(Expirable.PAST);
        assertThat(times.forAccess(BEFORE, "k")).isEqualTo(Expirable.PAST);
    }

    @Test
    void deadlines_eternalAnswer_isEternalAlsoWhereThereWasADeadline() {
        var times = times(Duration.ETERNAL);

        assertThat(times.forCreation("k")).isEqualTo(Expirable.ETERNAL);
        assertThat(times.forUpdate("k")).isEqualTo(Expirable.ETERNAL);
        assertThat(times.forAccess(BEFORE, "k")).isEqualTo(Expirable.ETERNAL);
    }

    @Test
    void deadlines_eternalWithoutAUnit_isEternal() {
        assertThat(times(new Duration()).forCreation("k")).isEqualTo(Expirable.ETERNAL);
        assertThat(times(new Duration(null, 0)).forCreation("k")).isEqualTo(Expirable.ETERNAL);
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeUnit.class,
            names = {"MILLISECONDS", "SECONDS", "DAYS"})
    void deadlines_longestDurationOfAUnit_isFarAwayButNotEternal(TimeUnit unit) {
        for (var times : new ExpiryTimes[] {
            times(new Duration(unit, Long.MAX_VALUE)),
            times(new CreatedExpiryPolicy(new Duration(unit, Long.MAX_VALUE)))
        }) {
            assertThat(times.forCreation("k")).isEqualTo(Expirable.ETERNAL - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, -1, 0, 1, 2})
    void deadlines_sumNearTheOneThatMeansEternal_isNeverIt(long difference) {
        long amount = Expirable.ETERNAL - now + difference;

        long deadline = times(new Duration(TimeUnit.MILLISECONDS, amount)).forCreation("k");

        assertThat(deadline).isEqualTo(difference < 0 ? Expirable.ETERNAL + difference : Expirable.ETERNAL - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "NANOSECONDS, 1, 1",
        "NANOSECONDS, 999999, 1",
        "MICROSECONDS, 1, 1",
        "MICROSECONDS, 999, 1",
        "MICROSECONDS, 5000, 5",
        "NANOSECONDS, 7000000, 7"
    })
    void deadlines_finerUnits_areAtLeastAMillisecond(TimeUnit unit, long amount, long millis) {
        assertThat(times(new OddDuration(unit, amount)).forCreation("k")).isEqualTo(now + millis);
        assertThat(times(new CreatedExpiryPolicy(new OddDuration(unit, amount))).forCreation("k"))
                .isEqualTo(now + millis);
    }

    @Test
    void deadlines_clockMoves_countFromNow() {
        var times = times(new CreatedExpiryPolicy(seconds(10)));

        clock.advance(java.time.Duration.ofHours(1));

        assertThat(times.forCreation("k")).isEqualTo(clock.millis() + 10_000);
    }
}
