package io.coffer;

import io.coffer.spi.Codec;
import io.coffer.spi.Weigher;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * The standard configuration of a cache, and what Coffer has beyond it. A setter checks at once: it throws
 * IllegalArgumentException, saying what would be right, or returns this.
 *
 * <pre>{@code
 * var sessions = new CofferConfiguration<String, Session>()
 *         .setTypes(String.class, Session.class)
 *         .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.THIRTY_MINUTES))
 *         .setMaxEntries(10_000);
 * }</pre>
 *
 * <p>Not safe for use by several threads; {@code createCache} takes a copy.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
@SuppressWarnings("serial") // MutableConfiguration is Serializable; ours is so if its codecs and weigher are
public final class CofferConfiguration<K, V> extends MutableConfiguration<K, V> {
    private static final long serialVersionUID = 1L;

    private @Nullable Codec<K> keyCodec;
    private @Nullable Codec<V> codec;
    private long maxEntries;
    private long maxBytes;
    private @Nullable Weigher<K, V> weigher;
    private double expiryJitter;
    private @Nullable Duration refreshAhead;
    private @Nullable Duration staleIfError;
    private @Nullable Duration negativeCaching;
    private @Nullable StoreConfiguration store;

    /** Makes the default configuration: any types, by value, eternal, unbounded. */
    public CofferConfiguration() {}

    /** Makes a copy; of another kind of configuration, of all that the standard knows. */
    public CofferConfiguration(CompleteConfiguration<K, V> configuration) {
        super(configuration);
        if (configuration instanceof CofferConfiguration<K, V> coffer) {
            this.keyCodec = coffer.keyCodec;
            this.codec = coffer.codec;
            this.maxEntries = coffer.maxEntries;
            this.maxBytes = coffer.maxBytes;
            this.weigher = coffer.weigher;
            this.expiryJitter = coffer.expiryJitter;
            this.refreshAhead = coffer.refreshAhead;
            this.staleIfError = coffer.staleIfError;
            this.negativeCaching = coffer.negativeCaching;
            this.store = coffer.getStore();
        }
    }

    /** Returns what turns keys into bytes, or null for Java serialization. */
    public @Nullable Codec<K> getKeyCodec() {
        return keyCodec;
    }

    /** Sets what turns keys into bytes; used for keys on disk, and for those in memory by value whose type is not immutable. */
    public CofferConfiguration<K, V> setKeyCodec(@Nullable Codec<K> keyCodec) {
        this.keyCodec = keyCodec;
        return this;
    }

    /** Returns what turns values into bytes, or null for Java serialization. */
    public @Nullable Codec<V> getCodec() {
        return codec;
    }

    /** Sets what turns values into bytes; used for values on disk, and for those in memory by value whose type is not immutable. */
    public CofferConfiguration<K, V> setCodec(@Nullable Codec<V> codec) {
        this.codec = codec;
        return this;
    }

    /** Returns how many entries the cache may hold in memory; 0 for any number. */
    public long getMaxEntries() {
        return maxEntries;
    }

    /**
     * Bounds the number of entries in memory; the least useful are evicted.
     *
     * @param maxEntries the number, or 0 for no bound, which is the default
     */
    public CofferConfiguration<K, V> setMaxEntries(long maxEntries) {
        this.maxEntries = SettingChecks.notNegative("maxEntries", maxEntries);
        return this;
    }

    /** Returns how many bytes the entries may take in memory; 0 for any number. */
    public long getMaxBytes() {
        return maxBytes;
    }

    /**
     * Bounds the bytes that entries take in memory; the least useful are evicted.
     *
     * <p>Without a weigher, an entry counts with the encoded size of its key and value (an estimate for Strings, numbers and
     * arrays, which are not encoded) and 160 bytes for its place in the table.
     *
     * @param maxBytes the number of bytes, or 0 for no bound, which is the default
     */
    public CofferConfiguration<K, V> setMaxBytes(long maxBytes) {
        this.maxBytes = SettingChecks.notNegative("maxBytes", maxBytes);
        return this;
    }

    /** Returns what tells the weight of an entry, or null for its encoded size. */
    public @Nullable Weigher<K, V> getWeigher() {
        return weigher;
    }

    /** Sets what tells the weight of an entry for {@code maxBytes}; needed for entries by reference, refused with a store. */
    public CofferConfiguration<K, V> setWeigher(@Nullable Weigher<K, V> weigher) {
        this.weigher = weigher;
        return this;
    }

    /** Returns the greatest share of a time to live that is taken off; 0 for none. */
    public double getExpiryJitter() {
        return expiryJitter;
    }

