package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.jcache.CacheFixture;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever several threads do to a key at once, each call is as if it had happened alone, at one moment while it ran.
 *
 * <p>Two system properties: {@code coffer.rounds} for a longer run, and {@code coffer.seed} for the calls of a run that has
 * failed. The threads will not meet in the same places again, so repeat it with many rounds.
 */
class LinearizabilityTest {
    private static final long LIVE_MILLIS = 5;
    /** Most are found in some rounds; the rarest takes a hundred in the mean, and more where threads seldom meet. */
    private static final int ROUNDS_TO_FIND_A_FAULT = 100_000;

    /** The kinds of expiry differ in who moves a deadline. */
    enum Expiry {
        ETERNAL(false, false),
        CREATED(false, false),
        MODIFIED(true, false),
        ACCESSED(false, true),
        TOUCHED(true, true);

        private final boolean byUpdate;
        private final boolean byAccess;

        Expiry(boolean byUpdate, boolean byAccess) {
            this.byUpdate = byUpdate;
            this.byAccess = byAccess;
        }

        KeyModel model(boolean evicts) {
            return new KeyModel(evicts, this == ETERNAL ? 0 : LIVE_MILLIS, byUpdate, byAccess);
        }

        /** A policy of the specification is asked only once; one of a user each time, and may take its time. */
        Factory<? extends ExpiryPolicy> factory(boolean isSlow) {
            var time = new Duration(TimeUnit.MILLISECONDS, LIVE_MILLIS);
            if (isSlow && this != ETERNAL) {
                return () -> new TurbulentPolicy(time, byUpdate, byAccess);
            }
            return switch (this) {
                case ETERNAL -> EternalExpiryPolicy.factoryOf();
                case CREATED -> CreatedExpiryPolicy.factoryOf(time);
                case MODIFIED -> ModifiedExpiryPolicy.factoryOf(time);
                case ACCESSED -> AccessedExpiryPolicy.factoryOf(time);
                case TOUCHED -> TouchedExpiryPolicy.factoryOf(time);
            };
        }
    }

    /** Lets other threads run before it answers. */
    private record TurbulentPolicy(Duration time, boolean byUpdate, boolean byAccess) implements ExpiryPolicy {

        @Override
        public Duration getExpiryForCreation() {
            Turbulence.pass();
            return time;
        }

        @Override
        public Duration getExpiryForUpdate() {
            Turbulence.pass();
            return byUpdate ? time : null;
        }

        @Override
        public Duration getExpiryForAccess() {
            Turbulence.pass();
            return byAccess ? time : null;
        }
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            EXPIRY,   SLOW POLICY, BY VALUE, EVICTS, READ THROUGH
            ETERNAL,  false,       true,     false,  false
            ETERNAL,  false,       false,    false,  false
            ETERNAL,  false,       true,     true,   false
            ETERNAL,  false,       false,    false,  true
            ETERNAL,  false,       true,     true,   true
            CREATED,  false,       true,     false,  false
            CREATED,  true,        false,    false,  true
            CREATED,  true,        true,     true,   true
            MODIFIED, false,       true,     false,  true
            MODIFIED, true,        false,    false,  false
            ACCESSED, false,       true,     false,  true
            ACCESSED, true,        false,    false,  false
            TOUCHED,  false,       false,    false,  false
            TOUCHED,  true,        true,     false,  false
            TOUCHED,  true,        false,    false,  true
            TOUCHED,  true,        true,     true,   true
            """)
    void calls_bySeveralThreads_areLinearizable(
            Expiry expiry, boolean slowPolicy, boolean byValue, boolean evicts, boolean readThrough) {
        play(
                expiry,
                slowPolicy,
                byValue,
                evicts,
                readThrough,
                UnaryOperator.identity(),
                List.of(Call.Kind.values()),
                ConcurrentRounds.ROUNDS);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void fault_inEternalCache_isFound(Fault fault) {
        assertThatThrownBy(() -> find(Expiry.ETERNAL, false, fault))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not linearizable");
    }

    @Test
    void returnOfTheDead_inCacheThatExpires_isFound() {
        assertThatThrownBy(() -> find(Expiry.CREATED, false, Fault.RETURN_OF_THE_DEAD))
                .hasMessageContaining("not linearizable");
    }

    @Test
    void returnOfTheDead_inCacheThatEvicts_isFound() {
        assertThatThrownBy(() -> find(Expiry.ETERNAL, true, Fault.RETURN_OF_THE_DEAD))
                .hasMessageContaining("not linearizable");
    }

    private static void find(Expiry expiry, boolean evicts, Fault fault) {
        play(expiry, false, false, evicts, false, fault::in, Call.Kind.ofOneKey(), ROUNDS_TO_FIND_A_FAULT);
    }

    private static void play(
            Expiry expiry,
            boolean slowPolicy,
            boolean byValue,
            boolean evicts,
            boolean readThrough,
            UnaryOperator<Cache<TurbulentKey, Amount>> wrapper,
            List<Call.Kind> kinds,
            int rounds) {
        long seed = Long.getLong("coffer.seed", ThreadLocalRandom.current().nextLong());
        var loader = new NotedLoader();
        try (var fixture = new CacheFixture()) {
            var cache = fixture.create(
                    "c",
                    CacheFixture.<TurbulentKey, Amount>configuration()
                            .setStoreByValue(byValue)
                            .setCodec(Amount.CODEC)
                            .setMaxEntries(evicts ? 1 : 0)
                            .setExpiryPolicyFactory(expiry.factory(slowPolicy))
                            .setCacheLoaderFactory(() -> loader)
                            .setReadThrough(readThrough));
            new ConcurrentRounds(
                            wrapper.apply(cache),
                            expiry.model(evicts),
                            kinds,
                            loader,
                            fixture.clock(),
                            fixture.clock(),
                            fixture.sweeper(),
                            seed)
                    .play(rounds);
        }
    }
}
