package io.coffer.jcache;

import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.common.UserCloseable;
import io.coffer.crypto.LocalKeys;
import io.coffer.crypto.Passphrase;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreEncryption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the outer keys of a manager's encrypted caches: made once for all caches whose factories are equal, so that a passphrase is paid
 * for once and a key service is connected to once. Closed with the manager. Safe for use by several threads.
 */
final class KeyHolders implements AutoCloseable {
    private final LoaderContext context;
    private final ReentrantLock lock = new ReentrantLock(); // never held while user code runs
    private final Map<Origin, KeyProvider> made = new HashMap<>(); // under the lock

    /** What makes a holder, and what it calculates with. */
    private record Origin(
            Factory<? extends KeyProvider> factory,
            @Nullable String jcaProvider) {}

    KeyHolders(LoaderContext context) {
        this.context = context;
    }

    /** Returns how a store encrypts, or null if it does not. */
    @Nullable
    StoreEncryption of(String cacheName, @Nullable EncryptionConfiguration encryption) {
        var factory = encryption == null ? null : encryption.getKeys();
        if (encryption == null || factory == null) { // the second was refused before
            return null;
        }
        var jcaProvider = encryption.getJcaProvider();
        return new StoreEncryption(
                holder(cacheName, new Origin(factory, jcaProvider)),
                jcaProvider,
                encryption.getErase() == Erase.EXPIRED);
    }

    private KeyProvider holder(String cacheName, Origin origin) {
        var known = known(origin, null);
        if (known != null) {
            return known;
        }
        var fresh = fresh(cacheName, origin);
        var kept = known(origin, fresh);
        if (kept != null) { // somebody was faster
            context.run(() -> UserCloseable.close(fresh));
            return kept;
        }
        return fresh;
    }

    /** Returns the holder that there is, or keeps the one that is given. */
    private @Nullable KeyProvider known(Origin origin, @Nullable KeyProvider otherwise) {
        lock.lock();
        try {
            return otherwise == null ? made.get(origin) : made.putIfAbsent(origin, otherwise);
        } finally {
            lock.unlock();
        }
    }

    private KeyProvider fresh(String cacheName, Origin origin) {
        KeyProvider holder = context.call(origin.factory::create);
        if (holder == null) {
            throw new IllegalArgumentException("Cache \"" + cacheName + "\": the factory "
                    + origin.factory.getClass().getName() + " has made null instead of a KeyProvider");
        }
        if (origin.jcaProvider == null) {
            return holder;
        }
        if (holder instanceof LocalKeys keys) {
            return keys.withJcaProvider(origin.jcaProvider);
        }
        return holder instanceof Passphrase passphrase ? passphrase.withJcaProvider(origin.jcaProvider) : holder;
    }

    /** Closes the holders that can be closed. */
    @Override
    public void close() {
        context.run(() -> takeAll().forEach(UserCloseable::close));
    }

    private List<KeyProvider> takeAll() {
        lock.lock();
        try {
            var all = List.copyOf(made.values());
            made.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
