package io.coffer.testing;

import io.coffer.crypto.Algorithms;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.StoreEncryption;
import io.coffer.spi.StoreException;
import io.coffer.spi.WrappedKey;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Outer keys that are made from their ids. The one that wraps may be exchanged, and the others taken away. */
public final class TestKeys implements KeyProvider {
    private final Algorithms algorithms = Algorithms.of(null);
    private final Map<String, byte[]> keys = new TreeMap<>();
    private volatile String current;

    public TestKeys(String id) {
        current = id;
        use(id);
    }

    /** Returns what encrypts a store with the key of a test. */
    public static StoreEncryption encryption() {
        return new StoreEncryption(new TestKeys("k1"), null, false);
    }

    /** Wraps with another key from now on; the others still unwrap. */
    public void use(String id) {
        var key = new byte[Algorithms.KEY_BYTES];
        Arrays.fill(key, (byte) id.hashCode());
        keys.put(id, key);
        current = id;
    }

    public void forget(String id) {
        keys.remove(id);
    }

    @Override
    public String keyId() {
        return current;
    }

    @Override
    public WrappedKey wrap(byte[] key, byte[] context) {
        return new WrappedKey(current, algorithms.seal(keys.get(current), key, context));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
        var key = keys.get(wrapped.keyId());
        var unwrapped = key == null ? null : algorithms.open(key, wrapped.bytes(), context);
        if (unwrapped == null) {
            throw new StoreException(
                    StoreException.Kind.KEY,
                    "Asked for the key \"" + wrapped.keyId() + "\"; there are " + keys.keySet() + ".");
        }
        return unwrapped;
    }
}
