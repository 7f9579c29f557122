package io.coffer.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.spi.HeapStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store costs and keeps: which calls reach it, what memory holds of it, and what is there after a restart. */
class PersistentCacheTest {
    private static final javax.cache.expiry.Duration MINUTE = new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1);

    private final CacheFixture fixture = new CacheFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void put_onWhatOnlyTheStoreHas_readsNothing() {
        var cache = filled(10, 1);
        long reads = store().reads();

        for (int key = 0; key < 10; key++) {
            cache.put("k" + key, "new");
            cache.remove("k" + key);
        }

        assertThat(store().reads()).isEqualTo(reads);
        assertThat(store().size()).isZero();
    }

    @Test
    void putAll_isOneAppend() {
        var cache = create(EternalExpiryPolicy.factoryOf(), 2);
        var values = new HashMap<String, String>();
        IntStream.range(0, 500).forEach(key -> values.put("k" + key, "v" + key));

        cache.putAll(values);

        assertThat(store().appends()).isEqualTo(1);
        assertThat(content(cache)).isEqualTo(new TreeMap<>(values));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clearAndRemoveAll_areOneAppend(boolean clears) {
        var cache = filled(10, 3);
        long appends = store().appends();
        long reads = store().reads();

        if (clears) {
            cache.clear();
        } else {
            cache.removeAll();
        }

        assertThat(store().appends() - appends).isEqualTo(1);
        assertThat(store().reads()).isEqualTo(reads);
        assertThat(content(cache)).isEmpty();
        assertThat(fixture.statistic("c", "CacheRemovals")).isEqualTo(clears ? 0L : 10L);
    }

    @Test
    void removeAll_whatHasExpired_isNotCounted() {
        var cache = create(CreatedExpiryPolicy.factoryOf(MINUTE), 1);
        cache.put("a", "1");
        cache.put("b", "2");
        fixture.clock().advance(Duration.ofMinutes(1));
        cache.put("c", "3");

        cache.removeAll();

        assertThat(fixture.statistic("c", "CacheRemovals")).isEqualTo(1L);
    }

    @Test
    void removeAll_listenerHearsRemovals_isToldOfEach() {
        var cache = filled(5, 1);
        var listener = CacheFixture.listen(cache);

        cache.removeAll();

        assertThat(new TreeSet<>(listener.drain()))
                .containsExactly(
                        "REMOVED k0: v0", "REMOVED k1: v1", "REMOVED k2: v2", "REMOVED k3: v3", "REMOVED k4: v4");
    }

    @Test
    void eviction_leavesTheEntryAndIsNotCounted() {
        var cache = filled(10, 2);

        assertThat(content(cache)).hasSize(10);
        assertThat(cache.counters().entries()).isEqualTo(10);
        assertThat(cache.counters().evictions()).isZero();
        assertThat(cache.counters().store().memoryDrops()).isEqualTo(8);
        assertThat(cache.counters().store().diskEvictions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void get_whatOnlyTheStoreHas_isKeptInMemoryOnceItComesBack(int inMemory) {
        var cache = filled(10, inMemory);
        assertThat(cache.get("k0")).isEqualTo("v0");
        assertThat(cache.get("k0")).isEqualTo("v0");
        long reads = store().reads();

        assertThat(cache.get("k0")).isEqualTo("v0");

        assertThat(store().reads()).isEqualTo(reads);
    }

    @Test
    void get_thousandsOfColdKeys_leaveTheWarmOnesInMemory() {
        var cache = create(EternalExpiryPolicy.factoryOf(), 100);
        IntStream.range(0, 2_000).forEach(key -> cache.put("k" + key, "v"));
        for (int round = 0; round < 5; round++) {
            IntStream.range(0, 80).forEach(key -> cache.get("k" + key));
        }

        IntStream.range(100, 2_000).forEach(key -> cache.get("k" + key));

        long reads = store().reads();
        IntStream.range(0, 80).forEach(key -> cache.get("k" + key));
        assertThat(store().reads() - reads)
                .as("warm keys that were read from the store")
                .isLessThan(8);
    }

    @Test
    void create_again_findsWhatWasThere() {
        var cache = filled(10, 2);
        cache.put("timed", "soon gone", Duration.ofMinutes(1));
        cache.remove("k3");
        cache.close();

        var again = create(EternalExpiryPolicy.factoryOf(), 2);

        assertThat(content(again)).hasSize(10).doesNotContainKey("k3").containsEntry("timed", "soon gone");
        fixture.clock().advance(Duration.ofMinutes(1));
        assertThat(again.containsKey("timed")).isFalse();
    }

    @Test
    void destroyCache_deletesTheStore() {
        filled(3, 2);
        fixture.manager().destroyCache("c");

        assertThat(content(create(EternalExpiryPolicy.factoryOf(), 2))).isEmpty();
    }

    @Test
    void expiredOnDiskOnly_isAnnouncedOnceByWhoMeetsIt() {
        var cache = create(CreatedExpiryPolicy.factoryOf(MINUTE), 1);
        cache.put("a", "1");
        cache.put("b", "2"); // memory forgets a
        var listener = CacheFixture.listen(cache);
        fixture.clock().advance(Duration.ofMinutes(1));

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("a")).isNull();
        cache.put("a", "3");

        assertThat(listener.drain()).contains("EXPIRED a: 1", "CREATED a: 3").doesNotHaveDuplicates();
    }

    @Test
    void touch_smallMoves_areNotWritten_untilTheyAddUp() {
        var cache = create(AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 80)), 10);
        cache.put("a", "1");
        long appends = store().appends();

        for (int second = 1; second <= 8; second++) {
            fixture.clock().advance(Duration.ofSeconds(1));
            cache.get("a");
        }
        assertThat(store().appends()).as("lagging by a tenth").isEqualTo(appends);

        fixture.clock().advance(Duration.ofSeconds(4));
        cache.get("a");
        assertThat(store().appends()).as("lagging by more than an eighth").isEqualTo(appends + 1);
    }

    @Test
    void close_deadlineLags_storeHearsOfItLast() {
        var policy = AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 80));
        var cache = create(policy, 10);
        cache.put("a", "1");
        fixture.clock().advance(Duration.ofSeconds(5));
        cache.get("a");
        cache.close();

        fixture.clock().advance(Duration.ofSeconds(79));
        assertThat(create(policy, 10).containsKey("a")).isTrue();
    }

    @Test
    void storeDropsWhatItBelievesExpired_memoryGoesOnAndPutsItBack() {
        var cache = create(AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 80)), 10);
        cache.put("a", "1");
        fixture.clock().advance(Duration.ofSeconds(5));
        cache.get("a");
        fixture.clock().advance(Duration.ofSeconds(76));
        store().clear(); // as it may drop what has expired

        assertThat(content(cache)).containsEntry("a", "1");
        assertThat(cache.getAndPut("a", "2")).isEqualTo("1");
        assertThat(store().size()).isEqualTo(1);
        assertThat(cache.get("a")).isEqualTo("2");
    }

    @Test
    void iterator_removes_alsoWhatOnlyTheStoreHas() {
        var cache = filled(20, 2);

        for (var entries = cache.iterator(); entries.hasNext(); ) {
            if (entries.next().getValue().compareTo("v15") < 0) {
                entries.remove();
            }
        }

        assertThat(content(cache).keySet())
                .containsExactlyElementsOf(
                        List.of("k15", "k16", "k17", "k18", "k19", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"));
    }

    @Test
    void byReference_memoryHoldsTheReferenceAndTheStoreBytes() {
        var cache = fixture.createStored(
                "c",
                CacheFixture.<String, StringBuilder>configuration()
                        .setStoreByValue(false)
                        .setMaxEntries(10));
        var value = new StringBuilder("v");
        cache.put("a", value);
        assertThat(cache.get("a")).isSameAs(value);

        IntStream.range(0, 50).forEach(key -> cache.put("k" + key, new StringBuilder())); // memory forgets a
        cache.get("a"); // its ghost is known from now on
        var decoded = cache.get("a");

        assertThat(decoded).isNotSameAs(value).hasToString("v");
        assertThat(cache.get("a")).isSameAs(decoded);
    }

    private HeapStore store() {
        return fixture.lastStore();
    }

    private CofferCache<String, String> filled(int entries, int inMemory) {
        var cache = create(EternalExpiryPolicy.factoryOf(), inMemory);
        IntStream.range(0, entries).forEach(key -> cache.put("k" + key, "v" + key));
        return cache;
    }

    private CofferCache<String, String> create(Factory<? extends ExpiryPolicy> policy, int inMemory) {
        CofferConfiguration<String, String> configuration = CacheFixture.<String, String>configuration()
                .setExpiryPolicyFactory(policy)
                .setMaxEntries(inMemory);
        return fixture.createStored("c", configuration);
    }

    private static Map<String, String> content(CofferCache<String, String> cache) {
        var content = new TreeMap<String, String>();
        cache.forEach(entry -> assertThat(content.put(entry.getKey(), entry.getValue()))
                .as("shown before")
                .isNull());
        return content;
    }
}
