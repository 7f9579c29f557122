package io.coffer;

import static java.util.Objects.requireNonNull;

import io.coffer.spi.KeyProvider;
import io.coffer.spi.RollbackAnchor;
import java.io.Serializable;
import java.util.Objects;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How an encrypted store encrypts: given to {@link StoreConfiguration#setEncryption}, which takes a copy. A setter returns this.
 *
 * <pre>{@code
 * var encryption = new EncryptionConfiguration()
 *         .setKeys(KeyFile.at(Path.of("/run/secrets/coffer.key")))
 *         .setErase(Erase.EXPIRED);
 * }</pre>
 *
 * <p>Not safe for use by several threads. Serializable if what makes the keys is.
 */
public final class EncryptionConfiguration implements Serializable {
    private static final long serialVersionUID = 1L;

    /** When the keys of entries are destroyed, so that no copy of the files shows them any more. */
    public enum Erase {
        /** When the cache is destroyed. */
        ON_DESTROY,
        /** Also when entries have expired: what expires together has a key of its own. */
        EXPIRED
    }

    /** How memory holds the values of an encrypted cache. */
    public enum Memory {
        /** As that of any cache: who can read the memory of the process, or a dump of it, sees them. */
        PLAIN,
        /** Encrypted by a key of this cache and process, and decrypted for each get. Keys of entries are not. */
        SEALED
    }

    private @Nullable Factory<? extends KeyProvider> keys;
    private Erase erase = Erase.ON_DESTROY;
    private Memory memory = Memory.PLAIN;
    private @Nullable String jcaProvider;
    private @Nullable Factory<? extends RollbackAnchor> anchor;

    /** Makes the default configuration, to which {@link #setKeys keys} must be added. */
    public EncryptionConfiguration() {}

    /** Makes a copy. */
    public EncryptionConfiguration(EncryptionConfiguration other) {
        this.keys = other.keys;
        this.erase = other.erase;
        this.memory = other.memory;
        this.jcaProvider = other.jcaProvider;
        this.anchor = other.anchor;
    }

    /** Returns what makes the holder of the outer key, or null if nobody has said it yet. */
    public @Nullable Factory<? extends KeyProvider> getKeys() {
        return keys;
    }

    /** Sets who holds the outer key: of {@code io.coffer.crypto}, or one of your own. */
    public EncryptionConfiguration setKeys(KeyProvider keys) {
        return setKeys(new FactoryBuilder.SingletonFactory<>(requireNonNull(keys, "keys == null")));
    }

    /**
     * Sets what makes the holder of the outer key, once for all caches of a CacheManager that have an equal factory. If what it makes is
     * Closeable, it is closed with the manager.
     */
    public EncryptionConfiguration setKeys(Factory<? extends KeyProvider> keys) {
        this.keys = requireNonNull(keys, "keys == null");
        return this;
    }

    /** Returns when the keys of entries are destroyed. */
    public Erase getErase() {
        return erase;
    }

    /** Sets when the keys of entries are destroyed; {@link Erase#ON_DESTROY} by default. */
    public EncryptionConfiguration setErase(Erase erase) {
        this.erase = requireNonNull(erase, "erase == null");
        return this;
    }

    /** Returns how memory holds values. */
    public Memory getMemory() {
        return memory;
    }

    /** Sets how memory holds values; {@link Memory#PLAIN} by default. */
    public EncryptionConfiguration setMemory(Memory memory) {
        this.memory = requireNonNull(memory, "memory == null");
        return this;
    }

    /** Returns the name of the provider of cryptography, or null for the first that the JVM finds. */
    public @Nullable String getJcaProvider() {
        return jcaProvider;
    }

    /**
     * Sets the provider of cryptography (JCA) that all algorithms are taken from but Argon2id: AES/GCM/NoPadding and HmacSHA256. If it is
     * missing, the cache is not made.
     *
     * @param name as {@code java.security.Provider.getName} has it; null, the default, for the first that the JVM finds
     */
    public EncryptionConfiguration setJcaProvider(@Nullable String name) {
        this.jcaProvider = name;
        return this;
    }

    /** Returns what makes the one who remembers how far the store has come, or null if nobody does. */
    public @Nullable Factory<? extends RollbackAnchor> getAnchor() {
        return anchor;
    }

    /** Sets who remembers, outside of the cache's folder, how far its store has come, so that an older folder is refused. */
    public EncryptionConfiguration setAnchor(RollbackAnchor anchor) {
        return setAnchor(new FactoryBuilder.SingletonFactory<>(requireNonNull(anchor, "anchor == null")));
    }

    /**
     * Sets what makes the one who remembers, once for all caches of a CacheManager that have an equal factory. If what it makes is Closeable, it
     * is closed with the manager.
     */
    public EncryptionConfiguration setAnchor(Factory<? extends RollbackAnchor> anchor) {
        this.anchor = requireNonNull(anchor, "anchor == null");
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EncryptionConfiguration that
                && Objects.equals(keys, that.keys)
                && erase == that.erase
                && memory == that.memory
                && Objects.equals(jcaProvider, that.jcaProvider)
                && Objects.equals(anchor, that.anchor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keys, erase, memory, jcaProvider, anchor);
    }
}
