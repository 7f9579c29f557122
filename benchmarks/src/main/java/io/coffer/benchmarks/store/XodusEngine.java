package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.file.Path;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;

/**
 * Xodus with its defaults and a transaction a put. One default is a cache as large as half of the heap; with 64 MB, as RocksDB has,
 * each put reads, and decrypts, pages of its tree again. Encrypted with ChaCha20 as its makers wrote it, which they call faster than the
 * others that it offers; nothing is authenticated.
 */
final class XodusEngine implements Engine {
    private static final String CIPHER = "jetbrains.exodus.crypto.streamciphers.JBChaChaStreamCipherProvider";
    private static final String KEY = "107f".repeat(16);
    private static final long INITIALIZATION_VECTOR = 107;

    private final Environment environment;
    private final Store store;

    private XodusEngine(Environment environment) {
        this.environment = environment;
        this.store = environment.computeInTransaction(
                transaction -> environment.openStore("entries", StoreConfig.WITHOUT_DUPLICATES, transaction));
    }

    static Engine open(Path folder, Durability durability, Records records) {
        return open(folder, durability, new EnvironmentConfig());
    }

    static Engine openEncrypted(Path folder, Durability durability, Records records) {
        return open(
                folder,
                durability,
                new EnvironmentConfig().setCipherId(CIPHER).setCipherKey(KEY).setCipherBasicIV(INITIALIZATION_VECTOR));
    }

    private static Engine open(Path folder, Durability durability, EnvironmentConfig configuration) {
        configuration.setLogDurableWrite(durability == Durability.ALWAYS);
        return new XodusEngine(Environments.newInstance(folder.toString(), configuration));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        environment.executeInExclusiveTransaction(
                transaction -> store.put(transaction, new ArrayByteIterable(key), new ArrayByteIterable(value)));
    }

    @Override
    public byte[] get(byte[] key) {
        return environment.computeInReadonlyTransaction(transaction -> {
            ByteIterable found = store.get(transaction, new ArrayByteIterable(key));
            if (found == null) {
                return null;
            }
            var value = new byte[found.getLength()];
            System.arraycopy(found.getBytesUnsafe(), 0, value, 0, value.length);
            return value;
        });
    }

    @Override
    public void sync() {
        ((EnvironmentImpl) environment).flushAndSync();
    }

    @Override
    public void close() {
        environment.close();
    }
}
