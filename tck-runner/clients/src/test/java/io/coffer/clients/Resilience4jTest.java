package io.coffer.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.cache.Cache;
import io.github.resilience4j.cache.CacheRegistryStore;
import io.github.resilience4j.cache.event.CacheEvent;
import io.github.resilience4j.cache.event.CacheOnErrorEvent;
import io.github.resilience4j.cache.event.CacheOnHitEvent;
import io.github.resilience4j.cache.event.CacheOnMissEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Resilience4j looks with get, and computes what is missing in an entry processor that is no more serializable than its supplier. */
final class Resilience4jTest {
    @RegisterExtension
    final ClientCaches caches = new ClientCaches();

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void decorateSupplier_sameKeyTwice_computesOnce() {
        Function<String, String> greeting = Cache.decorateSupplier(greetings(), this::greet);

        assertThat(greeting.apply("key")).isEqualTo("hello 1");
        assertThat(greeting.apply("key")).isEqualTo("hello 1");
        assertThat(greeting.apply("other")).isEqualTo("hello 2");
        assertThat(calls).hasValue(2);
    }

    @Test
    void decorateCheckedSupplier_sameKeyTwice_computesOnce() throws Throwable {
        var greeting = Cache.decorateCheckedSupplier(greetings(), this::greet);

        assertThat(greeting.apply("key")).isEqualTo("hello 1");
        assertThat(greeting.apply("key")).isEqualTo("hello 1");
    }

    @Test
    void decorateCallable_valueInTheCacheAlready_isNotCalled() throws Throwable {
        javax.cache.Cache<String, String> cache = caches.create("greetings");
        cache.put("key", "cached");

        var greeting = Cache.decorateCallable(Cache.of(cache), this::greet);

        assertThat(greeting.apply("key")).isEqualTo("cached");
        assertThat(calls).hasValue(0);
    }

    @Test
    void decorateSupplier_eightThreadsMissOneKey_computeOnce() {
        Function<String, String> greeting = Cache.decorateSupplier(greetings(), this::greet);

        Threads.sum(8, thread -> {
            assertThat(greeting.apply("key")).isEqualTo("hello 1");
            return 0;
        });

        assertThat(calls).hasValue(1);
    }

    @Test
    void events_missThenHit_areHeardInThatOrder() {
        var events = new CopyOnWriteArrayList<CacheEvent>();
        var cache = greetings();
        cache.getEventPublisher().onEvent(events::add);
        var greeting = Cache.decorateSupplier(cache, this::greet);

        greeting.apply("key");
        greeting.apply("key");

        assertThat(events)
                .extracting(CacheEvent::getEventType)
                .containsExactly(CacheEvent.Type.CACHE_MISS, CacheEvent.Type.CACHE_HIT);
        assertThat(events).extracting(CacheEvent::getCacheName).containsOnly("greetings");
        assertThat(((CacheOnMissEvent<?>) events.get(0)).getCacheKey()).isEqualTo("key");
        assertThat(((CacheOnHitEvent<?>) events.get(1)).getCacheKey()).isEqualTo("key");
    }

    @Test
    void metrics_twoMissesAndAHit_areCounted() {
        var cache = greetings();
        var greeting = Cache.decorateSupplier(cache, this::greet);

        List.of("one", "one", "other").forEach(greeting::apply);

        assertThat(cache.getMetrics().getNumberOfCacheMisses()).isEqualTo(2);
        assertThat(cache.getMetrics().getNumberOfCacheHits()).isEqualTo(1);
    }

    /** A cache that is gone must not take the service with it: the supplier is called every time. */
    @Test
    void decorateSupplier_closedCache_callsTheSupplierAndTellsTheErrors() {
        javax.cache.Cache<String, String> closed = caches.create("greetings");
        var cache = Cache.of(closed);
        var errors = new CopyOnWriteArrayList<CacheOnErrorEvent>();
        cache.getEventPublisher().onError(errors::add);
        var greeting = Cache.decorateSupplier(cache, this::greet);
        closed.close();

        assertThat(greeting.apply("key")).isEqualTo("hello 1");
        assertThat(greeting.apply("key")).isEqualTo("hello 2");
        assertThat(errors)
                .extracting(CacheOnErrorEvent::getThrowable)
                .hasSize(4)
                .allSatisfy(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Cache \"greetings\" is closed"));
    }

    /** Resilience4j takes a failure of the supplier for one of the cache, and calls it again outside. */
    @Test
    void decorateSupplier_supplierFails_failureReachesTheCallerAndNothingIsCached() {
        javax.cache.Cache<String, String> store = caches.create("greetings");
        Function<String, String> greeting = Cache.decorateSupplier(Cache.of(store), () -> {
            calls.incrementAndGet();
            throw new IllegalStateException("no greeting today");
        });

        assertThatThrownBy(() -> greeting.apply("key")).hasRootCauseMessage("no greeting today");

        assertThat(store.containsKey("key")).isFalse();
        assertThat(calls).hasValue(2);
    }

    /** Values are stored by value: one that is not serializable is returned, never kept, and told as an error. */
    @Test
    void decorateSupplier_valueIsNotSerializable_isComputedEachTimeAndTold() {
        Cache<String, Object> cache = Cache.of(caches.create("things"));
        var errors = new CopyOnWriteArrayList<CacheOnErrorEvent>();
        cache.getEventPublisher().onError(errors::add);
        Function<String, Object> thing = Cache.decorateSupplier(cache, Object::new);

        assertThat(thing.apply("key")).isNotSameAs(thing.apply("key"));

        assertThat(errors).hasSize(2);
        assertThat(errors.get(0).getThrowable())
                .isInstanceOf(CacheException.class)
                .hasStackTraceContaining("does not implement java.io.Serializable");
    }

    /** The store of Resilience4j's registries keeps CircuitBreakers and the like, which only works by reference. */
    @Test
    void registryStore_byReference_keepsTheInstancesAndComputesOnce() {
        var store = new CacheRegistryStore<>(caches.manager()
                .createCache("registry", new MutableConfiguration<String, Object>().setStoreByValue(false)));
        var breaker = new Object();

        assertThat(store.computeIfAbsent("backend", name -> breaker)).isSameAs(breaker);
        assertThat(store.computeIfAbsent("backend", name -> new Object())).isSameAs(breaker);

        assertThat(store.values()).containsExactly(breaker);
        assertThat(store.find("backend")).containsSame(breaker);
        assertThat(store.replace("backend", "another")).containsSame(breaker);
        assertThat(store.remove("backend")).contains("another");
        assertThat(store.find("backend")).isEmpty();
    }

    private Cache<String, String> greetings() {
        return Cache.of(caches.create("greetings"));
    }

    private String greet() {
        return "hello " + calls.incrementAndGet();
    }
}
