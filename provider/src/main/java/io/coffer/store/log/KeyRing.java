package io.coffer.store.log;

import io.coffer.crypto.Algorithms;
import io.coffer.crypto.CipherPool;
import io.coffer.spi.StoreEncryption;
import io.coffer.store.Files;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one encrypted store while it is open. Safe for use by several threads.
 *
 * <p>The outer key wraps the root key, the root key encrypts the keys of all epochs, of which the keys of segments, hints and manifest are
 * derived. A key counts when the file that holds it is durable, and is gone when a file without it is.
 */
final class KeyRing implements AutoCloseable {
    /** If each segment has a key of its own, so many are made ahead: none has to wait for a sync. */
    private static final int SPARES = 16;

    private final boolean erasesExpired;
    private final Algorithms algorithms;
    private final CipherPool pool;
    private final KeyVault vault;
    private final Anchoring anchoring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Integer> spares = new ArrayDeque<>();
    private volatile RingContents contents;
    /** Whether the file has to be written before the store is of use; of the opening thread. */
    private boolean unsaved;

    private KeyRing(StoreEncryption encryption, Algorithms algorithms, KeyVault vault, RingContents contents) {
        this.erasesExpired = encryption.erasesExpired();
        this.algorithms = algorithms;
        this.pool = new CipherPool(algorithms);
        this.vault = vault;
        this.anchoring = new Anchoring(encryption.anchor(), contents.identity().id());
        this.contents = contents;
        this.unsaved = contents.takesPlain();
    }

    /** Makes new keys for a store. Nothing is written before {@link #save}. */
    static KeyRing create(Files files, StoreEncryption encryption, StoreIdentity identity, boolean takesPlain) {
        var algorithms = Algorithms.of(encryption.jcaProvider());
        var vault = KeyVault.create(files, encryption.keys(), algorithms, identity.id());
        var keys = new TreeMap<Integer, byte[]>();
        keys.put(1, algorithms.random(Algorithms.KEY_BYTES));
        return new KeyRing(encryption, algorithms, vault, new RingContents(identity, 1, 2, 1, takesPlain, keys));
    }

    /**
     * Reads the keys of a store.
     *
     * @throws io.coffer.spi.StoreException of kind KEY if the outer key is another or cannot be had; nothing was changed
     */
    static KeyRing open(Files files, StoreEncryption encryption)
            throws IOException, DamagedFileException, NewerFormatException {
        var file = KeysFile.read(files);
        var algorithms = Algorithms.of(encryption.jcaProvider());
        var vault = KeyVault.open(files, encryption.keys(), algorithms, file);
        return new KeyRing(encryption, algorithms, vault, vault.contents(file));
    }

    /** As {@link Anchoring#expectNewest}. */
    void expectNewest(long manifestNumber, String store, Losses losses) {
        anchoring.expectNewest(vault.number(), manifestNumber, store, losses);
        if (anchoring.keysFloor() > vault.number()) {
            vault.passOver(anchoring.keysFloor());
            unsaved = true;
        }
    }

    Anchoring anchoring() {
        return anchoring;
    }

    /** Whether {@link #save} is due when it is known that the store can be opened. */
    boolean isUnsaved() {
        return unsaved;
    }

    StoreIdentity identity() {
        return contents.identity();
    }

    boolean takesPlain() {
        return contents.takesPlain();
    }

    /** Which key the manifest is to be encrypted with. */
    int activeEpoch() {
        return contents.activeEpoch();
    }

    /** Whether what a segment holds is to be moved into another one with a newer key, or with a key at all. */
    boolean isOutdated(SegmentHeader header) {
        return header.suite() == Suite.PLAIN || header.keyEpoch() < contents.currentFrom();
    }

    boolean erasesExpired() {
        return erasesExpired;
    }

