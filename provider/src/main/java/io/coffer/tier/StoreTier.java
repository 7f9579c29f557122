package io.coffer.tier;

import static java.util.Objects.requireNonNull;

import io.coffer.spi.EntryStore;
import io.coffer.spi.StoreCounters;
import io.coffer.spi.StoreException;
import io.coffer.spi.StoreKeys;
import io.coffer.spi.StoredEntry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The border between a cache and its store: objects on this side, bytes on the other. What memory holds the store holds too; what only
 * the store holds is read when somebody needs it. Safe for use by several threads.
 */
public final class StoreTier<K, V> implements AutoCloseable {
    /*
     * Which of the two is right? Memory where it has a value, else the store. All changes go to the store first and then to memory,
     * under the lock of the key. So who finds nothing in memory reads the store without a lock, and then looks into memory once more:
     * if there is still nothing, what he has read was right at some moment while he read; if there is something, it may be older than
     * what he has read, and others may still see it, so he takes that.
     *
     * The clearing of a store takes no key's lock. Holders of locks notice it by the stamp: their change is lost, and they decide
     * again. What they cannot see by the stamp is whether the store has dropped an entry since its deadline has passed, while memory
     * knows a later one, or since all was cleared. The era says it: it is the number of clears, and unsure while one is under way.
     */
    private final EntryStore store;
    private final Encoding<K> keys;
    private final Encoding<V> values;
    private final StoredForm<V> form;
    private final StoreFailures failures;
    private final StoreChanges<K, V> changes;
    private final OpenCursors cursors = new OpenCursors();
    private final AtomicLong clearsBegun = new AtomicLong();
    private final AtomicLong clearsEnded = new AtomicLong();
    private volatile boolean closed; // set once, before the store is closed

    /**
     * Puts the border over a store that was opened for this cache; closing the border closes it.
     *
     * @param keys encodes keys: equal keys to equal bytes
     * @param values encodes values
     * @param form how values lie in memory
     * @param failures what to do when the store cannot
     */
    public StoreTier(
            EntryStore store, Encoding<K> keys, Encoding<V> values, StoredForm<V> form, StoreFailures failures) {
        this.store = store;
        this.keys = keys;
        this.values = values;
        this.form = form;
        this.failures = failures;
        this.changes = new StoreChanges<>(this, store, failures);
    }

    /** Returns the clock that deadlines are measured by. */
    public InstantSource clock() {
        return store.clock();
    }

    /** What happens under the locks of the keys. */
    StoreChanges<K, V> changes() {
        return changes;
    }

    /**
     * Sets held entries at once, with one write; tells which are set. For values with a time to live.
     *
     * @param afters what each shall become
     */
    public List<Boolean> setAll(Map<Entry<K, V>, Expirable<V>> afters) {
        return changes.setAll(afters);
    }

    /** Encodes a caller's value at once where it is not kept encoded: what cannot be encoded fails before anything has happened. */
    Expirable<V> take(V value) {
        return form.takeForStore(value, values);
    }

    byte[] encoded(Expirable<V> value) {
        byte[] known = value.encoded();
        return known == null ? values.encode(value.value()) : known;
    }

    byte[] encodedKey(K key) {
        return keys.encode(key);
    }

    /** Returns the number of clears, or {@link StoreSide#UNSURE} while one is under way. */
    long era() {
        long ended = clearsEnded.get(); // first, or one that begins and ends meanwhile would go unnoticed
        return ended == clearsBegun.get() ? ended : StoreSide.UNSURE;
    }

    /** Looks up what the store has of a key, without its value. */
    StoreSide find(byte[] key) {
        long before = era();
        var found = store.find(key);
        return found == null
                ? StoreSide.absent(key, before)
                : new StoreSide(key, found.stamp(), found.expiresAtMillis(), 0, before);
    }

    /**
     * Reads the value of a version. For the holder of the key's lock, who learns by the entry's side of the store what is there if
     * this is null: nothing, or what cannot be read now.
     */
    @Nullable
    Expirable<V> fetch(Entry<K, V> entry) {
        var side = requireNonNull(entry.side());
        try {
            return tryFetch(entry, side);
        } catch (StoreException | UndecodableException e) {
            if (isGoneFor(e)) {
                store.invalidate(side.key());
                entry.setSide(side.removed());
            }
            return null;
        }
    }

    /** As {@link #fetch}, of a version that has expired: the caller is about to remove it, and its end cannot fail. */
    @Nullable
    Expirable<V> fetchLast(Entry<K, V> entry) {
        try {
            return tryFetch(entry, requireNonNull(entry.side()));
        } catch (CacheException e) {
            failures.expiredUnread(e);
            return null;
        }
    }

