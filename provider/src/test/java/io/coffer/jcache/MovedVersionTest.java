package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.StoreConfiguration;
import io.coffer.spi.EntryStore;
import io.coffer.spi.HeapStorage;
import io.coffer.spi.StoredEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store may give a version another stamp, as a compaction does that was long ago: whoever knows the old one finds that his change is
 * lost, though nobody has changed the entry.
 */
class MovedVersionTest {
    private final CacheFixture fixture = new CacheFixture();
    private final List<EntryStore> opened = new ArrayList<>();
    private CofferCache<String, String> cache;
    private EntryStore store;

    @BeforeEach
    void create() {
        var storage = new HeapStorage();
        CofferConfiguration<String, String> configuration = CacheFixture.<String, String>configuration()
                .setExpiryPolicyFactory(
                        TouchedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.MINUTES, 10)))
                .setStore(StoreConfiguration.of(() -> new Opening(storage, opened)));
        cache = fixture.createStored("c", configuration);
        cache.put("a", "1");
        store = opened.get(0);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private StoredEntry onlyEntry() {
        try (var cursor = store.scan()) {
            var entry = cursor.next();
            assertThat(entry).isNotNull();
            return entry;
        }
    }

    private void move() {
        var entry = onlyEntry();
        assertThat(store.write(entry.key(), EntryStore.ANY, entry.value(), entry.expiresAtMillis()))
                .isNotEqualTo(entry.stamp());
    }

    @Test
    void get_versionHasAnotherStamp_stillTellsTheStoreOfItsDeadline() {
        move();
        fixture.clock().advance(Duration.ofMinutes(5));

        assertThat(cache.get("a")).isEqualTo("1");

        assertThat(onlyEntry().expiresAtMillis())
                .isEqualTo(fixture.clock().millis() + Duration.ofMinutes(10).toMillis());
    }

    @Test
    void get_anotherVersionIsThere_leavesItsDeadlineAlone() {
        var entry = onlyEntry();
        var other = entry.value().clone();
        other[other.length - 1]++;
        store.write(entry.key(), EntryStore.ANY, other, entry.expiresAtMillis());
        fixture.clock().advance(Duration.ofMinutes(5));

        cache.get("a");

        assertThat(onlyEntry().expiresAtMillis()).isEqualTo(entry.expiresAtMillis());
    }

    @Test
    void put_versionHasAnotherStamp_replacesIt() {
        move();

        assertThat(cache.getAndPut("a", "2")).isEqualTo("1");

        assertThat(cache.get("a")).isEqualTo("2");
    }
}
