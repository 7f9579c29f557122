package io.coffer.benchmarks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.spi.Durability;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB with a transaction a put, and with one read transaction a thread that is renewed for each get. */
final class LmdbEngine implements Engine {
    private static final long MAP_BYTES = 16L << 30;
    private static final int READERS = 64;
    private static final int VALUE_BYTES_MAX = 1 << 16;

    private final Env<ByteBuffer> environment;
    private final Dbi<ByteBuffer> database;
    private final Queue<Txn<ByteBuffer>> readings = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Reader> readers = ThreadLocal.withInitial(this::newReader);
    private final ThreadLocal<ByteBuffer> values =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(VALUE_BYTES_MAX));

    /** What a thread needs to read. */
    private record Reader(Txn<ByteBuffer> transaction, ByteBuffer key) {}

    private LmdbEngine(Env<ByteBuffer> environment) {
        this.environment = environment;
        this.database = environment.openDbi("entries".getBytes(UTF_8), DbiFlags.MDB_CREATE);
    }

    static Engine open(Path folder, Durability durability, Records records) {
        var environment = Env.create().setMapSize(MAP_BYTES).setMaxDbs(1).setMaxReaders(READERS);
        return new LmdbEngine(
                durability == Durability.ALWAYS
                        ? environment.open(folder.toFile())
                        : environment.open(folder.toFile(), EnvFlags.MDB_NOSYNC));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        ByteBuffer keyBuffer = readers.get().key();
        ByteBuffer valueBuffer = values.get();
        keyBuffer.clear().put(key).flip();
        valueBuffer.clear().put(value).flip();
        try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
            database.put(transaction, keyBuffer, valueBuffer);
            transaction.commit();
        }
    }

    @Override
    public byte[] get(byte[] key) {
        Reader reader = readers.get();
        reader.key().clear().put(key).flip();
        reader.transaction().renew();
        try {
            ByteBuffer found = database.get(reader.transaction(), reader.key());
            if (found == null) {
                return null;
            }
            var value = new byte[found.remaining()];
            found.get(value);
            return value;
        } finally {
            reader.transaction().reset();
        }
    }

    @Override
    public void sync() {
        environment.sync(true);
    }

    /** After all threads have ended their last call. */
    @Override
    public void close() {
        readings.forEach(Txn::close);
        environment.close();
    }

    private Reader newReader() {
        Txn<ByteBuffer> transaction = environment.txnRead();
        transaction.reset();
        readings.add(transaction);
        return new Reader(transaction, ByteBuffer.allocateDirect(Records.KEY_BYTES));
    }
}