    private @Nullable Expirable<V> tryFetch(Entry<K, V> entry, StoreSide side) {
        var read = store.read(side.key());
        if (read == null || read.stamp() != side.stamp()) {
            entry.setSide(side.removed()); // whoever goes on to change it learns what there is now
            return null;
        }
        var restored = restore(read);
        entry.setSide(side.withValueBytes(restored.bytes()));
        return restored.kept().expiringAt(side.expiresAtMillis());
    }

    /** Applies the rule for what cannot be read; true if it never will be. */
    private boolean isGoneFor(CacheException failure) {
        if (failure instanceof StoreException refusal) {
            failures.readFailed(refusal);
            return refusal.kind() == StoreException.Kind.DAMAGED || refusal.kind() == StoreException.Kind.TAMPERED;
        }
        if (failure instanceof UndecodableException) {
            failures.undecodable(failure);
            return true;
        }
        throw failure; // of the codec, which says nothing of the entry
    }

    /** Applies the rule for what a reader could not read and cannot see to, since he does not hold the key. */
    public void missed(CacheException failure) {
        isGoneFor(failure);
    }

    /** Returns the version and the deadline that the store has of a key, expired or not, or null. Needs no lock. */
    public @Nullable Expirable<V> peek(K key) {
        var found = store.find(keys.encode(key));
        return found == null ? null : new StoredValue<>(found.stamp(), found.expiresAtMillis());
    }

    /**
     * Reads what the store has of a key, expired or not, or null. Needs no lock.
     *
     * @throws StoreException if it cannot be read; no rule has been applied
     */
    public @Nullable StoredEntry read(K key) {
        return store.read(keys.encode(key));
    }

    /**
     * A value that was read from the store.
     *
     * @param value for the caller
     * @param kept for memory, with the deadline that the store knows
     * @param stamp the version
     * @param bytes the size of the encoded value
     */
    public record Restored<V>(V value, Expirable<V> kept, long stamp, int bytes) {

        /** Returns the version without its value. */
        public Expirable<V> version() {
            return new StoredValue<>(stamp, kept.expiresAtMillis());
        }

        /** Names no value. */
        @Override
        public String toString() {
            return "value of " + bytes + " bytes";
        }
    }

    /**
     * Decodes what was read.
     *
     * @throws CacheException if it cannot be decoded; no rule has been applied
     */
    public Restored<V> restore(StoredEntry read) {
        V value = values.decode(read.value());
        failures.count(StoreIncident.READ);
        var kept = form.restore(value, read.value()).expiringAt(read.expiresAtMillis());
        return new Restored<>(value, kept, read.stamp(), read.value().length);
    }

    /** Returns the key of an entry met by a scan, or null if it cannot be decoded; then it is removed, as nobody can ask for it. */
    public @Nullable K keyOf(StoredEntry read) {
        try {
            return keys.decode(read.key());
        } catch (UndecodableException e) {
            failures.undecodable(e);
            store.invalidate(read.key());
            return null;
        }
    }

    /** Returns what has expired in the store. */
    public StoreExpired<K> expired() {
        return new StoreExpired<>(store, keys, failures);
    }

    /**
     * Begins to go through all entries of the store.
     *
     * @param reader who will go on; when nobody knows it any more, the scan's files are let go
     */
    public StoreScan scan(Object reader) {
        return new StoreScan(cursors.open(reader, store::scan), failures);
    }

    /**
     * Empties the store with one record; false if it fails and the cache is not strict. What memory holds is left: whoever calls this
     * makes memory {@link Entry#forget forget} it afterwards, each entry under its lock. That needs no more of the store: an entry that
     * was written before was in memory then, held, and is found; one that is written after stays in the store when memory forgets it.
     *
     * @throws StoreException if it fails and the cache is strict; then nothing has changed
     */
    public boolean clear() {
        clearsBegun.incrementAndGet();
        try {
            store.clear();
            return true;
        } catch (StoreException e) {
            failures.writeFailed(e);
            return false;
        } finally {
            clearsEnded.incrementAndGet();
        }
    }

    /** Counts the entries, expired ones among them. */
    public long size() {
        return store.size();
    }

    /** Reads the counters of the store. */
    public StoreCounters counters() {
        return store.counters();
    }

    /** Returns what can be done about the keys of the store, or null if it is not encrypted. */
    public @Nullable StoreKeys keys() {
        return store.keys();
    }

    /** Tells whether the store is closed, or is about to be. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes the store.
     *
     * @throws StoreException if the cache is strict and not everything is safe
     */
    @Override
    public void close() {
        closed = true;
        cursors.close();
        try {
            store.close();
        } catch (StoreException e) {
            failures.writeFailed(e);
        }
    }
}
