package io.coffer.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.CapturedLog;
import io.coffer.testing.FakeClock;
import io.coffer.tier.Expirable;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;

/** Who is asked, how often, and what his answers mean for the three kinds of events. */
class ExpiryTimesTest {
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

    @Test
    void deadlines_created_startAtCreationOnly() {
        var times = times(new CreatedExpiryPolicy(seconds(10)));

        assertThat(times.forCreation("k")).isEqualTo(now + 10_000);
        assertThat(times.forUpdate("k")).isEqualTo(Expirable.KEPT);
        assertThat(times.forAccess(BEFORE, "k")).isEqualTo(BEFORE);
    }

    @Test
    void deadlines_modified_startAgainAtAnUpdate() {
        var times = times(new ModifiedExpiryPolicy(seconds(10)));

        assertThat(times.forCreation("k")).isEqualTo(now + 10_000);
        assertThat(times.forUpdate("k")).isEqualTo(now + 10_000);
        assertThat(times.forAccess(BEFORE, "k")).isEqualTo(BEFORE);
    }

    @Test
    void deadlines_accessed_startAgainAtAnAccess() {
        var times = times(new AccessedExpiryPolicy(seconds(10)));

        assertThat(times.forCreation("k")).isEqualTo(now + 10_000);
        assertThat(times.forUpdate("k")).isEqualTo(Expirable.KEPT);
        assertThat(times.forAccess(BEFORE, "k")).isEqualTo(now + 10_000);
    }

    @Test
    void deadlines_touched_startAgainAtBoth() {
        var times = times(new TouchedExpiryPolicy(seconds(10)));

        assertThat(times.forCreation("k")).isEqualTo(now + 10_000);
        assertThat(times.forUpdate("k")).isEqualTo(now + 10_000);
        assertThat(times.forAccess(BEFORE, "k")).isEqualTo(now + 10_000);
    }

    @Test
    void deadlines_eternal_neverReadTheClock() {
        InstantSource broken = () -> {
            throw new AssertionError("The clock was read");
        };
        var times = new ExpiryTimes("c", new EternalExpiryPolicy(), Jitter.NONE, broken);

        assertThat(times.forCreation("k")).isEqualTo(Expirable.ETERNAL);
        assertThat(times.forUpdate("k")).isEqualTo(Expirable.KEPT);
        assertThat(times.forAccess(Expirable.ETERNAL, "k")).isEqualTo(Expirable.ETERNAL);
    }

    @Test
    void deadlines_standardPolicy_isAskedOnce() {
        var duration = new OddDuration(TimeUnit.SECONDS, 10);
        var times = times(new TouchedExpiryPolicy(duration));
        int askedByNow = duration.asked.get();

        for (int i = 0; i < 100; i++) {
            times.forCreation("k");
            times.forUpdate("k");
            times.forAccess(BEFORE, "k");
        }

        assertThat(duration.asked).hasValue(askedByNow);
    }

    @Test
    void deadlines_policyOfTheUser_isAskedEachTimeAndNotBefore() {
        var policy = new AnsweringPolicy(() -> seconds(10));
        var times = times(policy);
        assertThat(policy.creations).hasValue(0);

        for (int i = 0; i < 5; i++) {
            times.forCreation("k");
            times.forUpdate("k");
            times.forUpdate("k");
            times.forAccess(BEFORE, "k");
        }

        assertThat(policy.creations).hasValue(5);
        assertThat(policy.updates).hasValue(10);
        assertThat(policy.accesses).hasValue(5);
    }

    @Test
    void deadlines_policyOfTheUser_mayAnswerOtherwiseEachTime() {
        var next = new AtomicInteger();
        var times = times(new AnsweringPolicy(() -> seconds(next.incrementAndGet())));

        assertThat(times.forCreation("k")).isEqualTo(now + 1_000);
        assertThat(times.forCreation("k")).isEqualTo(now + 2_000);
    }

    @Test
    void deadlines_null_isEternalForACreationElseUnchanged() {
        try (var log = new CapturedLog()) {
            var times = times((Duration) null);

            for (int i = 0; i < 10; i++) {
                assertThat(times.forCreation("k")).isEqualTo(Expirable.ETERNAL);
                assertThat(times.forUpdate("k")).isEqualTo(Expirable.KEPT);
                assertThat(times.forAccess(BEFORE, "k")).isEqualTo(BEFORE);
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("\"c\"", AnsweringPolicy.class.getName(), "eternal");
        }
    }

    @Test
    void deadlines_nullForUpdateAndAccess_isNoReasonToWarn() {
        try (var log = new CapturedLog()) {
            var times = times((Duration) null);

            times.forUpdate("k");
            times.forAccess(BEFORE, "k");

            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void deadlines_policyThrows_isEternalForACreationElseUnchangedWithOneWarning() {
        try (var log = new CapturedLog()) {
            var times = times(new AnsweringPolicy(() -> {
                throw new IllegalStateException("secret");
            }));

            for (int i = 0; i < 10; i++) {
                assertThat(times.forUpdate("k")).isEqualTo(Expirable.KEPT);
                assertThat(times.forAccess(BEFORE, "k")).isEqualTo(BEFORE);
                assertThat(times.forCreation("k")).isEqualTo(Expirable.ETERNAL);
            }

            assertThat(log.warnings()).singleElement().asString().contains("\"c\"", AnsweringPolicy.class.getName());
        }
    }

    @Test
    void deadlines_twoCachesWhosePoliciesThrow_warnOnceEach() {
        try (var log = new CapturedLog()) {
            for (var name : new String[] {"one", "two"}) {
                var times = new ExpiryTimes(name, new AnsweringPolicy(() -> null), Jitter.NONE, clock);
                times.forCreation("k");
                times.forCreation("k");
            }

            assertThat(log.warnings())
                    .hasSize(2)
                    .anyMatch(line -> line.contains("\"one\""))
                    .anyMatch(line -> line.contains("\"two\""));
        }
    }

    @Test
    void isEverFinite_eternalPolicies_isFalse() {
        assertThat(times(new EternalExpiryPolicy()).isEverFinite()).isFalse();
        assertThat(times(new TouchedExpiryPolicy(Duration.ETERNAL)).isEverFinite())
                .isFalse();
    }

    @Test
    void isEverFinite_anythingElse_isTrue() {
        assertThat(times(new CreatedExpiryPolicy(seconds(10))).isEverFinite()).isTrue();
        assertThat(times(new CreatedExpiryPolicy(Duration.ZERO)).isEverFinite()).isTrue();
        assertThat(times(Duration.ETERNAL).isEverFinite()).isTrue(); // one of the user may say otherwise tomorrow
    }
}
