package io.coffer;

import static java.util.Objects.requireNonNull;

import io.coffer.spi.Durability;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.Recovery;
import io.coffer.spi.Storage;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * How a cache is kept on disk: given to {@link CofferConfiguration#setStore}, which takes a copy. A setter checks at once and returns
 * this. Where the files lie is the manager's affair ({@code directory} in {@code coffer.json}).
 *
 * <pre>{@code
 * configuration.setStore(StoreConfiguration.log().setDurability(Durability.ALWAYS).setAllow("com.acme.**"));
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class StoreConfiguration implements Serializable {
    /** The greatest value of {@code maxRecordBytes}: 128 MiB. */
    public static final int RECORD_BYTES_MAX = 128 << 20; // the log's segments have twice that

    /** The least bound of {@code maxDiskBytes}: 1 MiB. */
    public static final long DISK_BYTES_MIN = 1 << 20;

    private static final long serialVersionUID = 1L;

    /** What happens when somebody else has the cache's folder open. */
    public enum OnLocked {
        /** The cache is not made; the exception names who has it, and since when. */
        FAIL,
        /** The cache lives in memory only until it is closed, with one warning in the log. */
        MEMORY
    }

    /** What happens when a stored object cannot be read back, since its class has changed. */
    public enum OnUndecodable {
        /** The entry is removed and counted; it is a miss. */
        REMOVE,
        /** An exception; the entry stays. */
        THROW
    }

    /** What happens when there is no room left on disk: {@code maxDiskBytes} is reached, or {@code minFreeDiskBytes}. */
    public enum OnFull {
        /** The oldest entries that were not used lately leave the disk. */
        EVICT,
        /** A write that finds no room fails, as on a full disk. */
        REJECT
    }

    private final @Nullable Factory<? extends Storage> storage;
    private @Nullable EncryptionConfiguration encryption;
    private Durability durability = Durability.INTERVAL;
    private Duration syncInterval = Duration.ofSeconds(1);
    private boolean strict;
    private OnLocked onLocked = OnLocked.FAIL;
    private Recovery recovery = Recovery.POINT_IN_TIME;
    private OnUndecodable onUndecodable = OnUndecodable.REMOVE;

    @SuppressWarnings("serial") // the lists of List.copyOf are Serializable
    private List<String> allow = List.of();

    private int maxRecordBytes = 64 << 20;
    private long maxDiskBytes;
    private long minFreeDiskBytes;
    private OnFull onFull = OnFull.EVICT;

    private StoreConfiguration(@Nullable Factory<? extends Storage> storage) {
        this.storage = storage;
    }

    /** Makes a copy. */
    public StoreConfiguration(StoreConfiguration other) {
        this.storage = other.storage;
        this.encryption = other.getEncryption();
        this.durability = other.durability;
        this.syncInterval = other.syncInterval;
        this.strict = other.strict;
        this.onLocked = other.onLocked;
        this.recovery = other.recovery;
        this.onUndecodable = other.onUndecodable;
        this.allow = other.allow;
        this.maxRecordBytes = other.maxRecordBytes;
        this.maxDiskBytes = other.maxDiskBytes;
        this.minFreeDiskBytes = other.minFreeDiskBytes;
        this.onFull = other.onFull;
    }

    /** Returns the default configuration of the log store, {@code "store": "log"} in a file. */
    public static StoreConfiguration log() {
        return new StoreConfiguration((Factory<? extends Storage>) null);
    }

    /** Returns the default configuration of an encrypted log store, {@code "store": "encrypted"}, with the outer key. */
    public static StoreConfiguration encrypted(KeyProvider keys) {
        return log().setEncryption(new EncryptionConfiguration().setKeys(keys));
    }

    /** Returns the default configuration of a store of your own, which the factory makes. */
    public static StoreConfiguration of(Factory<? extends Storage> storage) {
        return new StoreConfiguration(requireNonNull(storage, "storage == null"));
    }

    /** Returns what makes the storage, or null for the log store. */
    public @Nullable Factory<? extends Storage> getStorage() {
        return storage;
    }

    /** Returns a copy of how the log store encrypts, or null if it does not. */
    public @Nullable EncryptionConfiguration getEncryption() {
        return encryption == null ? null : new EncryptionConfiguration(encryption);
    }

    /** Makes the log store encrypt all it writes, or not, by null, which is the default. A store of your own is refused with it. */
    public StoreConfiguration setEncryption(@Nullable EncryptionConfiguration encryption) {
        this.encryption = encryption == null ? null : new EncryptionConfiguration(encryption);
        return this;
    }

    /** Returns when written entries are synced. */
    public Durability getDurability() {
        return durability;
    }

    /** Sets when written entries are synced, so that they survive a power failure; {@link Durability#INTERVAL} by default. */
    public StoreConfiguration setDurability(Durability durability) {
        this.durability = requireNonNull(durability, "durability == null");
        return this;
    }

    /** Returns how often written entries are synced. */
    public Duration getSyncInterval() {
        return syncInterval;
    }

    /**
     * Sets how often written entries are synced: what a power failure may cost. Only for {@link Durability#INTERVAL}.
     *
     * @param interval a millisecond or more; a second by default
     * @throws IllegalArgumentException if it is shorter
     */
    public StoreConfiguration setSyncInterval(Duration interval) {
        this.syncInterval = SettingChecks.milliseconds("syncInterval", requireNonNull(interval, "interval == null"));
        return this;
    }

    /** Returns whether a failing disk or a damaged entry shows as an exception. */
    public boolean isStrict() {
        return strict;
    }

    /**
     * Sets what a failing or full disk, or a damaged entry, does to operations.
     *
     * @param strict true for a {@link io.coffer.spi.StoreException}; false, the default, for misses, counters and a line in the
     *     log, where an entry that could not be written is absent and never has its old value
     */
    public StoreConfiguration setStrict(boolean strict) {
        this.strict = strict;
        return this;
    }

    /** Returns what happens when somebody else has the cache's folder open. */
    public OnLocked getOnLocked() {
        return onLocked;
    }

    /** Sets what happens when somebody else has the cache's folder open; {@link OnLocked#FAIL} by default. */
    public StoreConfiguration setOnLocked(OnLocked onLocked) {
        this.onLocked = requireNonNull(onLocked, "onLocked == null");
        return this;
    }

    /** Returns what opening does about missing or damaged files. */
    public Recovery getRecovery() {
        return recovery;
    }

    /** Sets what opening does about missing or damaged files; {@link Recovery#POINT_IN_TIME} by default. */
    public StoreConfiguration setRecovery(Recovery recovery) {
        this.recovery = requireNonNull(recovery, "recovery == null");
        return this;
    }

    /** Returns what happens when a stored object cannot be read back. */
    public OnUndecodable getOnUndecodable() {
        return onUndecodable;
    }

    /** Sets what happens when a stored object cannot be read back; {@link OnUndecodable#REMOVE} by default. */
    public StoreConfiguration setOnUndecodable(OnUndecodable onUndecodable) {
        this.onUndecodable = requireNonNull(onUndecodable, "onUndecodable == null");
        return this;
    }

    /** Returns the classes that Java serialization may read from the store besides those it may always; cannot be changed. */
    public List<String> getAllow() {
        return allow;
    }

    /**
     * Sets which classes Java serialization may read from the store, besides the JDK's value types and the declared types of key
     * and value. Storing an object of another class fails.
     *
     * @param patterns names of classes; {@code com.acme.*} for a package, {@code com.acme.**} for the packages below it, too; in an
     *     encrypted store none, the default, for all classes
     * @throws IllegalArgumentException if one is written otherwise
     */
    public StoreConfiguration setAllow(String... patterns) {
        return setAllow(List.of(patterns));
    }

    /** Sets the same as {@link #setAllow(String...)}. */
    public StoreConfiguration setAllow(List<String> patterns) {
        var checked = List.copyOf(patterns);
        checked.forEach(SettingChecks::classPattern);
        this.allow = checked;
        return this;
    }

    /** Returns how many bytes a key and its value may take together. */
    public int getMaxRecordBytes() {
        return maxRecordBytes;
    }

    /**
     * Sets how many bytes a key and its value may take together; what is larger is not stored.
     *
     * @param bytes 1 to 128 MiB; 64 MiB by default
     * @throws IllegalArgumentException if it is less or more
     */
    public StoreConfiguration setMaxRecordBytes(int bytes) {
        this.maxRecordBytes = SettingChecks.between("maxRecordBytes", 1, bytes, RECORD_BYTES_MAX);
        return this;
    }

    /** Returns how many bytes all files of the cache may take; 0 for any number. */
    public long getMaxDiskBytes() {
        return maxDiskBytes;
    }

    /**
     * Bounds the bytes that all files of the cache take, at every moment; {@link #setOnFull} says what happens then. A
     * {@code maxRecordBytes} that was set must fit in eight times; one left at its default is lowered as far as need be.
     *
     * @param bytes 1 MiB or more, or 0 for no bound, which is the default
     * @throws IllegalArgumentException if it is something between
     */
    public StoreConfiguration setMaxDiskBytes(long bytes) {
        this.maxDiskBytes = SettingChecks.noneOrFrom("maxDiskBytes", DISK_BYTES_MIN, bytes);
        return this;
    }

    /** Returns how many bytes of the file system have to stay free; 0 for none. */
    public long getMinFreeDiskBytes() {
        return minFreeDiskBytes;
    }

    /** Sets how many bytes of the file system have to stay free: with less, the disk counts as full; 0, the default, for none. */
    public StoreConfiguration setMinFreeDiskBytes(long bytes) {
        this.minFreeDiskBytes = SettingChecks.notNegative("minFreeDiskBytes", bytes);
        return this;
    }

    /** Returns what happens when there is no room left on disk. */
    public OnFull getOnFull() {
        return onFull;
    }

    /** Sets what happens when there is no room left on disk; {@link OnFull#EVICT} by default. Another one needs a bound. */
    public StoreConfiguration setOnFull(OnFull onFull) {
        this.onFull = requireNonNull(onFull, "onFull == null");
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreConfiguration that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return Objects.hash(all());
    }

    private List<@Nullable Object> all() {
        var bounds = List.of(maxRecordBytes, maxDiskBytes, minFreeDiskBytes, onFull);
        var reactions = List.of(strict, onLocked, recovery, onUndecodable);
        return Arrays.asList(storage, encryption, durability, syncInterval, allow, bounds, reactions);
    }
}
