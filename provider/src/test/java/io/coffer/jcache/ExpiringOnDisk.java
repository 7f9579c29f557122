package io.coffer.jcache;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.testing.LogFolder;
import io.coffer.testing.RecordingListener;
import io.coffer.testing.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.configuration.Factory;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;

/** Caches of which memory holds two entries, so that what expires is on disk alone. */
final class ExpiringOnDisk implements AutoCloseable {
    static final Factory<ExpiryPolicy> THREE_MINUTES =
            CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 3));

    final CacheFixture fixture = new CacheFixture();
    private final Path folder;

    /** @param folder where the log lies */
    ExpiringOnDisk(Path folder) {
        this.folder = folder;
    }

    @Override
    public void close() {
        fixture.close();
    }

    /** A cache whose store is a log, with a thread of its own that drops what expires if it may. */
    CofferCache<String, String> createOnDisk(Factory<ExpiryPolicy> policy) {
        var log = new LogFolder(folder);
        return create(policy, StoreConfiguration.of(() -> log));
    }

    CofferCache<String, String> create(Factory<ExpiryPolicy> policy, StoreConfiguration store) {
        CofferConfiguration<String, String> configuration = CacheFixture.<String, String>configuration()
                .setExpiryPolicyFactory(policy)
                .setMaxEntries(2)
                .setStore(store);
        return fixture.createStored("c", configuration);
    }

    static void fill(CofferCache<String, String> cache, int entries) {
        IntStream.range(0, entries).forEach(key -> cache.put("k" + key, "v" + key));
    }

    /** Twice as long as entries live, since the clock of a log goes on while that of the fixture stands still. */
    void passSixMinutes() {
        fixture.clock().advance(Duration.ofMinutes(6));
    }

    /** Sweeps until all have been announced that shall be. What is told in the background takes its time. */
    List<String> sweepUntil(RecordingListener<String, String> listener, int events) {
        var told = new ArrayList<String>();
        Threads.await(events + " events", () -> {
            fixture.sweeper().sweep();
            told.addAll(listener.drain());
            return told.size() >= events;
        });
        return told;
    }

    /** A listener is told of all in order, so this brings out what is told too often. */
    static void bringOutTheRest(CofferCache<String, String> cache, int entries) {
        IntStream.range(0, entries).forEach(key -> cache.put("k" + key, "new"));
    }

    static List<String> expired(int entries) {
        return IntStream.range(0, entries)
                .mapToObj(key -> "EXPIRED k" + key + ": v" + key)
                .toList();
    }

    static List<String> expirationsOf(RecordingListener<String, String> listener) {
        return listener.drain().stream()
                .filter(event -> event.startsWith("EXPIRED"))
                .toList();
    }
}
