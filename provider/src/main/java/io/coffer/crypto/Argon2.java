package io.coffer.crypto;

import io.coffer.spi.StoreException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id, version 1.3 (RFC 9106): the only place that knows Bouncy Castle, which need not be there. */
final class Argon2 {
    private Argon2() {}

    /**
     * Derives a key. Takes some tenths of a second and all the memory that the costs say.
     *
     * @throws StoreException of kind KEY if Bouncy Castle is missing, or the memory does not suffice
     */
    static byte[] derive(byte[] passphrase, byte[] salt, Argon2Costs costs) {
        try {
            var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(costs.memoryKib())
                    .withIterations(costs.passes())
                    .withParallelism(costs.lanes())
                    .withSalt(salt);
            return derive(passphrase, parameters.build());
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        } catch (OutOfMemoryError e) {
            throw KeyFailure.of(
                    "Argon2id needs " + costs.memoryKib() / 1024
                            + " MiB of heap for a passphrase, and this JVM has at most "
                            + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB (-Xmx)",
                    e);
        }
    }

    /**
     * Does nothing where it can be calculated.
     *
     * @throws StoreException of kind KEY if Bouncy Castle is missing
     */
    static void requirePresent() {
        try {
            new Argon2BytesGenerator();
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    private static StoreException missing(NoClassDefFoundError cause) {
        return KeyFailure.of(
                "a passphrase needs Argon2id from Bouncy Castle, which is not on the class path: add the dependency"
                        + " org.bouncycastle:bcprov-jdk18on, or use a key instead (key.file)",
                cause);
    }

    static byte[] derive(byte[] passphrase, Argon2Parameters parameters) {
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        var key = new byte[Algorithms.KEY_BYTES];
        generator.generateBytes(passphrase, key);
        return key;
    }
}
