package io.coffer.jcache;

import io.coffer.EncryptionConfiguration;
import io.coffer.EncryptionConfiguration.Erase;
import io.coffer.common.UserCloseable;
import io.coffer.crypto.SeveralKeys;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.RollbackAnchor;
import io.coffer.spi.StoreEncryption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the outer keys of a manager's encrypted caches, and who remembers how far they have come: made once for all caches whose factories
 * are equal, so that a passphrase is paid for once and a key service is connected to once. Closed with the manager. Safe for use by several
 * threads.
 */
final class KeyHolders implements AutoCloseable {
    private final LoaderContext context;
    private final ReentrantLock lock = new ReentrantLock(); // never held while user code runs
    private final Map<Origin, Object> made = new HashMap<>(); // under the lock

    /** What makes a holder, of which type, and what it calculates with. */
    private record Origin(
            Factory<?> factory, Class<?> type, @Nullable String jcaProvider) {}

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
        var anchor = encryption.getAnchor();
        return new StoreEncryption(
                holder(
                        cacheName,
                        factory,
                        KeyProvider.class,
                        jcaProvider,
                        keys -> jcaProvider == null ? keys : SeveralKeys.withJcaProvider(keys, jcaProvider)),
                jcaProvider,
                encryption.getErase() == Erase.EXPIRED,
                anchor == null ? null : holder(cacheName, anchor, RollbackAnchor.class, null, made -> made));
    }

    private <T> T holder(
            String cacheName,
            Factory<? extends T> factory,
            Class<T> type,
            @Nullable String jcaProvider,
            UnaryOperator<T> completed) {
        var origin = new Origin(factory, type, jcaProvider);
        var known = known(origin, null);
        if (known != null) {
            return type.cast(known);
        }
        T created = context.call(factory::create);
        if (created == null) {
            throw new IllegalArgumentException("Cache \"" + cacheName + "\": the factory "
                    + factory.getClass().getName() + " has made null instead of a " + type.getSimpleName());
        }
        var fresh = completed.apply(created);
        var kept = known(origin, fresh);
        if (kept != null) { // somebody was faster
            context.run(() -> UserCloseable.close(fresh));
            return type.cast(kept);
        }
        return fresh;
    }

    /** Returns the holder that there is, or keeps the one that is given. */
    private @Nullable Object known(Origin origin, @Nullable Object otherwise) {
        lock.lock();
        try {
            return otherwise == null ? made.get(origin) : made.putIfAbsent(origin, otherwise);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the holders that can be closed. */
    @Override
    public void close() {
        context.run(() -> takeAll().forEach(UserCloseable::close));
    }

    private List<Object> takeAll() {
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
