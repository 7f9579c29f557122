package io.coffer.benchmarks.store;

import io.coffer.spi.Durability;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What SunJCE takes to seal a record with AES-256-GCM, which is a put, and to open one, which is a get. The cipher is made ready with key
 * and nonce for each record, as whoever has a nonce a record must. Nothing is written, nothing is associated, and nonces are counted:
 * random ones are a cost of their own. What is opened is one of few records, which stay in the processor's cache.
 */
final class SealEngine implements Engine {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecretKey secret = new SecretKeySpec(new byte[KEY_BYTES], "AES");
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadLocal<Bench> benches;
    private final byte[][] sealed = new byte[Records.DISTINCT_VALUES][];

    /** What a thread works with: its cipher, a record in the clear, and one that is sealed, with its nonce before it. */
    private record Bench(Cipher cipher, ByteBuffer clear, ByteBuffer sealed) {}

    private SealEngine(Records records) {
        int clearBytes = Records.KEY_BYTES + records.value(0).length;
        benches = ThreadLocal.withInitial(() -> newBench(clearBytes));
        for (int i = 0; i < sealed.length; i++) {
            put(Records.key(i), records.value(i));
            sealed[i] = benches.get().sealed().array().clone();
        }
    }

    static Engine open(Path folder, Durability durability, Records records) {
        return new SealEngine(records);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        Bench bench = benches.get();
        byte[] clear = bench.clear().clear().put(key).put(value).array();
        ByteBuffer target = bench.sealed();
        target.putLong(Integer.BYTES, target.getLong(Integer.BYTES) + 1);
        try {
            bench.cipher().init(Cipher.ENCRYPT_MODE, secret, nonce(target.array()));
            bench.cipher().doFinal(clear, 0, clear.length, target.array(), NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Any record of that value: there is none for each key. */
    @Override
    public byte[] get(byte[] key) {
        Bench bench = benches.get();
        byte[] source = sealed[Records.valueNumber(Records.ordinal(key))];
        byte[] clear = bench.clear().array();
        try {
            bench.cipher().init(Cipher.DECRYPT_MODE, secret, nonce(source));
            bench.cipher().doFinal(source, NONCE_BYTES, source.length - NONCE_BYTES, clear, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return Arrays.copyOfRange(clear, Records.KEY_BYTES, clear.length);
    }

    /** There is nothing to make safe. */
    @Override
    public void sync() {}

    @Override
    public void close() {}

    /** A nonce begins with the number of its thread. */
    private Bench newBench(int clearBytes) {
        ByteBuffer sealed = ByteBuffer.allocate(NONCE_BYTES + clearBytes + TAG_BYTES);
        sealed.putInt(0, threads.getAndIncrement());
        try {
            return new Bench(
                    Cipher.getInstance("AES/GCM/NoPadding", "SunJCE"), ByteBuffer.allocate(clearBytes), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GCMParameterSpec nonce(byte[] sealed) {
        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, sealed, 0, NONCE_BYTES);
    }
}
