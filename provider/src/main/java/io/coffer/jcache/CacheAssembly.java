package io.coffer.jcache;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElseGet;

import io.coffer.CofferConfiguration;
import io.coffer.codec.JavaCodec;
import io.coffer.common.Millis;
import io.coffer.event.Listeners;
import io.coffer.expiry.ExpiryTimes;
import io.coffer.expiry.Jitter;
import io.coffer.integration.ReadThrough;
import io.coffer.integration.WriteThrough;
import io.coffer.management.CacheStatistics;
import io.coffer.management.MBeans;
import io.coffer.operation.BulkLoading;
import io.coffer.operation.BulkOperations;
import io.coffer.operation.EntryReader;
import io.coffer.operation.Invocations;
import io.coffer.operation.OperationRunner;
import io.coffer.operation.Recall;
import io.coffer.operation.RefreshAhead;
import io.coffer.operation.SideTable;
import io.coffer.operation.StoreReader;
import io.coffer.operation.StoredExpiry;
import io.coffer.operation.ValueSource;
import io.coffer.spi.Codec;
import io.coffer.spi.EntryStore;
import io.coffer.tier.ByReference;
import io.coffer.tier.ByValue;
import io.coffer.tier.Encoding;
import io.coffer.tier.EntryTable;
import io.coffer.tier.ImmutableTypes;
import io.coffer.tier.Limits;
import io.coffer.tier.Sealed;
import io.coffer.tier.StoreTier;
import io.coffer.tier.StoredForm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** The only place where the layers of a cache are put together. */
final class CacheAssembly<K, V> {
    private final Cache<K, V> cache;
    private final CofferConfiguration<K, V> configuration;
    private final Environment environment;
    private final UserParts userParts;
    private final Encoding<K> keys;
    private final Encoding<V> values;
    private final StoredForm<V> valueForm;

    private CacheAssembly(
            Cache<K, V> cache,
            CofferConfiguration<K, V> configuration,
            Environment environment,
            UserParts userParts,
            @Nullable EntryStore opened) {
        this.cache = cache;
        this.configuration = configuration;
        this.environment = environment;
        this.userParts = userParts;
        boolean isTrusted = Stores.isTrusted(configuration, opened);
        this.keys = encoding("key", configuration.getKeyCodec(), configuration.getKeyType(), isTrusted, Codec::forKeys);
        this.values =
                encoding("value", configuration.getCodec(), configuration.getValueType(), isTrusted, codec -> codec);
        var seal = Stores.seal(configuration);
        this.valueForm = seal == null ? form(values) : new Sealed<>(values, seal);
    }

    /** Makes the layers; if the store does not open, or a factory of the user fails, what was made before is closed again. */
    static <K, V> CacheParts<K, V> assemble(
            Cache<K, V> cache, CofferConfiguration<K, V> configuration, Environment environment) {
        var store = Stores.open(cache.getName(), configuration, environment);
        var userParts = new UserParts(cache.getName(), environment.context());
        try {
            return new CacheAssembly<>(cache, configuration, environment, userParts, store).connect(store);
        } catch (RuntimeException | Error e) {
            userParts.close();
            if (store != null) {
                store.close();
            }
            throw e;
        }
    }

    private CacheParts<K, V> connect(@Nullable EntryStore opened) {
        var clock = opened == null ? environment.clock() : opened.clock();
        var jitter = new Jitter(configuration.getExpiryJitter(), cache.getName());
        var expiry = new ExpiryTimes(cache.getName(), expiryPolicy(), jitter, clock);
        var loader = new ReadThrough<>(cache.getName(), loader(), configuration.isReadThrough());
        var writer = new WriteThrough<>(cache.getName(), writer());
        var statistics = new CacheStatistics(configuration.isStatisticsEnabled());
        var store = opened == null ? null : tier(opened, statistics);
        var limits = configuration.getStore() == null ? limits() : Stores.bounded(limits());
        var entries =
                new EntryTable<>(cache.getName(), form(keys), valueForm, limits, clock, environment.waits(), store);
        var recall = recall(limits, clock);
        var source = new ValueSource<>(loader, entries, statistics, clock, recall);
        var listeners = new Listeners<>(cache, entries::copyOf, environment.waits(), environment.background());
        userParts.add(listeners);
        environment
                .context()
                .run(() -> configuration.getCacheEntryListenerConfigurations().forEach(listeners::add));
        var runner = new OperationRunner<>(entries, expiry, source, writer, listeners, statistics, clock);
        var storedExpiry = storedExpiry(store, source, runner, listeners);
        var loads = new BackgroundLoads(cache.getName(), environment.background());
        var refreshAhead = refreshAhead(entries, source, runner, statistics, clock, loads);
        var below = store == null ? null : new StoreReader<>(entries, store, expiry, source, runner, refreshAhead);
        var reader = new EntryReader<>(entries, expiry, source, statistics, runner, refreshAhead, below);
        var loading = new BulkLoading<>(runner, reader, entries, source, listeners);
        return new CacheParts<>(
                entries,
                reader,
                runner,
                storedExpiry,
                new BulkOperations<>(runner, reader, entries, source, loading, writer, listeners, statistics),
                loading,
                new Invocations<>(runner, source),
                listeners,
                statistics,
                new MBeans(environment.managerUri().toString(), cache.getName()),
                loads,
                recall,
                userParts,
                clock,
                expiry.isEverFinite()
                        || recall != null
                        || (store != null && store.size() > 0)); // who knows what policy its deadlines came from
    }

