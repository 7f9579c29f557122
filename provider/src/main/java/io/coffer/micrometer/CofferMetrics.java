package io.coffer.micrometer;

import io.coffer.CacheCounters;
import io.coffer.CofferCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.List;
import java.util.function.ToLongFunction;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one cache: those of Micrometer's {@code JCacheMetrics}, and what JMX does not show.
 *
 * <p>Unlike {@code JCacheMetrics} it reads the cache itself, not its MBean. So the cache may have any name, and it need not be
 * shown in JMX. {@code cache.gets}, {@code cache.puts} and {@code cache.evictions} are counted only while statistics are enabled,
 * as JSR-107 has it; {@code cache.size} and all that begins with {@code coffer.} always.
 *
 * <pre>{@code
 * new CofferMetrics<>(manager.getCache("books")).bindTo(registry);
 * }</pre>
 *
 * <p>The cache is held weakly. Safe for use by several threads.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class CofferMetrics<K, V> extends CacheMeterBinder<CofferCache<K, V>> {
    private final Iterable<Tag> tags;

    /**
     * Makes the meters of a cache.
     *
     * @param cache a cache of Coffer
     * @throws IllegalArgumentException if it is another provider's
     */
    public CofferMetrics(Cache<K, V> cache) {
        this(cache, List.of());
    }

    /**
     * Makes the meters of a cache.
     *
     * @param cache a cache of Coffer
     * @param tags are added to those of its name
     * @throws IllegalArgumentException if it is another provider's
     */
    @SuppressWarnings("unchecked") // the same cache, so the same types
    public CofferMetrics(Cache<K, V> cache, Iterable<Tag> tags) {
        super(cache.unwrap(CofferCache.class), cache.getName(), tags);
        this.tags = Tags.concat(tags, "cache", cache.getName());
    }

    private long count(ToLongFunction<CacheCounters> counter) {
        var cache = getCache();
        return cache == null || cache.isClosed() ? 0 : counter.applyAsLong(cache.counters());
    }

    @Override
    protected @Nullable Long size() {
        return count(CacheCounters::entries);
    }

    @Override
    protected long hitCount() {
        return count(CacheCounters::hits);
    }

    @Override
    protected @Nullable Long missCount() {
        return count(CacheCounters::misses);
    }

    @Override
    protected @Nullable Long evictionCount() {
        return count(CacheCounters::evictions);
    }

    @Override
    protected long putCount() {
        return count(CacheCounters::puts);
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        counter(registry, "cache.removals", "Entries removed by the cache's user", CacheCounters::removals);
        counter(registry, "coffer.expirations", "Entries that have expired", CacheCounters::expirations);
        counter(registry, "coffer.loads", "Calls of the CacheLoader", CacheCounters::loads);
        counter(registry, "coffer.load.failures", "Calls of the CacheLoader that failed", CacheCounters::loadFailures);
        counter(registry, "coffer.refreshes", "Entries replaced ahead of their deadline", CacheCounters::refreshes);
        counter(registry, "coffer.stale", "Values served after their deadline", CacheCounters::staleServed);
        counter(
                registry,
                "coffer.absences",
                "Lookups that did not ask the loader again",
                CacheCounters::absencesServed);
        counter(
                registry,
                "coffer.store.reads",
                "Values read from disk",
                counters -> counters.store().reads());
        counter(
                registry,
                "coffer.store.read.failures",
                "Values that could not be read from disk",
                counters -> counters.store().readFailures());
        counter(
                registry,
                "coffer.store.write.failures",
                "Values that could not be written to disk",
                counters -> counters.store().writeFailures());
        counter(
                registry,
                "coffer.undecodable",
                "Entries whose class has changed",
                counters -> counters.store().undecodable());
        counter(
                registry,
                "coffer.memory.drops",
                "Values that memory has let go of, while the disk keeps them",
                counters -> counters.store().memoryDrops());
        counter(
                registry,
                "coffer.disk.evictions",
                "Entries that have left the disk for want of room there",
                counters -> counters.store().diskEvictions());
        counter(
                registry,
                "coffer.store.tampered",
                "Encrypted entries that somebody has changed on disk who does not have the key",
                counters -> counters.store().tampered());
        if (count(CacheCounters::bytes) >= 0) { // bounded by bytes: else nobody weighs
            bytes(registry);
        }
    }

    private void bytes(MeterRegistry registry) {
        Gauge.builder("coffer.bytes", this, self -> self.count(CacheCounters::bytes))
                .tags(tags)
                .description("The weight of all entries of a cache that is bounded by bytes")
                .baseUnit("bytes")
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, String description, ToLongFunction<CacheCounters> counter) {
        FunctionCounter.builder(name, this, self -> self.count(counter))
                .tags(tags)
                .description(description)
                .register(registry);
    }
}