    /**
     * Lets each key's time to live, as the expiry policy says it, be shorter by a share that depends on the key alone, so that
     * what was made at one moment does not expire at one moment.
     *
     * @param fraction the greatest share, 0.1 for a tenth; 0, the default, for none
     */
    public CofferConfiguration<K, V> setExpiryJitter(double fraction) {
        this.expiryJitter = SettingChecks.share("expiryJitter", fraction);
        return this;
    }

    /** Returns how long before its deadline an entry is reloaded, or null. */
    public @Nullable Duration getRefreshAhead() {
        return refreshAhead;
    }

    /**
     * Reloads an entry in the background when {@code get} or {@code getAll} meets it with less than this time left. Until the
     * loader has answered, the value there is serves. Needs read-through.
     *
     * @param ahead the time, or null, the default, for no such reload
     */
    public CofferConfiguration<K, V> setRefreshAhead(@Nullable Duration ahead) {
        this.refreshAhead = SettingChecks.positive("refreshAhead", ahead);
        return this;
    }

    /** Returns for how long after its deadline a value may be served if the loader fails, or null. */
    public @Nullable Duration getStaleIfError() {
        return staleIfError;
    }

    /**
     * Serves what has expired when the loader fails. Such values are kept in memory beside the entries, under the same bounds
     * once more. Needs read-through.
     *
     * @param afterDeadline how long after its deadline a value may be served; null, the default, for never
     */
    public CofferConfiguration<K, V> setStaleIfError(@Nullable Duration afterDeadline) {
        this.staleIfError = SettingChecks.positive("staleIfError", afterDeadline);
        return this;
    }

    /** Returns for how long the loader is not asked again for a key it had nothing for, or null. */
    public @Nullable Duration getNegativeCaching() {
        return negativeCaching;
    }

    /**
     * Remembers for which keys the loader had nothing: they are misses without asking it again. Needs read-through.
     *
     * @param remembered for how long; null, the default, for not at all
     */
    public CofferConfiguration<K, V> setNegativeCaching(@Nullable Duration remembered) {
        this.negativeCaching = SettingChecks.positive("negativeCaching", remembered);
        return this;
    }

    /** Returns a copy of how entries are kept on disk, or null if they live in memory only. */
    public @Nullable StoreConfiguration getStore() {
        return store == null ? null : new StoreConfiguration(store);
    }

    /**
     * Keeps the entries on disk: they survive the end of the process, and eviction from memory leaves them there.
     *
     * @param store how, of which a copy is taken; null, the default, for memory only
     */
    public CofferConfiguration<K, V> setStore(@Nullable StoreConfiguration store) {
        this.store = store == null ? null : new StoreConfiguration(store);
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CofferConfiguration<?, ?> that && super.equals(other) && own().equals(that.own());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), own());
    }

    /** Returns what the standard does not know. */
    private List<@Nullable Object> own() {
        var numbers = List.of(maxEntries, maxBytes, expiryJitter);
        return Arrays.asList(numbers, keyCodec, codec, weigher, refreshAhead, staleIfError, negativeCaching, store);
    }

    // The inherited setters, so that a chain may go on with ours.

    @Override
    public CofferConfiguration<K, V> setTypes(Class<K> keyType, Class<V> valueType) {
        super.setTypes(keyType, valueType);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> addCacheEntryListenerConfiguration(
            CacheEntryListenerConfiguration<K, V> configuration) {
        super.addCacheEntryListenerConfiguration(configuration);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> removeCacheEntryListenerConfiguration(
            CacheEntryListenerConfiguration<K, V> configuration) {
        super.removeCacheEntryListenerConfiguration(configuration);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setCacheLoaderFactory(Factory<? extends CacheLoader<K, V>> factory) {
        super.setCacheLoaderFactory(factory);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setCacheWriterFactory(
            Factory<? extends CacheWriter<? super K, ? super V>> factory) {
        super.setCacheWriterFactory(factory);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setExpiryPolicyFactory(Factory<? extends ExpiryPolicy> factory) {
        super.setExpiryPolicyFactory(factory);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setReadThrough(boolean isReadThrough) {
        super.setReadThrough(isReadThrough);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setWriteThrough(boolean isWriteThrough) {
        super.setWriteThrough(isWriteThrough);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setStoreByValue(boolean isStoreByValue) {
        super.setStoreByValue(isStoreByValue);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setStatisticsEnabled(boolean enabled) {
        super.setStatisticsEnabled(enabled);
        return this;
    }

    @Override
    public CofferConfiguration<K, V> setManagementEnabled(boolean enabled) {
        super.setManagementEnabled(enabled);
        return this;
    }
}
