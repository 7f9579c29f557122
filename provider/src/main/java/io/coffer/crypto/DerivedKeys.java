package io.coffer.crypto;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What passphrases were made into, so that a passphrase is paid for once and not for each cache. Passphrases themselves are not kept, only
 * keyed digests of them. One Argon2 runs at a time. Safe for use by several threads.
 */
final class DerivedKeys implements AutoCloseable {
    private static final int KEPT_MAX = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Derived> kept = new ArrayDeque<>(); // under the lock, last used first

    private byte @Nullable [] digestKey; // under the lock, made when needed

    /**
     * A key and what it was made from.
     *
     * @param digest of the passphrase
     * @param id of the key
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Derived(byte[] digest, Argon2Costs costs, byte[] salt, byte[] key, String id) {
        /** Names nothing but the id. */
        @Override
        public String toString() {
            return "key " + id;
        }
    }

    /** What to do under the lock. */
    interface Action<T> {
        T with(DerivedKeys keys);
    }

    <T> T locked(Action<T> action) {
        lock.lock();
        try {
            return action.with(this);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the key that was used last of a passphrase and some costs, with whatever salt; else makes and keeps one with a new salt. */
    Derived current(Algorithms algorithms, byte[] passphrase, Argon2Costs costs, int saltBytes) {
        var digest = digest(algorithms, passphrase);
        for (var each : kept) {
            if (MessageDigest.isEqual(each.digest, digest) && each.costs.equals(costs)) {
                return each;
            }
        }
        var made = derive(algorithms, passphrase, digest, costs, algorithms.random(saltBytes));
        keep(made);
        return made;
    }

    /** Returns the key of a passphrase and a salt. One that proves right is to be {@link #keep kept}. */
    Derived of(Algorithms algorithms, byte[] passphrase, Argon2Costs costs, byte[] salt) {
        var digest = digest(algorithms, passphrase);
        for (var each : kept) {
            if (MessageDigest.isEqual(each.digest, digest)
                    && each.costs.equals(costs)
                    && Arrays.equals(each.salt, salt)) {
                return each;
            }
        }
        return derive(algorithms, passphrase, digest, costs, salt);
    }

    private static Derived derive(
            Algorithms algorithms, byte[] passphrase, byte[] digest, Argon2Costs costs, byte[] salt) {
        var key = Argon2.derive(passphrase, salt, costs);
        return new Derived(digest, costs, salt, key, KeyId.of(algorithms, key));
    }

    /** Keeps a key as the one that was used last. */
    void keep(Derived used) {
        kept.remove(used);
        kept.addFirst(used);
        if (kept.size() > KEPT_MAX) {
            wipe(kept.removeLast());
        }
    }

    private byte[] digest(Algorithms algorithms, byte[] passphrase) {
        if (digestKey == null) {
            digestKey = algorithms.random(Algorithms.KEY_BYTES);
        }
        return algorithms.mac(digestKey, passphrase);
    }

    /** Wipes a key unless it is kept. */
    void discard(Derived wrong) {
        if (!kept.contains(wrong)) {
            wipe(wrong);
        }
    }

    private static void wipe(Derived derived) {
        Arrays.fill(derived.key, (byte) 0);
    }

    /** Wipes all. */
    @Override
    public void close() {
        locked(keys -> {
            kept.forEach(DerivedKeys::wipe);
            kept.clear();
            return keys;
        });
    }
}