    /** Returns the key that a new segment is to be encrypted with; durable. */
    int takeEpoch() throws IOException {
        if (!erasesExpired) {
            return contents.activeEpoch();
        }
        lock.lock();
        try {
            if (spares.isEmpty()) {
                keep(contents.keys().keySet());
            }
            return spares.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Returns a header with the keys that follow from it and a salt; null if there is no such key. */
    @Nullable
    SegmentHeader derive(SegmentHeader header, Salt salt) {
        var key = contents.keys().get(header.keyEpoch());
        return key == null
                ? null
                : header.with(new SegmentSeal(
                        algorithms, pool, key, contents.identity().id(), header.id(), salt, header.head()));
    }

    /** Returns a random salt for the keys of a new file. */
    Salt newSalt() {
        return Salt.random(algorithms.random());
    }

    ManifestSeal manifestSeal() {
        return new ManifestSeal(algorithms, contents);
    }

    /** Writes the keys as they are. */
    void save() throws IOException {
        lock.lock();
        try {
            replace(contents);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the store another description, or says that nothing of it is in the clear any more but segments. */
    void describe(StoreIdentity identity, boolean takesPlain) throws IOException {
        lock.lock();
        try {
            replace(contents.with(identity).takingPlain(takesPlain));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the keys that can be destroyed. No key may be taken meanwhile.
     *
     * @param used by segments that the manifest on disk lists, or that are being written, and by that manifest
     */
    Collection<Integer> unneeded(Collection<Integer> used) {
        lock.lock();
        try {
            var unneeded = new HashSet<>(contents.keys().keySet());
            unneeded.removeAll(used);
            unneeded.removeAll(spares);
            unneeded.remove(contents.activeEpoch());
            return unneeded;
        } finally {
            lock.unlock();
        }
    }

    /** Destroys keys, and makes new ones if each segment is to have its own. Writes nothing if there is nothing to do. */
    void destroy(Collection<Integer> unneeded) throws IOException {
        lock.lock();
        try {
            boolean isShort = erasesExpired && spares.size() <= SPARES / 2;
            if (isShort || !unneeded.isEmpty()) {
                var kept = new HashSet<>(contents.keys().keySet());
                kept.removeAll(unneeded);
                keep(kept);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(Collection<Integer> kept) throws IOException {
        var added = new TreeMap<Integer, byte[]>();
        int missing = erasesExpired ? SPARES - spares.size() : 0;
        for (int i = 0; i < missing; i++) {
            added.put(contents.nextEpoch() + i, algorithms.random(Algorithms.KEY_BYTES));
        }
        var before = contents;
        replace(before.with(kept, added));
        spares.addAll(added.keySet());
        before.keys().forEach((epoch, key) -> {
            if (!contents.keys().containsKey(epoch)) {
                Arrays.fill(key, (byte) 0);
            }
        });
    }

    /** Makes a new key for what is written from now on. What was written before is outdated. */
    void renewStoreKey() throws IOException {
        lock.lock();
        try {
            spares.clear(); // they are older, and go with the next that go
            replace(contents.renewed(algorithms.random(Algorithms.KEY_BYTES)));
        } finally {
            lock.unlock();
        }
    }

    /** Wraps a new root key by what is the outer key now, and so lets go of the outer key that was. Nothing else is encrypted anew. */
    void renewOuterKey() throws IOException {
        lock.lock();
        try {
            vault.writeAnew(contents);
            anchoring.noteKeys(vault.number());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the id of the outer key that is needed to open the store. */
    String outerKeyId() {
        lock.lock();
        try {
            return vault.outerKeyId();
        } finally {
            lock.unlock();
        }
    }

    private void replace(RingContents next) throws IOException {
        vault.write(next);
        contents = next;
        anchoring.noteKeys(vault.number());
    }

    /** The store is open, and what was found of it is durable. */
    void begin(LogMessages messages, LogOptions options) {
        anchoring.noteKeys(vault.number());
        anchoring.begin(messages, options.cacheName(), options.background());
    }

    /** Wipes all keys, as far as Java lets. */
    @Override
    public void close() {
        lock.lock();
        try {
            vault.close();
            contents.keys().values().forEach(key -> Arrays.fill(key, (byte) 0));
        } finally {
            lock.unlock();
        }
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "keys of " + identity();
    }
}
