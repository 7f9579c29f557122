package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.testing.CallbackListener;
import io.coffer.testing.LogFolder;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.RecordingLoader;
import io.coffer.testing.Threads;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expires while only the store has it is announced once, without anybody asking for it; memory holds two entries. */
class StoredExpiryTest {
    private static final Factory<ExpiryPolicy> THREE_MINUTES =
            CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 3));
    private static final int ENTRIES = 2_500;

    private final CacheFixture fixture = new CacheFixture();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A cache whose store is a log, with a thread of its own that drops what expires if it may. */
    private CofferCache<String, String> createOnDisk(Factory<ExpiryPolicy> policy) {
        var log = new LogFolder(folder);
        return create(policy, StoreConfiguration.of(() -> log));
    }

    private CofferCache<String, String> create(Factory<ExpiryPolicy> policy, StoreConfiguration store) {
        CofferConfiguration<String, String> configuration = CacheFixture.<String, String>configuration()
                .setExpiryPolicyFactory(policy)
                .setMaxEntries(2)
                .setStore(store);
        return fixture.createStored("c", configuration);
    }

    private static void fill(CofferCache<String, String> cache, int entries) {
        IntStream.range(0, entries).forEach(key -> cache.put("k" + key, "v" + key));
    }

    /** Twice as long as entries live, since the clock of a log goes on while that of the fixture stands still. */
    private void passSixMinutes() {
        fixture.clock().advance(Duration.ofMinutes(6));
    }

    /** Sweeps until all have been announced that shall be. What is told in the background takes its time. */
    private List<String> sweepUntil(RecordingListener<String, String> listener, int events) {
        var told = new ArrayList<String>();
        Threads.await(events + " events", () -> {
            fixture.sweeper().sweep();
            told.addAll(listener.drain());
            return told.size() >= events;
        });
        return told;
    }

    /** A listener is told of all in order, so this brings out what is told too often. */
    private static void bringOutTheRest(CofferCache<String, String> cache, int entries) {
        IntStream.range(0, entries).forEach(key -> cache.put("k" + key, "new"));
    }

    private static List<String> expired(int entries) {
        return IntStream.range(0, entries)
                .mapToObj(key -> "EXPIRED k" + key + ": v" + key)
                .toList();
    }

    private static List<String> expirationsOf(RecordingListener<String, String> listener) {
        return listener.drain().stream()
                .filter(event -> event.startsWith("EXPIRED"))
                .toList();
    }

    @Test
    void sweep_onDiskOnly_announcesEachOnceWithItsValue() {
        var cache = createOnDisk(THREE_MINUTES);
        fill(cache, ENTRIES);
        var listener = CacheFixture.listen(cache);
        passSixMinutes();

        var told = sweepUntil(listener, ENTRIES);
        fixture.sweeper().sweep();
        bringOutTheRest(cache, ENTRIES);

        assertThat(told).containsExactlyInAnyOrderElementsOf(expired(ENTRIES));
        assertThat(expirationsOf(listener)).isEmpty();
        assertThat(cache.counters().expirations()).isEqualTo(ENTRIES);
        assertThat(cache.counters().entries()).isEqualTo(ENTRIES);
    }

    @Test
    void sweep_anotherMinute_announcesThoseOfThatMinute() {
        var cache = createOnDisk(THREE_MINUTES);
        var listener = CacheFixture.listen(cache);
        for (int round = 0; round < 5; round++) {
            fill(cache, 20);
            listener.drain();
            passSixMinutes();

            assertThat(sweepUntil(listener, 20)).as("round " + round).containsExactlyInAnyOrderElementsOf(expired(20));
        }
    }

    @Test
    void sweep_readersMeetTheSameEntries_announcesOnce() {
        var cache = createOnDisk(THREE_MINUTES);
        var listener = CacheFixture.listen(cache);
        for (int round = 0; round < 10; round++) {
            fill(cache, 200);
            listener.drain();
            passSixMinutes();

            Threads.race(3, thread -> () -> {
                for (int i = 0; i < 200; i++) {
                    switch (thread) {
                        case 0 -> fixture.sweeper().sweep();
                        case 1 -> cache.get("k" + i);
                        default -> cache.remove("k" + (199 - i));
                    }
                }
            });
            fixture.sweeper().sweep();
            bringOutTheRest(cache, 200);

            assertThat(expirationsOf(listener)).as("round " + round).containsExactlyInAnyOrderElementsOf(expired(200));
        }
    }

    @Test
    void sweep_nobodyListens_readsNothingAndCountsNothing() {
        var cache = create(THREE_MINUTES, fixture.store());
        fill(cache, 50);
        var listener = new RecordingListener<String, String>();
        cache.registerCacheEntryListener(listener.configuration(false));
        cache.deregisterCacheEntryListener(listener.configuration(false));
        cache.registerCacheEntryListener(new CreationsOnly().configuration());
        passSixMinutes();
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
        var cache = createOnDisk(THREE_MINUTES);
        fill(cache, 50);
        var told = new ConcurrentLinkedQueue<String>();
        cache.registerCacheEntryListener(CallbackListener.synchronous(event -> {
            told.add(event.getEventType() + " " + event.getKey() + ": " + event.getOldValue());
            throw new IllegalStateException("Made to fail by the test");
        }));
        passSixMinutes();

        fixture.sweeper().sweep();
        fixture.sweeper().sweep();

        Threads.await("all to be told", () -> told.size() >= 50);
        assertThat(told).containsExactlyInAnyOrderElementsOf(expired(50));
        assertThat(cache.counters().entries()).isZero();
    }

    @Test
    void sweep_expiredWhileClosed_isNotAnnounced() {
        var cache = createOnDisk(THREE_MINUTES);
        fill(cache, 20);
        cache.put("later", "v", Duration.ofMinutes(9));
        cache.close();
        passSixMinutes();

        var again = createOnDisk(THREE_MINUTES);
        var listener = CacheFixture.listen(again);
        fixture.sweeper().sweep();
        passSixMinutes();

        assertThat(sweepUntil(listener, 1)).containsExactly("EXPIRED later: v");
    }

    @Test
    void sweep_cacheClosedMeanwhile_endsQuietly() {
        for (int round = 0; round < 10; round++) {
            var cache = createOnDisk(THREE_MINUTES);
            var listener = CacheFixture.listen(cache);
            fill(cache, 500);
            listener.drain();
            passSixMinutes();

            Threads.race(2, thread -> () -> {
                if (thread == 0) {
                    fixture.sweeper().sweep();
                } else {
                    cache.close();
                }
            });

            assertThat(listener.drain())
                    .as("round " + round)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(expired(500));
        }
    }

    /** The store believes that the entry has expired, since the deadline that moved was not worth a record. */
    @Test
    void sweep_memoryKnowsALaterDeadline_leavesTheEntry() {
        Factory<ExpiryPolicy> policy =
                AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 8));
        var cache = createOnDisk(policy);
        cache.put("k0", "v0");
        var listener = CacheFixture.listen(cache);
        fixture.clock().advance(Duration.ofSeconds(50));
        cache.get("k0");
        fixture.clock().advance(Duration.ofSeconds(435));

        fixture.sweeper().sweep();

        assertThat(cache.get("k0")).isEqualTo("v0");
        assertThat(listener.drain()).isEmpty();
        fixture.clock().advance(Duration.ofSeconds(490));
        assertThat(sweepUntil(listener, 1)).containsExactly("EXPIRED k0: v0");
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
        passSixMinutes();

        fixture.sweeper().sweep();

        assertThat(fixture.lastStore().size()).isEqualTo(2);
        assertThat(cache.get("k0")).isEqualTo("v0");
    }

    /** A processor has found the entry alive, so for him it lives on. */
    @Test
    void sweep_entryInUse_announcesItLater() {
        var cache = createOnDisk(THREE_MINUTES);
        fill(cache, 10);
        var listener = CacheFixture.listen(cache);

        cache.invoke("k0", (entry, arguments) -> {
            passSixMinutes();
            fixture.sweeper().sweep();
            return null;
        });

        assertThat(sweepUntil(listener, 10)).containsExactlyInAnyOrderElementsOf(expired(10));
    }
}
