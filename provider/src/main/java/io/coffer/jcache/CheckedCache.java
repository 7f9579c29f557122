package io.coffer.jcache;

import static java.util.Objects.requireNonNull;

import io.coffer.CacheCounters;
import io.coffer.CofferCache;
import io.coffer.CofferConfiguration;
import io.coffer.common.Unwrap;
import io.coffer.operation.EntryReader;
import io.coffer.operation.Operation;
import io.coffer.operation.OperationRunner;
import io.coffer.operation.Operations;
import io.coffer.operation.Transition;
import io.coffer.spi.StoreKeys;
import io.coffer.tier.Expirable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache as its user sees it: checks what it is given, and hands it on.
 *
 * <p>A closed cache throws IllegalStateException, whatever else is wrong; then null arguments are met by NullPointerException
 * and objects of another class than configured by ClassCastException. Safe for use by several threads.
 */
@SuppressWarnings("NullAway") // JSR-107 returns null for what is absent; the API is not annotated
public final class CheckedCache<K, V> implements CofferCache<K, V> {
    private final CofferCacheManager manager;
    private final String name;
    private final LiveConfiguration<K, V> configuration;
    private final CallerChecks<K, V> check;
    private final CallerDeadlines deadlines;
    private final CacheParts<K, V> parts;
    private final EntryReader<K, V> reader; // as the runner, of the parts: one step less for every call
    private final OperationRunner<K, V> runner;
    private final CacheLife<K, V> life;

    CheckedCache(CofferCacheManager manager, String name, CofferConfiguration<K, V> wanted, Environment environment) {
        this.manager = manager;
        this.name = name;
        this.configuration = new LiveConfiguration<>(name, wanted);
        this.check = new CallerChecks<>(name, wanted);
        this.parts = CacheAssembly.assemble(this, wanted, environment);
        this.deadlines = new CallerDeadlines(parts.clock());
        this.reader = parts.reader();
        this.runner = parts.runner();
        this.life = new CacheLife<>(name, environment, this.configuration, parts);
    }

    /** What happens to the cache rather than in it. */
    CacheLife<K, V> life() {
        return life;
    }

    @Override
    public V get(K key) {
        return reader.get(check.key(key));
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        return parts.bulk().getAll(check.keys(keys));
    }

    @Override
    public boolean containsKey(K key) {
        return reader.contains(check.key(key));
    }

    @Override
    public void loadAll(
            Set<? extends K> keys, boolean replaceExistingValues, @Nullable CompletionListener completionListener) {
        var wanted = new LinkedHashSet<K>();
        check.keys(keys).forEach(key -> wanted.add(parts.entries().copyOf(key)));
        parts.loads().start(() -> parts.loading().loadAll(wanted, replaceExistingValues), completionListener);
    }

    @Override
    public void put(K key, V value) {
        run(check.key(key), Operations.put(value(value)));
    }

    @Override
    public void put(K key, V value, Duration timeToLive) {
        run(check.key(key), Operations.put(timed(value(value), deadlines.after(timeToLive))));
    }

    @Override
    public void put(K key, V value, Instant expiresAt) {
        run(check.key(key), Operations.put(timed(value(value), deadlines.at(expiresAt))));
    }

    @Override
    public boolean putIfAbsent(K key, V value, Duration timeToLive) {
        return run(check.key(key), Operations.putIfAbsent(timed(value(value), deadlines.after(timeToLive))))
                .isPut();
    }

    @Override
    public @Nullable Instant expiresAt(K key) {
        var live = reader.peek(check.key(key));
        return live == null ? null : CallerDeadlines.instant(live.expiresAtMillis());
    }

    @Override
    public boolean expireAt(K key, Instant expiresAt) {
        var checked = check.key(key);
        long deadline = deadlines.at(expiresAt);
        sweepFor(deadline);
        return run(checked, Operations.<V>retiming(deadline)).result();
    }

    @Override
    public CacheCounters counters() {
        check.open();
        return parts.counters();
    }

    @Override
    public StoreKeys encryptionKeys() {
        check.open();
        return parts.encryptionKeys();
    }

    @Override
    public V getAndPut(K key, V value) {
        return run(check.key(key), Operations.getAndPut(value(value))).result();
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        check.open();
        var values = new HashMap<K, Expirable<V>>();
        requireNonNull(map, "map == null").forEach((key, value) -> values.put(check.key(key), value(value)));
        parts.bulk().putAll(values);
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        return run(check.key(key), Operations.putIfAbsent(value(value))).isPut();
    }

    @Override
    public boolean remove(K key) {
        return run(check.key(key), Operations.<V>removal()).result();
    }

    @Override
    public boolean remove(K key, V oldValue) {
        return run(check.key(key), Operations.removal(check.value(oldValue, "oldValue")))
                .result();
    }

    @Override
    public V getAndRemove(K key) {
        return run(check.key(key), Operations.<V>getAndRemove()).result();
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        return run(check.key(key), Operations.replace(check.value(oldValue, "oldValue"), value(newValue)))
                .result();
    }

    @Override
    public boolean replace(K key, V value) {
        return run(check.key(key), Operations.replace(value(value))).result();
    }

    @Override
    public V getAndReplace(K key, V value) {
        return run(check.key(key), Operations.getAndReplace(value(value))).result();
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        parts.bulk().removeAll(check.keys(keys));
    }

    @Override
    public void removeAll() {
        check.open();
        parts.bulk().removeAll();
    }

    @Override
    public void clear() {
        check.open();
        parts.bulk().clear();
    }

    @Override
    public <T> T invoke(K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        var checked = check.key(key);
        requireNonNull(entryProcessor, "entryProcessor == null");
        return parts.invocations().invoke(checked, entryProcessor, arguments, this::value);
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        var checked = check.keys(keys);
        requireNonNull(entryProcessor, "entryProcessor == null");
        return parts.invocations().invokeAll(checked, entryProcessor, arguments, this::value);
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
        check.open();
        return new EntryIterator<>(check::open, parts);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public CacheManager getCacheManager() {
        return manager;
    }

    /** Returns a copy of how the cache is configured at the moment. */
    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        return configuration.copyAs(type);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrap.as(type, this, "Cache \"" + name + "\"");
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
        check.open();
        life.register(listener);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
        check.open();
        life.deregister(listener);
    }

    /** Closes the cache; a second call does nothing. */
    @Override
    public void close() {
        check.close(
                manager.isClosed()
                        ? ", with its CacheManager " + manager.getURI() + "; ask the CachingProvider for that again"
                        : "; get it from its CacheManager again, or create it");
        life.end(() -> manager.forget(this));
    }

    @Override
    public boolean isClosed() {
        return check.isClosed();
    }

    @Override
    public String toString() {
        return "CofferCache \"" + name + "\" of " + manager.getURI();
    }

    private <R> Transition<V, R> run(K key, Operation<V, R> operation) {
        return runner.run(key, operation);
    }

    /** Checks the types that a caller of {@code CacheManager.getCache} expects. */
    void checkTypes(Class<?> expectedKeys, Class<?> expectedValues) {
        check.types(expectedKeys, expectedValues);
    }

    private Expirable<V> timed(Expirable<V> value, long deadline) {
        sweepFor(deadline); // it may be the first of its cache
        return value.expiringAt(deadline);
    }

    private void sweepFor(long deadline) {
        if (deadline != Expirable.ETERNAL) {
            life.beginToSweep();
        }
    }

    private Expirable<V> value(V value) {
        return parts.entries().take(check.value(value, "value"));
    }
}
