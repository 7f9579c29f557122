package io.coffer.crypto;

import static java.util.Objects.requireNonNull;

import io.coffer.crypto.DerivedKeys.Derived;
import io.coffer.spi.KeyProvider;
import io.coffer.spi.WrappedKey;
import java.io.Closeable;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Outer keys that are made from a passphrase: {@code "key": { "passphraseFile": "…" }} or {@code { "passphraseEnv": "…" }} in
 * {@code coffer.json}. Made by Argon2id (RFC 9106), which needs Bouncy Castle on the class path
 * ({@code org.bouncycastle:bcprov-jdk18on}), 64 MiB of heap and some tenths of a second, once for all caches of a manager.
 *
 * <p>Salt and costs are kept with each wrapped key. Who has the files can guess passphrases, each guess at those costs: a random key in a
 * {@link KeyFile} cannot be guessed. A passphrase has 12 bytes or more; in a file, each line has one: the first wraps, all unwrap.
 *
 * <p>Safe for use by several threads. Closing wipes the keys that were made; they are made anew when needed. Two are equal if they read the
 * same place at the same costs.
 */
public final class Passphrase implements KeyProvider, Closeable, Serializable {
    private static final long serialVersionUID = 1L;

    /* Do not change: on disk. A wrapped key is this byte, the costs, the salt, and what AES-256-GCM makes of the key. */
    private static final byte ARGON2ID = 2;

    private static final int SALT_BYTES = 16;
    private static final int HEADER_BYTES = 1 + Argon2Costs.BYTES + SALT_BYTES;

    private final KeyReader reader;
    private final Argon2Costs costs;
    private final @Nullable String jcaProvider;
    private final transient DerivedKeys derived = new DerivedKeys();

    Passphrase(KeyReader reader, Argon2Costs costs, @Nullable String jcaProvider) {
        this.reader = reader;
        this.costs = costs;
        this.jcaProvider = jcaProvider;
    }

    /**
     * Returns the keys of a file with a passphrase, which is not looked at before they are needed.
     *
     * @param path relative to the working directory, or absolute
     */
    public static Passphrase ofFile(Path path) {
        return new Passphrase(
                new TextReader(
                        new SecretFile("passphrase file", requireNonNull(path, "path == null"), "key.passphraseFile"),
                        TextReader.Form.PASSPHRASES),
                Argon2Costs.RECOMMENDED,
                null);
    }

    /** Returns the keys of an environment variable with a passphrase, which is not looked at before they are needed. */
    public static Passphrase ofVariable(String variable) {
        return new Passphrase(
                new TextReader(new Variable(requireNonNull(variable, "variable == null")), TextReader.Form.PASSPHRASES),
                Argon2Costs.RECOMMENDED,
                null);
    }

    /**
     * Returns the same, with other costs for what is wrapped from now on.
     *
     * @param memoryKib kibibytes of memory, 19 MiB (19,456) to 1 GiB; 64 MiB by default
     * @param passes over the memory, 2 to 10; 3 by default
     * @param lanes 1 to 16; 4 by default
     * @throws IllegalArgumentException if one is something else
     */
    public Passphrase withCosts(int memoryKib, int passes, int lanes) {
        return new Passphrase(reader, new Argon2Costs(memoryKib, passes, lanes), jcaProvider);
    }

    /**
     * Returns the same, with another provider of cryptography for all but Argon2id.
     *
     * @param jcaProvider its name; null for the first that the JVM finds, which is the default
     */
    public Passphrase withJcaProvider(@Nullable String jcaProvider) {
        return new Passphrase(reader, costs, jcaProvider);
    }

    @Override
    public String keyId() {
        return withSecrets(secrets -> derived.locked(keys -> current(secrets).id()));
    }

    /**
     * Does nothing if there is a passphrase, and what a key can be made of it with; the key itself is dear.
     *
     * @throws io.coffer.spi.StoreException of kind KEY else
     */
    void requirePresent() {
        withSecrets(List::size);
        Argon2.requirePresent();
    }

    @Override
    public WrappedKey wrap(byte[] key, byte[] context) {
        requireNonNull(key, "key == null");
        requireNonNull(context, "context == null");
        return withSecrets(secrets -> derived.locked(keys -> {
            var used = current(secrets);
            return OuterKeys.wrap(algorithms(), used.key(), used.id(), header(used), key, context);
        }));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] context) {
        requireNonNull(context, "context == null");
        var bytes = wrapped.bytes();
        if (bytes.length < HEADER_BYTES || bytes[0] != ARGON2ID) {
            throw KeyFailure.of(
                    reader + " has a passphrase, but the key " + wrapped.keyId() + " was not made from one");
        }
        var from = ByteBuffer.wrap(bytes, 1, HEADER_BYTES - 1);
        var wanted = Argon2Costs.read(from);
        var salt = new byte[SALT_BYTES];
        from.get(salt);
        return withSecrets(secrets -> derived.locked(keys -> unwrap(keys, secrets, wanted, salt, wrapped, context)));
    }

    /** Only a key that has proven right is kept: the salt may be anybody's. */
    private byte[] unwrap(
            DerivedKeys keys,
            List<byte[]> secrets,
            Argon2Costs wanted,
            byte[] salt,
            WrappedKey wrapped,
            byte[] context) {
        var found = new ArrayList<String>();
        for (var secret : secrets) {
            var made = keys.of(algorithms(), secret, wanted, salt);
            if (made.id().equals(wrapped.keyId())) {
                var key = OuterKeys.unwrap(algorithms(), reader.toString(), made.key(), header(made), wrapped, context);
                keys.keep(made);
                return key;
            }
            found.add(made.id());
            keys.discard(made);
        }
        throw KeyFailure.of(reader + " makes the key " + String.join(", ", found) + ", not " + wrapped.keyId()
                + ": it is another passphrase, or the salt on disk was changed");
    }

    private Derived current(List<byte[]> secrets) {
        return derived.current(algorithms(), secrets.get(0), costs, SALT_BYTES);
    }

    private static byte[] header(Derived used) {
        var header = ByteBuffer.allocate(HEADER_BYTES).put(ARGON2ID);
        used.costs().write(header);
        return header.put(used.salt()).array();
    }

    /** What to do with the passphrases that there are now. */
    private interface Action<T> {
        T with(List<byte[]> secrets);
    }

    private <T> T withSecrets(Action<T> action) {
        var secrets = reader.read();
        try {
            return action.with(secrets);
        } finally {
            secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
        }
    }

    private Algorithms algorithms() {
        return Algorithms.of(jcaProvider);
    }

    /** Wipes the keys that were made. */
    @Override
    public void close() {
        derived.close();
    }

    private Object readResolve() {
        return new Passphrase(reader, costs, jcaProvider);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Passphrase that
                && reader.equals(that.reader)
                && costs.equals(that.costs)
                && Objects.equals(jcaProvider, that.jcaProvider);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reader, costs, jcaProvider);
    }

    /** Says where the passphrase is, and nothing of it. */
    @Override
    public String toString() {
        return reader.toString();
    }
}
