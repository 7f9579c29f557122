package io.coffer.tier;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheException;

/** What has expired in a store, for who wants to see it before it goes. Safe for use by several threads. */
public final class StoreExpired<K> {
    private final EntryStore store;
    private final Encoding<K> keys;
    private final StoreFailures failures;

    StoreExpired(EntryStore store, Encoding<K> keys, StoreFailures failures) {
        this.store = store;
        this.keys = keys;
        this.failures = failures;
    }

    /** Tells the store whether somebody wants to see what expires; else it goes by itself. */
    public void keep(boolean wanted) {
        store.keepExpired(wanted);
    }

    /**
     * Returns the keys of some entries whose deadline has passed by the store's clock, as {@link EntryStore#expired} does. An entry whose
     * key cannot be decoded ends at once, as nobody can be told of it.
     */
    public List<K> keys(int most) {
        var decoded = new ArrayList<K>();
        for (byte[] key : store.expired(most)) {
            try {
                decoded.add(keys.decode(key));
            } catch (CacheException e) {
                failures.expiredUnread(e);
                forget(key);
            }
        }
        return decoded;
    }

    /** Nobody can lock a key that cannot be decoded, but the store compares versions. */
    private void forget(byte[] key) {
        var found = store.find(key);
        try {
            if (found != null && found.expiresAtMillis() <= store.clock().millis()) {
                store.remove(key, found.stamp());
            }
        } catch (StoreException e) {
            failures.writeFailedHarmlessly(e);
        }
    }
}