    private StoreTier<K, V> tier(EntryStore opened, CacheStatistics statistics) {
        var failures = Stores.failures(cache.getName(), requireNonNull(configuration.getStore()), statistics);
        return new StoreTier<>(opened, keys, values, valueForm, failures);
    }

    private @Nullable StoredExpiry<K, V> storedExpiry(
            @Nullable StoreTier<K, V> store,
            ValueSource<K, V> source,
            OperationRunner<K, V> runner,
            Listeners<K, V> listeners) {
        if (store == null) {
            return null;
        }
        var made = new StoredExpiry<>(store, source, runner, listeners);
        made.attend(); // the store is open already
        return made;
    }

    private @Nullable Recall<K, V> recall(Limits<K, V> limits, InstantSource clock) {
        var expired = sideTable(configuration.getStaleIfError(), valueForm, limits, clock);
        var absent =
                sideTable(configuration.getNegativeCaching(), new ByReference<Boolean>(), limits.ofAbsences(), clock);
        return expired == null && absent == null ? null : new Recall<>(expired, absent, clock);
    }

    private <T> @Nullable SideTable<K, T> sideTable(
            @Nullable Duration kept, StoredForm<T> form, Limits<K, T> limits, InstantSource clock) {
        return kept == null
                ? null
                : new SideTable<>(
                        new EntryTable<>(cache.getName(), form(keys), form, limits, clock, environment.waits()),
                        Millis.of(kept),
                        clock);
    }

    private @Nullable RefreshAhead<K, V> refreshAhead(
            EntryTable<K, V> entries,
            ValueSource<K, V> source,
            OperationRunner<K, V> runner,
            CacheStatistics statistics,
            InstantSource clock,
            BackgroundLoads loads) {
        var ahead = configuration.getRefreshAhead();
        return ahead == null
                ? null
                : new RefreshAhead<>(entries, source, runner, statistics, clock, Millis.of(ahead), loads::tryStart);
    }

    private ExpiryPolicy expiryPolicy() {
        ExpiryPolicy made = userParts.make("ExpiryPolicy", configuration.getExpiryPolicyFactory());
        return requireNonNullElseGet(made, EternalExpiryPolicy::new);
    }

    private @Nullable CacheLoader<K, V> loader() {
        return userParts.make("CacheLoader", configuration.getCacheLoaderFactory());
    }

    /** A writer that is not to be called is not made. A writer of a supertype takes our entries as well. */
    @SuppressWarnings("unchecked")
    private @Nullable CacheWriter<K, V> writer() {
        return configuration.isWriteThrough()
                ? (CacheWriter<K, V>) userParts.make("CacheWriter", configuration.getCacheWriterFactory())
                : null;
    }

    private <T> Encoding<T> encoding(
            String role,
            @Nullable Codec<T> configured,
            Class<T> type,
            boolean isTrusted,
            UnaryOperator<Codec<T>> ofStore) {
        var store = configuration.getStore();
        var codec = store == null
                ? requireNonNullElseGet(configured, JavaCodec<T>::new)
                : ofStore.apply(Stores.codec(store, configured, type, isTrusted));
        return new Encoding<>(
                "Cache \"" + cache.getName() + "\", " + role,
                codec,
                environment.context().loader());
    }

    /** What has a store is weighed by what is written there; without one, sizes must be known if bytes are bounded. */
    private <T> StoredForm<T> form(Encoding<T> encoding) {
        if (!configuration.isStoreByValue()) {
            return new ByReference<>();
        }
        boolean needsSizes = configuration.getMaxBytes() > 0
                && configuration.getWeigher() == null
                && configuration.getStore() == null;
        return new ByValue<>(encoding, needsSizes ? ImmutableTypes.ofKnownSize() : ImmutableTypes.all());
    }

    private Limits<K, V> limits() {
        return new Limits<>(
                limit(configuration.getMaxEntries()), limit(configuration.getMaxBytes()), configuration.getWeigher());
    }

    private static long limit(long configured) {
        return configured == 0 ? Limits.NONE : configured;
    }
}
