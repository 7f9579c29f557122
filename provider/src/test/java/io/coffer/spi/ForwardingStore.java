package io.coffer.spi;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does what another store does, as far as nobody overrides it. */
class ForwardingStore implements EntryStore {
    private final EntryStore store;

    ForwardingStore(EntryStore store) {
        this.store = store;
    }

    /** Returns the other one. */
    final EntryStore right() {
        return store;
    }

    @Override
    public @Nullable StoredState find(byte[] key) {
        return store.find(key);
    }

    @Override
    public @Nullable StoredEntry read(byte[] key) {
        return store.read(key);
    }

    @Override
    public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
        return store.write(key, expectedStamp, value, expiresAtMillis);
    }

    @Override
    public long[] writeAll(List<StoreWrite> writes) {
        return store.writeAll(writes);
    }

    @Override
    public boolean remove(byte[] key, long expectedStamp) {
        return store.remove(key, expectedStamp);
    }

    @Override
    public boolean touch(byte[] key, long stamp, long expiresAtMillis) {
        return store.touch(key, stamp, expiresAtMillis);
    }

    @Override
    public void invalidate(byte[] key) {
        store.invalidate(key);
    }

    @Override
    public void clear() {
        store.clear();
    }

    @Override
    public StoreCursor scan() {
        return store.scan();
    }

    @Override
    public boolean keepExpired(boolean kept) {
        return store.keepExpired(kept);
    }

    @Override
    public List<byte[]> expired(int most) {
        return store.expired(most);
    }

    @Override
    public long size() {
        return store.size();
    }

    @Override
    public InstantSource clock() {
        return store.clock();
    }

    @Override
    public StoreCounters counters() {
        return store.counters();
    }

    @Override
    public void sync() {
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
