package io.coffer.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.jcache.CacheFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Races between two operations on one entry, each staged at the exact place: what the second one does happens in a callback
 * of the first, in the policy or the CacheWriter.
 */
@Timeout(180)
class EntryRaceTest {
    private static final long LIVE_SECONDS = 10;
    private static final javax.cache.expiry.Duration TIME =
            new javax.cache.expiry.Duration(TimeUnit.SECONDS, LIVE_SECONDS);

    /** What happens in the midst of an operation; as a rule nothing. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    private final CacheFixture fixture = new CacheFixture();

    @Test
    void get_valueReplacedBeforeTouch_leavesTheNewDeadline() {
        var cache = cacheOf(new InterruptedPolicy(javax.cache.expiry.Duration.ETERNAL, TIME));
        cache.put("k", 1);

        duringNext(() -> cache.put("k", 2));
        assertThat(cache.get("k")).isEqualTo(1);

        advance(LIVE_SECONDS + 1);
        assertThat(cache.containsKey("k")).as("the new value is eternal").isTrue();
    }

    @Test
    void get_entryRemovedAndCreatedBeforeTouch_leavesTheNewDeadline() {
        var cache = cacheOf(new InterruptedPolicy(javax.cache.expiry.Duration.ETERNAL, TIME));
        cache.put("k", 1);

        duringNext(() -> {
            cache.remove("k");
            cache.put("k", 2);
        });
        assertThat(cache.get("k")).isEqualTo(1);

        advance(LIVE_SECONDS + 1);
        assertThat(cache.containsKey("k")).as("the new value is eternal").isTrue();
    }

    @Test
    void get_seenExpiredBeforeTouch_doesNotReviveTheValue() {
        var cache = cacheOf(new InterruptedPolicy(TIME, TIME));
        cache.put("k", 1);

        duringNext(() -> {
            advance(LIVE_SECONDS);
            assertThat(cache.containsKey("k")).isFalse();
        });
        cache.get("k");

        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void iteratorNext_seenExpiredSinceHasNext_doesNotReviveTheValue() {
        var cache = cacheOf(AccessedExpiryPolicy.factoryOf(TIME).create());
        cache.put("k", 1);
        var entries = cache.iterator();
        entries.hasNext();
        advance(LIVE_SECONDS);
        assertThat(cache.containsKey("k")).isFalse();

        entries.next();

        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void iteratorNext_valueReplacedSinceHasNext_doesNotTouchTheNewOne() {
        var cache = cacheOf(new InterruptedPolicy(javax.cache.expiry.Duration.ETERNAL, TIME));
        cache.put("k", 1);
        var entries = cache.iterator();
        entries.hasNext();
        cache.put("k", 2);

        assertThat(entries.next().getValue()).isEqualTo(1);

        advance(LIVE_SECONDS + 1);
        assertThat(cache.containsKey("k")).as("the new value is eternal").isTrue();
    }

    @Test
    void put_updateLeavesDeadline_keepsTouchMadeMeanwhile() {
        var cache = cacheOf(AccessedExpiryPolicy.factoryOf(TIME).create());
        cache.put("k", 1);

        duringNext(() -> {
            advance(LIVE_SECONDS - 1);
            assertThat(cache.get("k")).isEqualTo(1);
        });
        cache.put("k", 2);

        advance(LIVE_SECONDS - 1);
        assertThat(cache.containsKey("k")).isTrue();
        advance(1);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void put_updateSetsTheSameDeadline_overridesTouchMadeMeanwhile() {
        var cache = cacheOf(new InterruptedPolicy(javax.cache.expiry.Duration.ETERNAL, TIME));
        cache.put("k", 1);

        duringNext(() -> assertThat(cache.get("k")).isEqualTo(1));
        cache.put("k", 2);

        advance(LIVE_SECONDS + 1);
        assertThat(cache.containsKey("k")).as("an update makes it eternal").isTrue();
    }

    @Test
    void sweep_meetsExpiredEntryInUse_comesBackForItsNewValue() {
        var cache = cacheOf(AccessedExpiryPolicy.factoryOf(TIME).create());
        var listener = CacheFixture.listen(cache);
        cache.put("k", 1);
        advance(LIVE_SECONDS + 1);

        duringNext(() -> fixture.sweeper().sweep());
        cache.put("k", 2);
        assertThat(listener.drain()).contains("EXPIRED k: 1", "CREATED k: 2");

        for (int sweeps = 0; sweeps < 2; sweeps++) { // the first may only find out that it comes too early
            advance(LIVE_SECONDS + 1);
            fixture.sweeper().sweep();
        }
        Eventually.is(listener::drain, List.of("EXPIRED k: 2"));
    }

    private Cache<String, Integer> cacheOf(ExpiryPolicy policy) {
        return fixture.create(
                "c",
                CacheFixture.<String, Integer>configuration()
                        .setExpiryPolicyFactory(() -> policy)
                        .setWriteThrough(true)
                        .setCacheWriterFactory(() -> new InterruptedWriter(this::interruption)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void duringNext(Runnable interruption) {
        meanwhile.set(interruption);
    }

    /** Lets happen what shall happen meanwhile, once. */
    private void interruption() {
        meanwhile.getAndSet(() -> {}).run();
    }

    private void advance(long seconds) {
        fixture.clock().advance(Duration.ofSeconds(seconds));
    }

    /** Is interrupted when it is asked for the time of an access. */
    private final class InterruptedPolicy implements ExpiryPolicy {
        private final javax.cache.expiry.Duration whenWritten;
        private final javax.cache.expiry.Duration whenRead;

        InterruptedPolicy(javax.cache.expiry.Duration whenWritten, javax.cache.expiry.Duration whenRead) {
            this.whenWritten = whenWritten;
            this.whenRead = whenRead;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForCreation() {
            return whenWritten;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForUpdate() {
            return whenWritten;
        }

        @Override
        public javax.cache.expiry.Duration getExpiryForAccess() {
            interruption();
            return whenRead;
        }
    }
}
