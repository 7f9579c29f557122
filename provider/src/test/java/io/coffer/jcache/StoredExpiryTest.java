package io.coffer.jcache;

import static io.coffer.jcache.ExpiringOnDisk.THREE_MINUTES;
import static io.coffer.jcache.ExpiringOnDisk.bringOutTheRest;
import static io.coffer.jcache.ExpiringOnDisk.expirationsOf;
import static io.coffer.jcache.ExpiringOnDisk.expired;
import static io.coffer.jcache.ExpiringOnDisk.fill;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferConfiguration;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.Threads;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expires while only the store has it is announced once, without anybody asking for it. */
class StoredExpiryTest {
    private static final int ENTRIES = 2_500;

    @TempDir
    private Path folder;

    private ExpiringOnDisk caches;
    private CacheFixture fixture;

    @BeforeEach
    void begin() {
        caches = new ExpiringOnDisk(folder);
        fixture = caches.fixture;
    }

    @AfterEach
    void close() {
        caches.close();
    }

    @Test
    void sweep_onDiskOnly_announcesEachOnceWithItsValue() {
        var cache = caches.createOnDisk(THREE_MINUTES);
        fill(cache, ENTRIES);
        var listener = CacheFixture.listen(cache);
        caches.passSixMinutes();

        var told = caches.sweepUntil(listener, ENTRIES);
        fixture.sweeper().sweep();
        bringOutTheRest(cache, ENTRIES);

        assertThat(told).containsExactlyInAnyOrderElementsOf(expired(ENTRIES));
        assertThat(expirationsOf(listener)).isEmpty();
        assertThat(cache.counters().expirations()).isEqualTo(ENTRIES);
        assertThat(cache.counters().entries()).isEqualTo(ENTRIES);
    }

    @Test
    void sweep_anotherMinute_announcesThoseOfThatMinute() {
        var cache = caches.createOnDisk(THREE_MINUTES);
        var listener = CacheFixture.listen(cache);
        for (int round = 0; round < 5; round++) {
            fill(cache, 20);
            listener.drain();
            caches.passSixMinutes();

            assertThat(caches.sweepUntil(listener, 20))
                    .as("round " + round)
                    .containsExactlyInAnyOrderElementsOf(expired(20));
        }
    }

    @Test
    void sweep_nobodyListens_readsNothingAndCountsNothing() {
        var cache = caches.create(THREE_MINUTES, fixture.store());
        fill(cache, 50);
        var listener = new RecordingListener<String, String>();
        cache.registerCacheEntryListener(listener.configuration(false));
        cache.deregisterCacheEntryListener(listener.configuration(false));
        cache.registerCacheEntryListener(new CreationsOnly().configuration());
        caches.passSixMinutes();
        long reads = fixture.lastStore().reads();
        long expirations = cache.counters().expirations();

        fixture.sweeper().sweep();

        assertThat(fixture.lastStore().reads()).isEqualTo(reads);
        assertThat(cache.counters().expirations() - expirations)
                .as("those in memory")
                .isLessThanOrEqualTo(2);
        assertThat(listener.drain()).isEmpty();
    }

    /** A listener that does not hear of what expires. */
    private static final class CreationsOnly implements CacheEntryCreatedListener<String, String>, Serializable {
        private static final long serialVersionUID = 1L;

        CacheEntryListenerConfiguration<String, String> configuration() {
            return new MutableCacheEntryListenerConfiguration<>(() -> this, null, false, false);
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> created) {}
    }

    @Test
    void sweep_listenerThrows_isToldOfEachOnce() {
        var cache = caches.createOnDisk(THREE_MINUTES);
        fill(cache, 50);
        var told = new ConcurrentLinkedQueue<String>();
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            told.add(event.getEventType() + " " + event.getKey() + ": " + event.getOldValue());
            throw new IllegalStateException("Made to fail by the test");
        }));
        caches.passSixMinutes();

        fixture.sweeper().sweep();
        fixture.sweeper().sweep();

        Threads.await("all to be told", () -> told.size() >= 50);
        assertThat(told).containsExactlyInAnyOrderElementsOf(expired(50));
        assertThat(cache.counters().entries()).isZero();
    }

    @Test
    void sweep_expiredWhileClosed_isNotAnnounced() {
        var cache = caches.createOnDisk(THREE_MINUTES);
        fill(cache, 20);
        cache.put("later", "v", Duration.ofMinutes(9));
        cache.close();
        caches.passSixMinutes();

        var again = caches.createOnDisk(THREE_MINUTES);
        var listener = CacheFixture.listen(again);
        fixture.sweeper().sweep();
        caches.passSixMinutes();

        assertThat(caches.sweepUntil(listener, 1)).containsExactly("EXPIRED later: v");
    }

    /** The store believes that the entry has expired, since the deadline that moved was not worth a record. */
    @Test
    void sweep_memoryKnowsALaterDeadline_leavesTheEntry() {
        Factory<ExpiryPolicy> policy =
                AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 8));
        var cache = caches.createOnDisk(policy);
        cache.put("k0", "v0");
        var listener = CacheFixture.listen(cache);
        fixture.clock().advance(Duration.ofSeconds(50));
        cache.get("k0");
        fixture.clock().advance(Duration.ofSeconds(435));

        fixture.sweeper().sweep();

        assertThat(cache.get("k0")).isEqualTo("v0");
        assertThat(listener.drain()).isEmpty();
        fixture.clock().advance(Duration.ofSeconds(490));
        assertThat(caches.sweepUntil(listener, 1)).containsExactly("EXPIRED k0: v0");
    }

    /** Nobody listens, but what has expired may be asked for. */
    @Test
    void sweep_staleIfError_keepsTheValueToBeServed() {
        var loader = new RecordingLoader().doingFirst(() -> {
            throw new IllegalStateException("Made to fail by the test");
        });
        CofferConfiguration<String, String> configuration = CacheFixture.<String, String>configuration()
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .setStaleIfError(Duration.ofHours(1))
                .setMaxEntries(2);
        var cache = fixture.createStored("c", configuration);
        cache.put("k0", "v0", Duration.ofMinutes(3));
        cache.put("k1", "v1");
        cache.put("k2", "v2"); // memory forgets k0
        caches.passSixMinutes();

        fixture.sweeper().sweep();

        assertThat(fixture.lastStore().size()).isEqualTo(2);
        assertThat(cache.get("k0")).isEqualTo("v0");
    }
}
