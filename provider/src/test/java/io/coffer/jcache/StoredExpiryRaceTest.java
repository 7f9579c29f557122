package io.coffer.jcache;

import static io.coffer.jcache.ExpiringOnDisk.THREE_MINUTES;
import static io.coffer.jcache.ExpiringOnDisk.bringOutTheRest;
import static io.coffer.jcache.ExpiringOnDisk.expirationsOf;
import static io.coffer.jcache.ExpiringOnDisk.expired;
import static io.coffer.jcache.ExpiringOnDisk.fill;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Threads;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expires while only the store has it is announced once, also if others meet it, use it or close the cache meanwhile. */
class StoredExpiryRaceTest {
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
    void sweep_readersMeetTheSameEntries_announcesOnce() {
        var cache = caches.createOnDisk(THREE_MINUTES);
        var listener = CacheFixture.listen(cache);
        for (int round = 0; round < 10; round++) {
            fill(cache, 200);
            listener.drain();
            caches.passSixMinutes();

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
    void sweep_cacheClosedMeanwhile_endsQuietly() {
        for (int round = 0; round < 10; round++) {
            var cache = caches.createOnDisk(THREE_MINUTES);
            var listener = CacheFixture.listen(cache);
            fill(cache, 500);
            listener.drain();
            caches.passSixMinutes();

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

    /** A processor has found the entry alive, so for him it lives on. */
    @Test
    void sweep_entryInUse_announcesItLater() {
        var cache = caches.createOnDisk(THREE_MINUTES);
        fill(cache, 10);
        var listener = CacheFixture.listen(cache);

        cache.invoke("k0", (entry, arguments) -> {
            caches.passSixMinutes();
            fixture.sweeper().sweep();
            return null;
        });

        assertThat(caches.sweepUntil(listener, 10)).containsExactlyInAnyOrderElementsOf(expired(10));
    }
}
